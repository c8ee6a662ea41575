import { assert, assertEquals, assertMatch } from "@std/assert";
import { labMovieFile } from "../support/lab_movie.ts";
import { RunningProgram } from "../support/programs.ts";
import { StockClient } from "../support/stock_client.ts";
import { labForm } from "./lab_form.ts";
import { OWN_FRAMES } from "./movies.ts";
import { assertSameFrames, play } from "./play.ts";

const FPS = ["--fps", "100"];

/** Runs a test with a media folder that holds one movie, `movie.Mjpeg`. */
async function withMovie(
  frames: readonly Uint8Array[],
  test: (media: string[]) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "zoetrope-media-" });
  try {
    await Deno.writeFile(`${folder}/movie.Mjpeg`, labMovieFile(frames));
    await test(["--media", folder]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface Header {
  readonly firstByte: number;
  readonly marker: boolean;
  readonly payloadType: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
}

/** RTP headers as a stock client got them from the server. */
async function headersOf(args: readonly string[], count: number): Promise<Header[]> {
  await using server = await RunningProgram.server([...FPS, ...args]);
  await using client = await StockClient.connect({ port: server.port });
  await client.setup();
  await client.play();
  await client.heard(count);
  await client.teardown();
  return client.frames.headers.slice(0, count).map((bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return {
      firstByte: view.getUint8(0),
      marker: view.getUint8(1) >= 128,
      payloadType: view.getUint8(1) % 128,
      sequence: view.getUint16(2),
      timestamp: view.getUint32(4),
      ssrc: view.getUint32(8),
    };
  });
}

/**
 * Checks that headers count from 1, and in 90 kHz at 100 frames a second, each to 2 ms. The second frame
 * may come up to 5 ms early (play_schedule.ts).
 */
function assertFollows(headers: readonly Header[]): void {
  assertEquals(headers.map(({ sequence }) => sequence), headers.map((_, i) => i + 1));
  const [first = 0, second = 0, ...others] = headers.map(({ timestamp }) => timestamp);
  const early = 900 - ((second - first) >>> 0);
  assert(early >= -180 && early <= 450 + 180, `the second frame is ${early} ticks early`);
  for (const [i, timestamp] of others.entries()) {
    const ticks = (timestamp - second) >>> 0;
    assert(
      Math.abs(ticks - (i + 1) * 900) <= 180,
      `frame ${i + 3}: ${ticks} ticks from the second`,
    );
  }
}

Deno.test("RTP headers are the exercise's: V=2, M=0, frames from 1, Unix time, one SSRC", async () => {
  const before = Math.floor(Date.now() / 1000);
  const headers = await headersOf([], 20);
  for (const [i, { timestamp, ...others }] of headers.entries()) {
    const expected = { firstByte: 0x80, marker: false, payloadType: 26, sequence: i + 1, ssrc: 0 };
    assertEquals(others, expected);
    assert(timestamp >= before && timestamp <= before + 10, `timestamp ${timestamp}`);
  }
});

Deno.test("--lab-rtp modern marks frames and counts 90 kHz, --ssrc is in every packet", async () => {
  const headers = await headersOf(["--lab-rtp", "modern", "--ssrc", "0x4d2"], 20);
  assertFollows(headers);
  for (const { firstByte, marker, payloadType, ssrc } of headers) {
    assertEquals([firstByte, marker, payloadType, ssrc], [0x80, true, 26, 1234]);
  }
});

Deno.test("--loop starts again, with continuous sequence numbers and timestamps", async () => {
  const movie = OWN_FRAMES.slice(0, 12);
  await withMovie(movie, async (media) => {
    const headers = await headersOf([...media, "--loop", "--lab-rtp", "modern"], 40);
    assertFollows(headers);
    await using server = await RunningProgram.server([...media, ...FPS, "--loop"]);
    const played = await play([...labForm(server), "--frames", "40"]);
    assertSameFrames(played.frames, [...movie, ...movie, ...movie, ...movie].slice(0, 40));
    assertEquals(played.statistics.packets.lost, 0);
  });
});

/** The same picture with a comment that makes it longer than any datagram. */
function longJpeg(jpeg: Uint8Array, commentLength: number): Uint8Array {
  const comment = Uint8Array.of(0xff, 0xfe, commentLength >> 8, commentLength & 0xff);
  const long = new Uint8Array(jpeg.length + 2 + commentLength);
  long.set(jpeg.subarray(0, 2));
  long.set(comment, 2);
  long.set(jpeg.subarray(2), 2 + 2 + commentLength);
  return long;
}

const MIXED = OWN_FRAMES.slice(0, 6).map((frame, i) =>
  i % 2 === 0 ? frame : longJpeg(frame, 60_000)
);

Deno.test("a frame of more than 65,495 bytes is cut and put together, with one warning", async () => {
  assert(MIXED.some(({ length }) => length > 65_495));
  await withMovie(MIXED, async (media) => {
    await using server = await RunningProgram.server([...media, "--fps", "20"]);
    const played = await play([...labForm(server), "--frames", "6"]);
    assertEquals(played.code, 0, played.stderr);
    assertSameFrames(played.frames, MIXED);
    const warnings = (await server.stop()).stderr.match(/ warning .*/g) ?? [];
    assertEquals(warnings.length, 1, warnings.join("\n"));
  });
});

Deno.test("--no-cut leaves such frames out and counts them", async () => {
  await withMovie(MIXED, async (media) => {
    await using server = await RunningProgram.server([...media, ...FPS, "--no-cut"]);
    const played = await play(labForm(server));
    assertEquals(played.code, 0, played.stderr);
    assertSameFrames(played.frames, MIXED.filter(({ length }) => length <= 65_495));
    const log = (await server.stop()).stderr;
    assertMatch(log, /TEARDOWN movie\.Mjpeg: 200 OK, 3 frames .* sent, 3 too large to send\n/);
    assertMatch(log, / warning .* Frame 2 of "movie\.Mjpeg" fits no datagram and is left out/);
  });
});
