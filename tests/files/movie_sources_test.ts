import { assertEquals } from "@std/assert";
import { MovieSources } from "../../lib/files/movie_sources.ts";
import type { MovieRefusal, MovieSource } from "../../lib/files/movie_source.ts";
import { FakeMovie } from "../support/fake_movie.ts";

function source(name: string, status: MovieRefusal["status"] = 404): MovieSource {
  return {
    open: (asked) =>
      Promise.resolve(
        asked === name
          ? new FakeMovie(name, []).lease()
          : { kind: "refusal", status, reason: `no ${asked} in ${name}` },
      ),
    list: () => Promise.resolve([{ name, length: 1, modifiedMs: undefined }]),
  };
}

Deno.test("MovieSources opens what the first source knows, and lists all", async () => {
  const sources = new MovieSources([source("a"), source("b")]);
  assertEquals((await sources.open("b")).kind, "movie");
  assertEquals(await sources.open("c"), { kind: "refusal", status: 404, reason: "no c in a" });
  assertEquals((await sources.list()).map(({ name }) => name), ["a", "b"]);
});

Deno.test("MovieSources takes a refusal other than 404 for an answer", async () => {
  const sources = new MovieSources([source("a", 415), source("b")]);
  const result = await sources.open("b");
  assertEquals(result.kind === "refusal" && result.status, 415);
});
