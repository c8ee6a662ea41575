import { labMovieFrames } from "../support/lab_movie.ts";
import { ROOT } from "../support/programs.ts";

/** A movie that the programs are tried with. */
export interface TestMovie {
  /** Completes the sentence "our client plays …". */
  readonly name: string;
  /** What makes the server serve it. */
  readonly serverArgs: readonly string[];
  readonly path: URL;
  readonly frameCount: number;
}

/** The movie that comes with the program, in the repository and in the binaries. */
export const OWN_MOVIE: TestMovie = {
  name: "our own movie",
  serverArgs: [],
  path: new URL("media/movie.Mjpeg", ROOT),
  frameCount: 400,
};

const EXERCISE_FOLDER = new URL("../shared/media/", ROOT);

/** The exercise's movie, which lies beside the repository or nowhere. */
export const EXERCISE_MOVIE: TestMovie = {
  name: "the exercise's movie",
  serverArgs: ["--media", decodeURIComponent(EXERCISE_FOLDER.pathname)],
  path: new URL("movie.Mjpeg", EXERCISE_FOLDER),
  frameCount: 500,
};

/** The frames of our own movie. */
export const OWN_FRAMES: readonly Uint8Array[] = await labMovieFrames(OWN_MOVIE.path);

/** Registers a test for a movie; where its file is missing, it is skipped with a name that says so. */
export function movieTest(movie: TestMovie, name: string, test: () => Promise<void>): void {
  try {
    Deno.statSync(movie.path);
    Deno.test(name, test);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    const file = "../shared/media/movie.Mjpeg";
    Deno.test({ name: `${name} (skipped: ${file} is not there)`, ignore: true, fn: test });
  }
}
