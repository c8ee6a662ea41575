import type { MovieView } from "../web/movie_view.ts";

/** All movies that whoever looks may see. */
export async function fetchMovies(): Promise<readonly MovieView[]> {
  const { movies } = await (await ask("/api/movies")).json();
  return movies;
}

/** Ends a session; one that has ended already is no matter. */
export async function endSession(id: string): Promise<void> {
  await ask(`/api/sessions/${encodeURIComponent(id)}`, "DELETE");
}

/** @throws {Error} One sentence: the server's, or that it does not answer. */
async function ask(path: string, method: "GET" | "DELETE" = "GET"): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { method, signal: AbortSignal.timeout(10_000) });
  } catch (error) {
    throw new Error("The server does not answer", { cause: error });
  }
  if (response.ok || (method === "DELETE" && response.status === 404)) return response;
  const { error } = await response.json();
  throw new Error(String(error));
}
