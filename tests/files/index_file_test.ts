import { assertEquals, assertGreater, assertLess, assertRejects } from "@std/assert";
import { indexFile } from "../../lib/files/index_file.ts";
import { LabFramingIndexer } from "../../lib/movie/lab_framing_indexer.ts";
import { bytesOf } from "../support/text.ts";

const FRAME_LENGTH = 99_999;
const FRAMES = 1000;

/** A hundred megabytes of lab framing that are nowhere: only heads are not zero. */
function readFrames(offset: number, into: Uint8Array): number {
  const stride = 5 + FRAME_LENGTH;
  into.fill(0);
  const head = Uint8Array.of(...bytesOf(String(FRAME_LENGTH)), 0xff, 0xd8);
  for (let frame = Math.floor(offset / stride); frame * stride < offset + into.length; frame++) {
    for (const [i, byte] of head.entries()) {
      const at = frame * stride + i - offset;
      if (at >= 0 && at < into.length) into[at] = byte;
    }
  }
  return into.length;
}

Deno.test("indexFile() reads a small part of large frames", async () => {
  let read = 0;
  const length = FRAMES * (5 + FRAME_LENGTH);
  const index = await indexFile(
    (offset, into) => {
      read += into.length;
      return readFrames(offset, into);
    },
    length,
    new LabFramingIndexer(),
  );
  assertEquals([index.frames.count, index.problem], [FRAMES, undefined]);
  assertLess(read, length / 20);
});

Deno.test("indexFile() lets other work run while a file takes long", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  try {
    await indexFile(
      (offset, into) => {
        const end = performance.now() + 12;
        while (performance.now() < end);
        return readFrames(offset, into);
      },
      10 * (5 + FRAME_LENGTH),
      new LabFramingIndexer(),
    );
  } finally {
    clearInterval(timer);
  }
  assertGreater(turns, 3);
});

Deno.test("indexFile() ends where a file is shorter than it was", async () => {
  const index = await indexFile(() => 0, 1000, new LabFramingIndexer());
  assertEquals([index.frames.count, index.problem?.offset], [0, 0]);
});

Deno.test("indexFile() passes on that a file cannot be read", async () => {
  const failing = () => {
    throw new Error("Input/output error");
  };
  await assertRejects(
    () => indexFile(failing, 1000, new LabFramingIndexer()),
    Error,
    "Input/output error",
  );
});
