import { assertEquals, assertStringIncludes } from "@std/assert";
import { labMovieFrames } from "../support/lab_movie.ts";
import { RunningProgram } from "../support/programs.ts";
import { labForm } from "./lab_form.ts";
import { EXERCISE_MOVIE, movieTest, OWN_MOVIE } from "./movies.ts";
import { assertSameFrames, play } from "./play.ts";

/** Five times as fast as the exercise: what is tested here is which frames come, not when. */
const FPS = ["--fps", "100"];

for (const movie of [EXERCISE_MOVIE, OWN_MOVIE]) {
  movieTest(movie, `our client plays ${movie.name} from our server, every byte`, async () => {
    const expected = await labMovieFrames(movie.path);
    assertEquals(expected.length, movie.frameCount);
    await using server = await RunningProgram.server([...movie.serverArgs, ...FPS]);
    const played = await play(labForm(server));
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
    const { whole, broken, notWritten } = frames;
    assertEquals([whole, broken, notWritten], [movie.frameCount, 0, 0]);
    const { stderr } = await server.stop();
    assertStringIncludes(stderr, `End of the play after ${movie.frameCount} frames`);
    assertStringIncludes(stderr, "TEARDOWN movie.Mjpeg: 200 OK");
  });
}

Deno.test("two clients play our server at once, each every byte", async () => {
  const expected = (await labMovieFrames(OWN_MOVIE.path)).slice(0, 200);
  await using server = await RunningProgram.server(FPS);
  const args = [...labForm(server), "--frames", "200"];
  const plays = await Promise.all([play(args), play(args)]);
  for (const { code, stderr, frames, statistics } of plays) {
    assertEquals(code, 0, stderr);
    assertSameFrames(frames, expected);
    assertEquals([statistics.packets.received, statistics.packets.lost], [200, 0]);
  }
});

Deno.test("a second play of the same server begins at the first frame", async () => {
  const expected = (await labMovieFrames(OWN_MOVIE.path)).slice(0, 10);
  await using server = await RunningProgram.server(FPS);
  for (let round = 0; round < 2; round++) {
    assertSameFrames((await play([...labForm(server), "--frames", "10"])).frames, expected);
  }
});

Deno.test("our client plays our server by its URL", async () => {
  await using server = await RunningProgram.server(FPS);
  const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  const { code, stderr, frames, statistics } = await play([url, "--frames", "100"]);
  assertEquals(code, 0, stderr);
  assertEquals([frames.length, statistics.frames.whole, statistics.frames.broken], [100, 100, 0]);
});
