import { assertEquals, assertStringIncludes } from "@std/assert";
import { labMovieFrames } from "../support/lab_movie.ts";
import { RunningProgram } from "../support/programs.ts";
import { EXERCISE_MOVIE, movieTest, OWN_MOVIE } from "./movies.ts";
import { assertSameFrames, play } from "./play.ts";

/** Five times as fast as the exercise: what is tested here is which frames come, not when. */
const FPS = ["--fps", "100"];

for (const movie of [EXERCISE_MOVIE, OWN_MOVIE]) {
  movieTest(movie, `our client plays ${movie.name} from our server, every byte`, async () => {
    const expected = await labMovieFrames(movie.path);
    assertEquals(expected.length, movie.frameCount);
    await using server = await RunningProgram.server([...movie.serverArgs, ...FPS]);
    const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
    const played = await play([url]);
    assertEquals(played.code, 0, played.stderr);
    assertSameFrames(played.frames, expected);
    const sentence =
      `Played ${movie.frameCount} frames of movie.Mjpeg from 127.0.0.1:${server.port}`;
    assertStringIncludes(played.stdout, sentence);
    assertStringIncludes(played.stderr, "End of stream");
    const { outcome, packets, frames } = played.statistics;
    assertEquals(outcome, "played");
    const { received, expected: wanted, lost, duplicate, late } = packets;
    assertEquals([received, wanted], [movie.frameCount, movie.frameCount]);
    assertEquals([lost, duplicate, late], [0, 0, 0]);
    assertEquals(frames, { whole: movie.frameCount, broken: 0, notWritten: 0 });
    const { stderr } = await server.stop();
    assertStringIncludes(stderr, `End of the play after ${movie.frameCount} frames`);
    assertStringIncludes(stderr, "TEARDOWN movie.Mjpeg: 200 OK");
  });
}

Deno.test("two clients play our server at once, each every byte", async () => {
  const expected = (await labMovieFrames(OWN_MOVIE.path)).slice(0, 200);
  await using server = await RunningProgram.server(FPS);
  const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  const lab = ["127.0.0.1", String(server.port), "0", "movie.Mjpeg"];
  const plays = await Promise.all([
    play([url, "--frames", "200"]),
    play([...lab, "--frames", "200"]),
  ]);
  for (const { code, stderr, frames, statistics } of plays) {
    assertEquals(code, 0, stderr);
    assertSameFrames(frames, expected);
    assertEquals([statistics.packets.received, statistics.packets.lost], [200, 0]);
  }
});

Deno.test("a second play of the same server begins at the first frame", async () => {
  const expected = (await labMovieFrames(OWN_MOVIE.path)).slice(0, 10);
  await using server = await RunningProgram.server(FPS);
  const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  for (let round = 0; round < 2; round++) {
    assertSameFrames((await play([url, "--frames", "10"])).frames, expected);
  }
});
