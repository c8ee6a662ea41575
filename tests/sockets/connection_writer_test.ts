import { assert, assertEquals } from "@std/assert";
import { ConnectionWriter } from "../../lib/sockets/connection_writer.ts";

const FRAME = new Uint8Array(1000);
const REPLY = Uint8Array.of(1);

/** A peer that reads nothing until it is told to. */
class SlowReader {
  readonly read: Uint8Array[] = [];
  #goOn: (() => void) | undefined;
  #reads = false;

  async write(bytes: Uint8Array): Promise<number> {
    if (!this.#reads) await new Promise<void>((resolve) => this.#goOn = resolve);
    this.read.push(bytes);
    return bytes.length;
  }

  goOn(): void {
    this.#reads = true;
    this.#goOn?.();
  }
}

Deno.test("known hole: frames too old leave the queue also behind a reply that waits", async () => {
  const reader = new SlowReader();
  const writer = new ConnectionWriter(reader, () => {});
  writer.writeFrame(FRAME, Infinity);
  writer.write(REPLY);
  const past = performance.now() - 1;
  for (let i = 0; i < 100; i++) writer.writeFrame(FRAME, past);
  assertEquals(writer.droppedFrames, 99, "all but the last, which the next one will drop");
  writer.writeFrame(FRAME, performance.now() + 60_000);
  reader.goOn();
  await writer.flushed();
  assertEquals(reader.read.map(({ length }) => length), [1000, 1, 1000]);
  assertEquals(writer.droppedFrames, 100);
});

Deno.test("known hole: a peer that reads no replies is given up at 4 MiB", () => {
  const reasons: string[] = [];
  const writer = new ConnectionWriter(new SlowReader(), (reason) => reasons.push(reason));
  for (let i = 0; i < 6; i++) writer.write(new Uint8Array(1024 * 1024));
  assertEquals(reasons, ["it reads nothing, 5242880 bytes of replies wait"]);
  writer.write(REPLY);
  assert(reasons.length === 1);
});

Deno.test("known hole: a peer that takes nothing for too long is given up", async () => {
  const reasons: string[] = [];
  const writer = new ConnectionWriter(new SlowReader(), (reason) => reasons.push(reason), 5);
  const untilMs = performance.now() + 60_000;
  writer.writeFrame(FRAME, untilMs);
  writer.writeFrame(FRAME, untilMs);
  assertEquals(reasons, []);
  await new Promise((resolve) => setTimeout(resolve, 20));
  writer.writeFrame(FRAME, untilMs);
  assertEquals(reasons, ["it has taken nothing for 0.005 s"]);
});

Deno.test("ConnectionWriter gives the bytes of a frame back once they were written", async () => {
  const reader = new SlowReader();
  const given: number[] = [];
  const writer = new ConnectionWriter(
    reader,
    () => {},
    undefined,
    ({ length }) => given.push(length),
  );
  const untilMs = performance.now() + 60_000;
  writer.writeFrame(FRAME, untilMs);
  writer.write(REPLY);
  writer.writeFrame(FRAME.subarray(1), untilMs);
  await Promise.resolve();
  assertEquals(given, [], "the peer has taken nothing yet");
  reader.goOn();
  await writer.flushed();
  assertEquals(given, [1000, 999]);
});
