import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { MovieLibrary } from "../../lib/files/movie_library.ts";
import type { MovieLease, MovieRefusal } from "../../lib/files/movie_source.ts";
import type { Movie } from "../../lib/movie/movie.ts";
import { MovieReadError } from "../../lib/movie/movie_read_error.ts";
import { bytesOf, textOf } from "../support/text.ts";
import { sampleJpeg, sampleMovie } from "./sample_movie.ts";
import { withFolder } from "./temp_folder.ts";

const UNIX = Deno.build.os !== "windows";

/** A library on `folder/media`, so that the tests can have files outside of it. */
async function libraryIn(folder: string): Promise<MovieLibrary> {
  await Deno.mkdir(`${folder}/media`, { recursive: true });
  return await MovieLibrary.at(`${folder}/media`, 20);
}

async function leased(library: MovieLibrary, name: string): Promise<MovieLease> {
  const answer = await library.open(name);
  assert(answer.kind === "movie", JSON.stringify(answer));
  return answer;
}

async function refused(library: MovieLibrary, name: string): Promise<MovieRefusal> {
  const answer = await library.open(name);
  assert(answer.kind === "refusal", `"${name}" was opened`);
  return answer;
}

Deno.test(
  "MovieLibrary.open() opens a movie in lab framing",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    await Deno.writeFile(`${folder}/media/m.Mjpeg`, sampleMovie(1, 2, 3));
    using lease = await leased(library, "m.Mjpeg");
    const { movie } = lease;
    assertEquals([movie.name, movie.frameCount, movie.framesPerSecond], ["m.Mjpeg", 3, 20]);
    assertEquals([movie.width, movie.height, lease.warning], [64, 48, undefined]);
    assertEquals([movie.frame(2), movie.frame(0)], [sampleJpeg(3), sampleJpeg(1)]);
  }),
);

Deno.test(
  "MovieLibrary.open() opens a raw JPEG stream, whatever its name",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    const file = await Deno.open(`${folder}/media/m.Mjpeg`, { write: true, create: true });
    for (let i = 0; i < 30; i++) await file.write(sampleJpeg(i, 10_000));
    file.close();
    using lease = await leased(library, "m.Mjpeg");
    assertEquals(lease.movie.frameCount, 30);
    assertEquals(lease.movie.frame(29), sampleJpeg(29, 10_000));
  }),
);

Deno.test(
  "MovieLibrary.open() indexes frames larger than what it reads at once",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    const file = await Deno.open(`${folder}/media/m`, { write: true, create: true });
    for (const length of [99_900, 3, 70_000, 40_000, 3, 60_000]) {
      const jpeg = sampleJpeg(length, length);
      await file.write(bytesOf(String(jpeg.length).padStart(5, "0")));
      await file.write(jpeg);
    }
    file.close();
    using lease = await leased(library, "m");
    assertEquals([lease.movie.frameCount, lease.warning], [6, undefined]);
    assertEquals(lease.movie.frame(5), sampleJpeg(60_000, 60_000));
  }),
);

Deno.test(
  "MovieLibrary.open() takes names with and without percent-encoding, in folders too",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    await Deno.mkdir(`${folder}/media/a b`);
    await Deno.writeFile(`${folder}/media/a b/100%.mjpeg`, sampleMovie(1));
    await Deno.writeFile(`${folder}/media/c%20d`, sampleMovie(2));
    for (const name of ["a b/100%.mjpeg", "a%20b/100%25.mjpeg"]) {
      using lease = await leased(library, name);
      assertEquals(lease.movie.name, "a b/100%.mjpeg");
    }
    using literal = await leased(library, "c%20d");
    assertEquals(literal.movie.name, "c%20d");
  }),
);

Deno.test(
  "MovieLibrary.open() answers hostile names with 404 and a reason",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    await Deno.writeFile(`${folder}/secret`, sampleMovie(1));
    await Deno.mkdir(`${folder}/media-too`);
    await Deno.writeFile(`${folder}/media-too/m`, sampleMovie(1));
    const names = [
      "../secret",
      "..%2fsecret",
      "%2e%2e/secret",
      `${folder}/secret`,
      "",
      "a/../../secret",
    ];
    for (const name of [...names, "..\\secret", "m\0", "../media-too/m", "x".repeat(300)]) {
      const { status, reason } = await refused(library, name);
      assertEquals([status, reason.includes("Cannot open")], [404, true]);
      assertEquals(reason.includes("\0") || reason.includes("\n"), false);
    }
  }),
);

