import { assertEquals } from "@std/assert";
import { type FileAhead, ReadAhead, STRETCH_LENGTH } from "../../lib/files/read_ahead.ts";

/** A disk that notes what is read from it, and a clock that is set by hand. */
class Disk {
  readonly read: string[] = [];
  nowMs = 0;
  opened = 0;
  fails = false;

  readonly ahead: ReadAhead = new ReadAhead(() => this.#open(), () => this.nowMs);

  /** What was read since the last time, once all is done. */
  async taken(): Promise<string[]> {
    await this.ahead.done();
    return this.read.splice(0);
  }

  #open(): Promise<FileAhead> {
    if (this.fails) return Promise.reject(new Deno.errors.NotFound("gone"));
    this.opened++;
    let at = 0;
    return Promise.resolve({
      seek: (offset) => Promise.resolve(at = Number(offset)),
      read: (into) => {
        this.read.push(`${into.length} at ${at}`);
        return Promise.resolve(into.length);
      },
      [Symbol.dispose]: () => {
        this.opened--;
      },
    });
  }
}

function stretch(number: number): string {
  return `${STRETCH_LENGTH} at ${number * STRETCH_LENGTH}`;
}

Deno.test("ReadAhead.want() reads each stretch once, in the order of asking", async () => {
  const disk = new Disk();
  for (const part of [2, 2.1, 2.9, 0, 3, 2.5]) disk.ahead.want(part * STRETCH_LENGTH, 1);
  assertEquals(disk.read, [], "nothing before it has returned");
  assertEquals(await disk.taken(), [2, 0, 3].map(stretch));
  assertEquals(disk.opened, 0, "closed while nothing waits");
});

Deno.test("ReadAhead.want() reads a stretch again when it may have been forgotten", async () => {
  const disk = new Disk();
  disk.ahead.want(0, 1);
  assertEquals(await disk.taken(), [stretch(0)]);
  disk.nowMs = 9_999;
  disk.ahead.want(1, 1);
  assertEquals(await disk.taken(), []);
  disk.nowMs = 10_000;
  disk.ahead.want(1, 1);
  assertEquals(await disk.taken(), [stretch(0)]);
});

Deno.test("ReadAhead.want() leaves out what a slow disk would come too late with", async () => {
  const disk = new Disk();
  for (let number = 0; number < 100; number++) disk.ahead.want(number * STRETCH_LENGTH, 1);
  const first = await disk.taken();
  assertEquals(first.slice(0, 2), [stretch(0), stretch(1)]);
  assertEquals(first.length, 16);
  disk.ahead.want(99 * STRETCH_LENGTH, 1);
  assertEquals(await disk.taken(), [stretch(99)]);
});

Deno.test("ReadAhead.want() goes on after a failure, of which nobody is told", async () => {
  const disk = new Disk();
  disk.fails = true;
  disk.ahead.want(0, 1);
  assertEquals(await disk.taken(), []);
  disk.fails = false;
  disk.ahead.want(STRETCH_LENGTH, 1);
  assertEquals(await disk.taken(), [stretch(1)]);
});

Deno.test("ReadAhead.want() reads all stretches that a large frame lies in", async () => {
  const disk = new Disk();
  disk.ahead.want(STRETCH_LENGTH - 1, 2 * STRETCH_LENGTH);
  assertEquals(await disk.taken(), [0, 1, 2].map(stretch));
  disk.ahead.want(3 * STRETCH_LENGTH, STRETCH_LENGTH);
  assertEquals(await disk.taken(), [stretch(3)]);
});
