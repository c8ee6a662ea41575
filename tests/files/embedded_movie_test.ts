import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { EmbeddedMovie } from "../../lib/files/embedded_movie.ts";
import { sampleJpeg, sampleMovie } from "./sample_movie.ts";
import { withFolder } from "./temp_folder.ts";

Deno.test(
  "EmbeddedMovie serves its one movie from memory",
  withFolder(async (folder) => {
    const url = new URL(`file://${folder}/movie.Mjpeg`);
    await Deno.writeFile(url, sampleMovie(1, 2));
    const source = new EmbeddedMovie(25, url);
    const summary = { name: "movie.Mjpeg", length: 90, modifiedMs: undefined };
    assertEquals(await source.list(), [summary]);
    const lease = await source.open("movie.Mjpeg");
    assert(lease.kind === "movie");
    lease.release();
    await Deno.remove(url);
    const again = await source.open("movie%2eMjpeg");
    assert(again.kind === "movie");
    assertStrictEquals(again.movie, lease.movie);
    const { frameCount, framesPerSecond, etag } = again.movie;
    assertEquals([frameCount, framesPerSecond, again.movie.frame(1)], [2, 25, sampleJpeg(2)]);
    assert(/^[0-9a-f]{16}$/.test(etag), etag);
  }),
);

Deno.test("EmbeddedMovie answers other names with 404", async () => {
  const source = new EmbeddedMovie(20);
  for (
    const name of ["", "other", "../movie.Mjpeg", "movie.mjpeg", "/movie.Mjpeg", "a/movie.Mjpeg"]
  ) {
    const reason = `Cannot open "${name}": only movie.Mjpeg comes with the program`;
    assertEquals(await source.open(name), { kind: "refusal", status: 404, reason });
  }
});

Deno.test(
  "EmbeddedMovie says when its file is missing",
  withFolder(async (folder) => {
    const source = new EmbeddedMovie(20, new URL(`file://${folder}/movie.Mjpeg`));
    assertEquals(await source.list(), []);
    const reason = 'Cannot open "movie.Mjpeg": there is no such file or folder';
    assertEquals(await source.open("movie.Mjpeg"), { kind: "refusal", status: 404, reason });
  }),
);