Deno.test(
  "MovieLibrary.open() answers a missing file and a folder with 404",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    await Deno.mkdir(`${folder}/media/sub`);
    await Deno.writeFile(`${folder}/media/m`, sampleMovie(1));
    const rows = [
      ["none", "there is no such file or folder"],
      ["sub", "it is a folder without JPEGs"],
      ["sub/none", "there is no such file or folder"],
    ];
    for (const [name, why] of rows) {
      const reason = `Cannot open "${name}": ${why}`;
      assertEquals(await library.open(name ?? ""), { kind: "refusal", status: 404, reason });
    }
    assertEquals((await refused(library, "m/x")).status, 404);
  }),
);

Deno.test({
  name: "MovieLibrary.open() follows links that stay inside, and none that lead out",
  ignore: !UNIX,
  fn: withFolder(async (folder) => {
    const library = await libraryIn(folder);
    await Deno.writeFile(`${folder}/secret`, sampleMovie(1));
    await Deno.mkdir(`${folder}/media/sub`);
    await Deno.writeFile(`${folder}/media/sub/m`, sampleMovie(2));
    await Deno.symlink(`sub/m`, `${folder}/media/inside`);
    await Deno.symlink(`../secret`, `${folder}/media/out`);
    await Deno.symlink(folder, `${folder}/media/out-folder`);
    await Deno.symlink("loop", `${folder}/media/loop`);
    await Deno.symlink("/dev/zero", `${folder}/media/zero`);
    using lease = await leased(library, "inside");
    assertEquals([lease.movie.name, lease.movie.frame(0)], ["inside", sampleJpeg(2)]);
    for (const name of ["out", "out-folder/secret", "zero"]) {
      const reason = `Cannot open "${name}": it leads out of the media folder`;
      assertEquals(await library.open(name), { kind: "refusal", status: 404, reason });
    }
    assertEquals((await refused(library, "loop")).status, 404);
    assertEquals((await library.list()).map(({ name }) => name), ["inside", "sub/m"]);
  }),
});

Deno.test({
  name: "MovieLibrary does not wait for a pipe that nobody writes to",
  ignore: !UNIX,
  fn: withFolder(async (folder) => {
    const library = await libraryIn(folder);
    const made = await new Deno.Command("mkfifo", { args: [`${folder}/media/pipe`] }).output();
    assert(made.success);
    const reason = 'Cannot open "pipe": it is a device, a pipe or a socket';
    assertEquals(await library.open("pipe"), { kind: "refusal", status: 404, reason });
    assertEquals(await library.list(), []);
  }),
});

const NO_MOVIES: [string, Uint8Array, string][] = [
  ["nothing", bytesOf(""), "it is empty"],
  [
    "text",
    bytesOf("hello, this is text"),
    'it starts with "hello, this is t", as no movie does',
  ],
  [
    "an AVI without frames",
    bytesOf("RIFF\0\0\0\0AVI LIST"),
    "frame 1 at byte 16: found the end of the file, wanted a stream of video (strl)",
  ],
  ["digits", bytesOf("123456"), 'frame 1 at byte 0: found "123456", wanted five digits and'],
  [
    "a first frame cut short",
    sampleMovie(1).subarray(0, 20),
    "frame 1 at byte 20: found the end of the file after 15 bytes of the frame, wanted 40 bytes",
  ],
  ["a JPEG without a size", bytesOf("00004\xff"), "frame 1 at byte 0"],
];
for (const [what, bytes, why] of NO_MOVIES) {
  Deno.test(
    `MovieLibrary.open() answers ${what} with 415, and says what is wrong`,
    withFolder(async (folder) => {
      const library = await libraryIn(folder);
      await Deno.writeFile(`${folder}/media/bad`, bytes);
      for (let time = 0; time < 2; time++) {
        const { status, reason } = await refused(library, "bad");
        assertEquals(status, 415);
        assert(reason.startsWith(`Cannot play "bad": ${why}`), reason);
      }
    }),
  );
}

