import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { TestMovies } from "../../lib/files/test_movies.ts";

const UNIX_MS = Date.UTC(2026, 5, 1) + 345;

Deno.test("TestMovies.open() gives one movie to all who want the same pattern", async () => {
  const movies = new TestMovies(() => UNIX_MS);
  const [one, same, other] = await Promise.all(
    ["test", "test?fps=25", "test?fps=30"].map((name) => movies.open(name)),
  );
  assert(one?.kind === "movie" && same?.kind === "movie" && other?.kind === "movie");
  assertStrictEquals(same.movie, one.movie);
  assertEquals([one.movie.width, one.movie.framesPerSecond, one.movie.frameCount], [
    640,
    25,
    Infinity,
  ]);
  assertEquals([other.movie.framesPerSecond, other.movie.liveSinceMs], [30, UNIX_MS - 345]);
});

Deno.test("TestMovies.open() answers a query that makes no sense with 400", async () => {
  assertEquals(await new TestMovies().open("test?size=huge"), {
    kind: "refusal",
    status: 400,
    reason: 'Cannot open "test?size=huge": size is "huge", not from 160x120 to 3840x2160',
  });
});

Deno.test("TestMovies has no other movies", async () => {
  const movies = new TestMovies();
  const answer = await movies.open("test.avi");
  assertEquals(answer.kind === "refusal" && answer.status, 404);
  assertEquals((await movies.list()).map(({ name }) => name), ["test"]);
});

Deno.test("TestMovies keeps a bounded number of patterns", async () => {
  const movies = new TestMovies(() => UNIX_MS);
  const open = async (fps: number) => {
    const lease = await movies.open(`test?size=160x120&fps=${fps}`);
    assert(lease.kind === "movie");
    return lease.movie;
  };
  const first = await open(1);
  for (let fps = 2; fps <= 9; fps++) await open(fps);
  assert(await open(1) !== first);
});
