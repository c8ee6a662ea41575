import { assert, assertEquals } from "@std/assert";
import type { LibraryChange } from "../../lib/files/library_watcher.ts";
import { MovieLibrary } from "../../lib/files/movie_library.ts";
import { bytesOf } from "../support/text.ts";
import { sampleMovie } from "./sample_movie.ts";
import { withFolder } from "./temp_folder.ts";

/** Changes as they come; `next` waits for one. */
class Changes {
  readonly #seen: LibraryChange[] = [];
  #wake = () => {};

  readonly add = (change: LibraryChange) => {
    this.#seen.push(change);
    this.#wake();
  };

  async next(): Promise<string> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    if (this.#seen.length === 0) {
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        timer = setTimeout(() => reject(new Error("No change came within 5 s")), 5000);
      });
    }
    clearTimeout(timer);
    const change = this.#seen.shift();
    return `${change?.name} ${change?.kind}`;
  }

  get waiting(): number {
    return this.#seen.length;
  }
}

for (const mayAskSystem of [true, false]) {
  const how = mayAskSystem ? "told by the system" : "by looking now and then";
  Deno.test(
    `LibraryWatcher tells of movies that appear, change and go, ${how}`,
    withFolder(async (folder) => {
      await Deno.writeFile(`${folder}/there`, sampleMovie(1));
      await Deno.mkdir(`${folder}/sub`);
      const library = await MovieLibrary.at(folder, 20);
      const changes = new Changes();
      const periodMs = mayAskSystem ? 600_000 : 30;
      using _watcher = await library.watch(changes.add, { mayAskSystem, periodMs, settleMs: 30 });
      await Deno.writeFile(`${folder}/sub/new`, sampleMovie(1));
      await Deno.writeFile(`${folder}/note.txt`, bytesOf("not a movie"));
      assertEquals(await changes.next(), "sub/new appeared");
      await Deno.writeFile(`${folder}/there`, sampleMovie(1, 2));
      assertEquals(await changes.next(), "there changed");
      await Deno.remove(`${folder}/sub/new`);
      assertEquals(await changes.next(), "sub/new gone");
      assertEquals(changes.waiting, 0);
    }),
  );
}

Deno.test(
  "LibraryWatcher waits until a file that is being copied stays the same",
  withFolder(async (folder) => {
    const library = await MovieLibrary.at(folder, 20);
    const changes = new Changes();
    using _watcher = await library.watch(changes.add, { settleMs: 150 });
    const movie = sampleMovie(...Array.from({ length: 20 }, (_, i) => i));
    using file = await Deno.open(`${folder}/m`, { write: true, create: true });
    for (let at = 0; at < movie.length; at += 90) {
      await file.write(movie.subarray(at, at + 90));
      await new Promise((resolve) => setTimeout(resolve, 30));
      assertEquals(changes.waiting, 0);
    }
    assertEquals(await changes.next(), "m appeared");
    const lease = await library.open("m");
    assert(lease.kind === "movie");
    assertEquals(lease.movie.frameCount, 20);
    lease.release();
  }),
);

Deno.test(
  "MovieLibrary opens a changed movie anew while a session plays the old one",
  withFolder(async (folder) => {
    await Deno.writeFile(`${folder}/m`, sampleMovie(1, 2, 3));
    const library = await MovieLibrary.at(folder, 20);
    const old = await library.open("m");
    await Deno.writeFile(`${folder}/m.part`, sampleMovie(7));
    await Deno.rename(`${folder}/m.part`, `${folder}/m`);
    const fresh = await library.open("m");
    assert(old.kind === "movie" && fresh.kind === "movie");
    assertEquals([old.movie.frameCount, fresh.movie.frameCount], [3, 1]);
    assertEquals(old.movie.frame(2), sampleMovie(3).subarray(5));
    old.release();
    fresh.release();
  }),
);