Deno.test(
  "MovieLibrary.open() answers a first frame that is no whole JPEG with 415",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    await Deno.writeFile(
      `${folder}/media/bad`,
      Uint8Array.of(...bytesOf("00004"), 255, 216, 255, 217),
    );
    const { status, reason } = await refused(library, "bad");
    assertEquals(status, 415);
    assert(reason.startsWith('Cannot play "bad": frame 1 at byte 5: Cannot parse JPEG'), reason);
  }),
);

Deno.test(
  "MovieLibrary.open() plays what is before a break, with a warning",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    const whole = sampleMovie(1, 2, 3);
    await Deno.writeFile(`${folder}/media/m`, whole.subarray(0, -1));
    using lease = await leased(library, "m");
    assertEquals(lease.movie.frameCount, 2);
    assertEquals(
      lease.warning,
      `"m": 2 frames can be played, then frame 3 at byte ${
        whole.length - 1
      }: found the end of the file ` +
        "after 39 bytes of the frame, wanted 40 bytes",
    );
  }),
);

Deno.test(
  "MovieLibrary shares one movie between sessions, and after a pause without any",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    await Deno.writeFile(`${folder}/media/m`, sampleMovie(1, 2));
    const [first, second] = await Promise.all([leased(library, "m"), leased(library, "m")]);
    assertStrictEquals(first.movie, second.movie);
    first.release();
    first.release();
    assertEquals(second.movie.frame(1), sampleJpeg(2));
    second.release();
    assertThrows(() => second.movie.frame(1), MovieReadError, "read after its release");
    using third = await leased(library, "m");
    assertStrictEquals(third.movie, first.movie);
    assertEquals(third.movie.frame(1), sampleJpeg(2));
  }),
);

Deno.test(
  "MovieLibrary opens a replaced movie anew; who plays it keeps the old one",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    await Deno.writeFile(`${folder}/media/m`, sampleMovie(1, 2));
    using old = await leased(library, "m");
    await Deno.writeFile(`${folder}/media/new`, sampleMovie(3, 4, 5));
    await Deno.rename(`${folder}/media/new`, `${folder}/media/m`);
    using replaced = await leased(library, "m");
    assertEquals([replaced.movie.frameCount, replaced.movie.frame(0)], [3, sampleJpeg(3)]);
    assertEquals([old.movie.frameCount, old.movie.frame(1)], [2, sampleJpeg(2)]);
    assert(old.movie.etag !== replaced.movie.etag);
  }),
);

Deno.test(
  "MovieLibrary: a file cut short or overwritten in mid-play is a MovieReadError",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    await Deno.writeFile(`${folder}/media/m`, sampleMovie(1, 2));
    using lease = await leased(library, "m");
    await Deno.truncate(`${folder}/media/m`, 50);
    assertThrows(
      () => lease.movie.frame(1),
      MovieReadError,
      'Cannot read frame 2 of "m" at byte 50: 0 of 40 bytes are there',
    );
    await Deno.writeFile(`${folder}/media/m`, bytesOf("x".repeat(91)));
    assertThrows(() => lease.movie.frame(1), MovieReadError, "the file was changed");
    assertEquals((await refused(library, "m")).status, 415);
  }),
);

Deno.test(
  "MovieLibrary answers 404 for a movie that was removed, and lets others play on",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    await Deno.writeFile(`${folder}/media/m`, sampleMovie(1));
    using lease = await leased(library, "m");
    await Deno.remove(`${folder}/media/m`);
    assertEquals((await refused(library, "m")).status, 404);
    if (UNIX) assertEquals(lease.movie.frame(0), sampleJpeg(1));
  }),
);

Deno.test({
  name: "MovieLibrary keeps no file open that nobody plays",
  ignore: Deno.build.os !== "linux",
  fn: withFolder(async (folder) => {
    const library = await libraryIn(folder);
    for (let i = 0; i < 100; i++) await Deno.writeFile(`${folder}/media/m${i}`, sampleMovie(i));
    await Deno.writeFile(`${folder}/media/bad`, bytesOf("bad"));
    const openFiles = async () => {
      const command = new Deno.Command("ls", { args: ["-l", `/proc/${Deno.pid}/fd`] });
      const { stdout } = await command.output();
      return textOf(stdout).split("\n").filter((line) => line.includes(folder)).length;
    };
    const leases: MovieLease[] = [];
    for (let i = 0; i < 100; i++) leases.push(await leased(library, `m${i}`));
    await refused(library, "bad");
    assertEquals(await openFiles(), 100);
    for (const lease of leases) lease.release();
    assertEquals(await openFiles(), 0);
    using again = await leased(library, "m99");
    assertEquals([again.movie.frame(0), await openFiles()], [sampleJpeg(99), 1]);
  }),
});

