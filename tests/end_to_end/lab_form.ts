/** The client's arguments for a movie of a server on this machine, as the exercise has them. */
export function labForm({ port }: { readonly port: number }, file = "movie.Mjpeg"): string[] {
  return ["127.0.0.1", String(port), "0", file];
}
