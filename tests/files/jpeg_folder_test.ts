import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { MovieLibrary } from "../../lib/files/movie_library.ts";
import type { MovieLease } from "../../lib/files/movie_source.ts";
import { MovieReadError } from "../../lib/movie/movie_read_error.ts";
import { bytesOf } from "../support/text.ts";
import { sampleJpeg, sampleMovie } from "./sample_movie.ts";
import { withFolder } from "./temp_folder.ts";

async function leased(library: MovieLibrary, name: string): Promise<MovieLease> {
  const answer = await library.open(name);
  assert(answer.kind === "movie", JSON.stringify(answer));
  return answer;
}

/** A library on a folder with a folder of frames, a still, a stream and something else. */
async function libraryIn(folder: string): Promise<MovieLibrary> {
  await Deno.mkdir(`${folder}/frames`);
  await Deno.mkdir(`${folder}/streams`);
  for (const number of [1, 2, 9, 10, 100]) {
    await Deno.writeFile(`${folder}/frames/f${number}.dat`, sampleJpeg(number));
  }
  await Deno.writeFile(`${folder}/still.txt`, sampleJpeg(77));
  await Deno.writeFile(`${folder}/m`, sampleMovie(1, 2));
  const stream = joinBytes([sampleJpeg(1), sampleJpeg(2)]);
  for (const name of ["a", "b"]) await Deno.writeFile(`${folder}/streams/${name}`, stream);
  return await MovieLibrary.at(folder, 20);
}

Deno.test(
  "MovieLibrary.open() opens a folder of JPEGs as a movie in natural order",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    using lease = await leased(library, "frames");
    const { movie } = lease;
    assertEquals([movie.frameCount, movie.framesPerSecond, movie.width], [5, 20, 64]);
    const numbers = [1, 2, 9, 10, 100];
    assertEquals(numbers.map((_, i) => movie.frame(i)), numbers.map((n) => sampleJpeg(n)));
    using again = await leased(library, "frames");
    assertStrictEquals(again.movie, movie);
    await Deno.writeFile(`${folder}/frames/f11.dat`, sampleJpeg(11));
    using more = await leased(library, "frames");
    assertEquals([more.movie.frameCount, movie.frameCount], [6, 5]);
    assert(more.movie.etag !== movie.etag);
  }),
);

Deno.test(
  "MovieLibrary.open() passes over what is no JPEG in a folder, and says so",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    await Deno.writeFile(`${folder}/frames/f3.jpg`, bytesOf("no JPEG"));
    await Deno.writeFile(`${folder}/frames/.f4.jpg`, sampleJpeg(4));
    using lease = await leased(library, "frames");
    assertEquals(lease.movie.frameCount, 5);
    assertEquals(lease.warning, "1 files that are no JPEG are passed over");
  }),
);

Deno.test(
  "MovieLibrary.open() ends where a frame of a folder goes or changes",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    using lease = await leased(library, "frames");
    await Deno.remove(`${folder}/frames/f2.dat`);
    assertThrows(
      () => lease.movie.frame(1),
      MovieReadError,
      'Cannot read frame 2 of "frames" at byte 0: "f2.dat": there is no such file or folder',
    );
    await Deno.writeFile(`${folder}/frames/f9.dat`, bytesOf("no"));
    assertThrows(() => lease.movie.frame(2), MovieReadError, '"f9.dat" starts with "no"');
    assertThrows(() => lease.movie.frame(5), RangeError, "No frame 5: there are 5");
  }),
);

Deno.test(
  "MovieLibrary.open() refuses a folder of streams",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    assertEquals(await library.open("streams"), {
      kind: "refusal",
      status: 415,
      reason: 'Cannot play "streams": it is a folder, and "a" in it is not one JPEG',
    });
  }),
);

Deno.test(
  "MovieLibrary.open() repeats a single JPEG without end",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    using lease = await leased(library, "still.txt");
    assertEquals([lease.movie.frameCount, lease.movie.framesPerSecond], [Infinity, 20]);
    assertEquals(lease.movie.frame(0), sampleJpeg(77));
    assertStrictEquals(lease.movie.frame(123_456), lease.movie.frame(0));
    assertThrows(() => lease.movie.frame(-1), RangeError, "No frame -1");
  }),
);

Deno.test(
  "MovieLibrary.list() lists a folder of JPEGs as one movie",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    for (let time = 0; time < 2; time++) {
      const movies = await library.list();
      const names = movies.map(({ name }) => name);
      assertEquals(names, ["frames", "m", "still.txt", "streams/a", "streams/b"]);
      assertEquals(movies[0]?.length, 5 * sampleJpeg(1).length);
    }
  }),
);