Deno.test(
  "MovieLibrary keeps a bounded number of indexes that nobody needs",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    const movies: Movie[] = [];
    for (let i = 0; i < 70; i++) {
      await Deno.writeFile(`${folder}/media/m${i}`, sampleMovie(i));
      using lease = await leased(library, `m${i}`);
      movies.push(lease.movie);
    }
    using last = await leased(library, "m69");
    assertStrictEquals(last.movie, movies[69]);
    using first = await leased(library, "m0");
    assert(first.movie !== movies[0]);
  }),
);

const LAB_MOVIE = new URL("../../../shared/media/movie.Mjpeg", import.meta.url);
const LAB_MOVIE_THERE = await Deno.stat(LAB_MOVIE).then(({ isFile }) => isFile, () => false);
if (!LAB_MOVIE_THERE) {
  // deno-lint-ignore no-console
  console.log("skipped: the exercise's movie, since ../shared/media/movie.Mjpeg is not there");
}

Deno.test({
  name: "MovieLibrary.open() finds all frames of the exercise's movie",
  ignore: !LAB_MOVIE_THERE,
  fn: withFolder(async (folder) => {
    const library = await libraryIn(folder);
    await Deno.copyFile(LAB_MOVIE, `${folder}/media/movie.Mjpeg`);
    using lease = await leased(library, "movie.Mjpeg");
    const { movie, warning } = lease;
    const lengths = Array.from({ length: movie.frameCount }, (_, i) => movie.frame(i).length);
    assertEquals([movie.frameCount, movie.width, movie.height, warning], [
      500,
      384,
      288,
      undefined,
    ]);
    assertEquals([Math.min(...lengths), Math.max(...lengths)], [4970, 13_967]);
    assertEquals(lengths.reduce((sum, length) => sum + length, 0), 4_269_893 - 500 * 5);
  }),
});

Deno.test(
  "MovieLibrary.list() names what can be played, in order",
  withFolder(async (folder) => {
    const library = await libraryIn(folder);
    await Deno.mkdir(`${folder}/media/sub`);
    await Deno.writeFile(`${folder}/media/z.Mjpeg`, sampleMovie(1));
    await Deno.writeFile(`${folder}/media/sub/still.jpg`, sampleJpeg(1));
    await Deno.writeFile(`${folder}/media/.hidden`, sampleMovie(1));
    await Deno.writeTextFile(`${folder}/media/notes.txt`, "notes");
    const listed = await library.list();
    assertEquals(listed.map(({ name, length }) => [name, length]), [
      ["sub/still.jpg", sampleJpeg(1).length],
      ["z.Mjpeg", sampleMovie(1).length],
    ]);
    assert(listed.every(({ modifiedMs }) => Math.abs(Date.now() - (modifiedMs ?? 0)) < 60_000));
  }),
);

Deno.test({
  name: "MovieLibrary.at() refuses a folder that it may not list",
  ignore: !UNIX || Deno.uid() === 0, // root may list every folder
  fn: withFolder(async (folder) => {
    const path = `${folder}/closed`;
    await Deno.mkdir(path, { mode: 0o300 });
    await assertRejects(
      () => MovieLibrary.at(path, 20),
      Error,
      `Cannot serve movies from "${path}": permission is denied`,
    );
    await Deno.chmod(path, 0o700);
  }),
});

Deno.test(
  "MovieLibrary.at() says which folder it cannot serve, and why",
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const rows: [string, string][] = [
      [`${folder}/none`, "there is no such file or folder"],
      [`${folder}/file`, "it is not a folder"],
    ];
    for (const [path, why] of rows) {
      await assertRejects(
        () => MovieLibrary.at(path, 20),
        Error,
        `Cannot serve movies from "${path}": ${why}`,
      );
    }
  }),
);
