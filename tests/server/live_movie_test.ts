import { assertEquals } from "@std/assert";
import { FakeMovie } from "../support/fake_movie.ts";
import { TEST_EPOCH_MS } from "../support/now.ts";
import { sampleJpegs } from "../support/sample_jpegs.ts";
import { StandardPeer, URL } from "../support/standard_peer.ts";
import { textOf } from "../support/text.ts";

/** A live movie that began 10.01 s before the tests' zero, 20 frames a second. */
class LiveMovie extends FakeMovie {
  readonly liveSinceMs = TEST_EPOCH_MS - 10_010;
  readonly asked: number[] = [];

  override get frameCount(): number {
    return Infinity;
  }

  override frame(index: number): Uint8Array {
    this.asked.push(index);
    return super.frame(index % this.frames.length);
  }
}

function live(): { peer: StandardPeer; movie: LiveMovie } {
  const movie = new LiveMovie("movie.Mjpeg", sampleJpegs(20));
  return { peer: new StandardPeer({ loop: true }, movie), movie };
}

Deno.test("a live movie is joined at the frame that is due next, when it is due", () => {
  const { peer, movie } = live();
  const id = peer.setup();
  movie.asked.length = 0;
  const reply = peer.play(id, { Range: "npt=3-", Scale: "2" });
  assertEquals([reply.status, reply.headers.get("Range")], [200, "npt=now-"]);
  assertEquals(reply.headers.get("Scale"), "1");
  peer.server.advance(1000);
  assertEquals(peer.server.frameTimes.slice(0, 3), [40, 90, 140]);
  assertEquals(movie.asked.slice(0, 4), [201, 202, 203, 204], "each frame is made once");
});

Deno.test("a live movie goes on without those who pause", () => {
  const { peer, movie } = live();
  const id = peer.setup();
  peer.play(id);
  peer.server.advance(100);
  peer.ask("PAUSE", URL, { Session: id });
  peer.server.advance(10_000);
  movie.asked.length = 0;
  peer.play(id);
  assertEquals(movie.asked, [403]);
});

Deno.test("all who see a live movie share its frames", () => {
  const { peer, movie } = live();
  const ids = [peer.setup(), peer.setup(), peer.setup()];
  movie.asked.length = 0;
  for (const id of ids) peer.play(id);
  peer.server.advance(990);
  assertEquals(movie.asked.length, 20);
  assertEquals(peer.server.frames.length, 60);
});

Deno.test("the description of a live movie has no length", () => {
  const { peer } = live();
  const lines = textOf(peer.ask("DESCRIBE", URL).body).split("\r\n");
  assertEquals(lines.filter((line) => line.startsWith("a=range")), ["a=range:npt=now-"]);
});
