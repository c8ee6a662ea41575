import { assertEquals, assertMatch } from "@std/assert";
import { runClient, RunningProgram } from "../support/programs.ts";

/** A group of this machine's own: nothing that is sent to it leaves the loopback interface. */
const GROUP = "239.255.77.77";

Deno.test("--multicast: two clients hear one sender, by real datagrams", async () => {
  const args = ["--multicast", `${GROUP}/1`, "--fps", "50", "--loop"];
  await using server = await RunningProgram.server(args);
  const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  const play = [url, "--transport", "multicast", "--frames", "30"];
  const plays = await Promise.all([runClient(play), runClient(play)]);
  for (const { code, stdout, stderr } of plays) {
    assertEquals(code, 0, stderr);
    assertMatch(stdout, /^Played 30 frames of movie\.Mjpeg/);
  }
  const { stderr } = await server.stop();
  assertMatch(stderr, new RegExp(`SETUP .*: 200 OK, RTP to ${GROUP}:5004`));
});
