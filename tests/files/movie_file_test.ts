import { assert, assertEquals, assertRejects } from "@std/assert";
import { fileEtag } from "../../lib/files/file_etag.ts";
import { MovieFile } from "../../lib/files/movie_file.ts";
import { sampleMovie } from "./sample_movie.ts";
import { withFolder } from "./temp_folder.ts";

Deno.test(
  "MovieFile.lease() notices another file than was found, and keeps none open",
  withFolder(async (folder) => {
    const path = `${folder}/m`;
    await Deno.writeFile(path, sampleMovie(1));
    const etag = fileEtag(await Deno.stat(path));
    const length = sampleMovie(1).length;
    const file = new MovieFile({ name: "m", path, etag, length, framesPerSecond: 20 });
    await Deno.writeFile(path, sampleMovie(1, 2));
    assertEquals([await file.lease(), file.inUse], ["changed", false]);
  }),
);

Deno.test(
  "MovieFile.lease() passes on that a file cannot be opened, and can be asked again",
  withFolder(async (folder) => {
    const path = `${folder}/m`;
    await Deno.writeFile(path, sampleMovie(1));
    const etag = fileEtag(await Deno.stat(path));
    const length = sampleMovie(1).length;
    const file = new MovieFile({ name: "m", path, etag, length, framesPerSecond: 20 });
    await Deno.rename(path, `${path}-away`);
    await assertRejects(() => file.lease(), Deno.errors.NotFound);
    assertEquals(file.inUse, false);
    await Deno.rename(`${path}-away`, path);
    const lease = await file.lease();
    assert(lease !== "changed" && lease.kind === "movie");
    lease.release();
    assertEquals(file.inUse, false);
  }),
);
