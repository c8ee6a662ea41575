// Made by `deno task page` from lib/page/; change it there.
export async function fetchMovies() {
const { movies } = await (await ask("/api/movies")).json();
return movies;
}
export async function endSession(id) {
await ask(`/api/sessions/${encodeURIComponent(id)}`, "DELETE");
}
async function ask(path, method = "GET") {
let response;
try {
response = await fetch(path, {
method,
signal: AbortSignal.timeout(10_000)
});
} catch (error) {
throw new Error("The server does not answer", {
cause: error
});
}
if (response.ok || method === "DELETE" && response.status === 404) return response;
const { error } = await response.json();
throw new Error(String(error));
}
