import { assertEquals } from "@std/assert";
import { FrameCache } from "../../lib/server/frame_cache.ts";
import { Playback } from "../../lib/server/playback.ts";

/** A movie of 100 frames at 20 a second that notes what will be wanted of it. */
class NotingMovie {
  readonly frameCount = 100;
  readonly framesPerSecond = 20;
  #told: number[] = [];

  frame(index: number): Uint8Array {
    return Uint8Array.of(index);
  }

  readAhead(index: number): void {
    this.#told.push(index);
  }

  /** What it was told since the last time. */
  taken(): number[] {
    return this.#told.splice(0);
  }
}

function open(cache: FrameCache, movie: NotingMovie): ReturnType<FrameCache["open"]> {
  return cache.open(movie, "test", (jpeg) => ({
    payloads: [jpeg],
    octets: jpeg.length,
    markLast: true,
    sequenceStep: "each",
  }));
}

function playbackOf(movie: NotingMovie, cacheOctets: number): Playback {
  const stamps = { payloadType: 26, ssrc: 1, firstSequence: 1, timestamp: () => 0 };
  return new Playback(movie, open(new FrameCache(cacheOctets), movie), stamps);
}

function at(monotonicMs: number): { monotonicMs: number; unixMs: number } {
  return { monotonicMs, unixMs: monotonicMs };
}

/** Sends what is due at a time. */
function stepThrough(playback: Playback, ms: number): number {
  let frames = 0;
  while (playback.step(at(ms)).kind === "frame") frames++;
  return frames;
}

const ORDER = { from: 10, scale: 1, speed: 1, loop: false };

Deno.test("Playback tells the movie a second before a frame is due", () => {
  const movie = new NotingMovie();
  const playback = playbackOf(movie, 0);
  playback.play(ORDER, at(0));
  assertEquals(movie.taken(), Array.from({ length: 19 }, (_, i) => 11 + i), "the first second");
  assertEquals(stepThrough(playback, 0), 1);
  assertEquals(movie.taken(), [30]);
  assertEquals(stepThrough(playback, 100), 2);
  assertEquals(movie.taken(), [31, 32]);
});

Deno.test("Playback tells the movie nothing of frames behind its end", () => {
  const movie = new NotingMovie();
  const playback = playbackOf(movie, 0);
  playback.play({ ...ORDER, from: 97 }, at(0));
  assertEquals(movie.taken(), [98, 99]);
  assertEquals(stepThrough(playback, 0), 1);
  assertEquals(movie.taken(), []);
});

Deno.test("FrameCache tells the movie nothing of frames that it has", () => {
  const movie = new NotingMovie();
  const packetized = open(new FrameCache(1e6), movie);
  packetized.frame(3);
  for (const index of [2, 3, 4]) packetized.readAhead(index);
  assertEquals(movie.taken(), [2, 4]);
});
