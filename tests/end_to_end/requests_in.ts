/** The requests for movie.Mjpeg that a server's log says it granted, in their order. */
export function requestsIn(log: string): string[] {
  return Array.from(log.matchAll(/ ([A-Z]+) movie\.Mjpeg: 200 OK/g), ([, method = ""]) => method);
}
