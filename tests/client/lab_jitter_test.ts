import { assertAlmostEquals, assertEquals } from "@std/assert";
import { LabJitter } from "../../lib/client/lab_jitter.ts";
import type { LabFrame } from "../../lib/rtp_lab/lab_frame.ts";
import type { LabPacket } from "../../lib/rtp_lab/parse_lab_packet.ts";

/** One frame in one packet at each of these times. */
function receive(
  jitter: LabJitter,
  arrivals: readonly number[],
  timestamp: (i: number) => number,
  firstSequence = 1,
): void {
  for (const [i, arrivalMs] of arrivals.entries()) {
    const sequence = firstSequence + i & 0xffff;
    const jpeg = new Uint8Array(4);
    const stamp = timestamp(i) >>> 0;
    const packet: LabPacket = {
      version: 2,
      marker: false,
      payloadType: 26,
      sequence,
      timestamp: stamp,
      ssrc: 0,
      payload: jpeg,
    };
    const frame: LabFrame = { jpeg, sequence, timestamp: stamp, packets: 1 };
    jitter.packet(packet, arrivalMs);
    jitter.frame(frame, arrivalMs);
  }
}

const even = (count: number) => Array.from({ length: count }, (_, i) => 1000 + 50 * i);
/** Every second frame 8 ms late: |D| is 8 ms each time, which is what J comes to (A.8). */
const uneven = (count: number) => even(count).map((ms, i) => i % 2 === 0 ? ms : ms + 8);

const CLOCKS: readonly (readonly [string, (i: number) => number, string])[] = [
  ["whole seconds", (i) => Math.floor(i / 20), "mean interval"],
  ["90 kHz", (i) => 4500 * i, "timestamps"],
  ["90 kHz over a wrap", (i) => 0xffff_ff00 + 4500 * i, "timestamps"],
  ["milliseconds", (i) => 50 * i, "timestamps"],
  ["frame numbers", (i) => i, "mean interval"],
  ["nothing", () => 0, "mean interval"],
  ["numbers that go back", (i) => -i, "mean interval"],
];
for (const [name, timestamp, basis] of CLOCKS) {
  Deno.test(`LabJitter measures against the ${basis} where timestamps are ${name}`, () => {
    const quiet = new LabJitter();
    receive(quiet, even(400), timestamp);
    assertEquals([quiet.basis, Math.round((quiet.ms ?? NaN) * 100)], [basis, 0]);
    const noisy = new LabJitter();
    receive(noisy, uneven(400), timestamp);
    assertEquals(noisy.basis, basis);
    assertAlmostEquals(noisy.ms ?? NaN, 8, 0.2);
  });
}

Deno.test("LabJitter compares no frame with one before a gap or a pause", () => {
  const jitter = new LabJitter();
  receive(jitter, even(20), () => 0);
  receive(jitter, even(20).map((ms) => ms + 5000), () => 0, 40);
  jitter.restart();
  receive(jitter, even(20).map((ms) => ms + 90_000), () => 0, 60);
  assertEquals(Math.round((jitter.ms ?? NaN) * 100), 0);
});

Deno.test("LabJitter has nothing to say about one frame", () => {
  const jitter = new LabJitter();
  assertEquals(jitter.ms, undefined);
  receive(jitter, [5], () => 0);
  assertEquals([jitter.ms, jitter.basis], [undefined, "mean interval"]);
});

Deno.test("LabJitter follows sequence numbers over their wrap", () => {
  const jitter = new LabJitter();
  receive(jitter, uneven(400), () => 0, 65_400);
  assertAlmostEquals(jitter.ms ?? NaN, 8, 0.2);
});
