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

Deno.test("§3.7 a movie with an absolute time can be played by clock, and says so", () => {
  class Dated extends FakeMovie {
    readonly startUnixMs = Date.UTC(2026, 0, 1);
  }
  const peer = new StandardPeer({}, new Dated("movie.Mjpeg", sampleJpegs(40)));
  const lines = textOf(peer.ask("DESCRIBE", URL).body).split("\r\n");
  assertEquals(lines.filter((line) => line.startsWith("a=range")), [
    "a=range:npt=0-2.000",
    "a=range:clock=20260101T000000Z-20260101T000002Z",
  ]);
  const range = "clock=20260101T000001Z-20260101T000001.5Z";
  const reply = peer.play(peer.setup(), { Range: range });
  assertEquals([reply.status, reply.headers.get("Range")], [200, range]);
  peer.server.advance(2000);
  assertEquals(peer.server.frames.length, 10);
});

Deno.test("a still is packed once for all its frames and sessions", () => {
  const [jpeg = new Uint8Array()] = sampleJpegs(1);
  class Still extends FakeMovie {
    override get frameCount(): number {
      return Infinity;
    }
    override frame(): Uint8Array {
      return jpeg;
    }
  }
  const peer = new StandardPeer({}, new Still("movie.Mjpeg", []));
  peer.play(peer.setup());
  peer.play(peer.setup("RTP/AVP;unicast;client_port=5002-5003"));
  peer.server.advance(1000);
  assertEquals(new Set(peer.server.frames.map(({ frame }) => frame)).size, 1);
});

Deno.test("RFC 8866 §5.8 b=AS is the most that the movie takes", () => {
  class Sized extends FakeMovie {
    readonly maxFrameLength = 10_000;
  }
  const peer = new StandardPeer({}, new Sized("movie.Mjpeg", sampleJpegs(2)));
  const lines = textOf(peer.ask("DESCRIBE", URL).body).split("\r\n");
  assertEquals(lines.filter((line) => line.startsWith("b=")), ["b=AS:1664"]);
});
