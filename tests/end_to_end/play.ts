import { assertEquals } from "@std/assert";
import { type Finished, runClient } from "../support/programs.ts";

/** The figures of `--stats` that these tests look at; docs/statistics.md has them all. */
export interface Statistics {
  readonly outcome: string;
  readonly sentence: string;
  readonly packets: Readonly<
    Record<"received" | "expected" | "lost" | "duplicate" | "late", number>
  >;
  readonly frames: Readonly<Record<"whole" | "broken" | "notWritten", number | null>>;
  readonly playingSeconds: number;
  readonly durationSeconds: number;
}

/** What a play left behind. */
export interface Play extends Finished {
  readonly statistics: Statistics;
  /** The files of the folder, in their order. */
  readonly frames: readonly Uint8Array[];
}

/** Plays with our client into a fresh folder, with its frames and its statistics. */
export async function play(args: readonly string[]): Promise<Play> {
  const folder = await Deno.makeTempDir({ prefix: "zoetrope-play-" });
  try {
    const dump = `${folder}/frames`;
    const stats = `${folder}/statistics.json`;
    const finished = await runClient([...args, "--dump", dump, "--stats", stats]);
    const statistics: Statistics = JSON.parse(await Deno.readTextFile(stats));
    return { ...finished, statistics, frames: await readFrames(dump) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The pictures of a frame folder, checked to be named from `000001.jpg` on without a gap. */
export async function readFrames(folder: string): Promise<Uint8Array[]> {
  const all = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  const names = all.filter((name) => name !== "frames.csv").sort();
  assertEquals(names, names.map((_, i) => `${String(i + 1).padStart(6, "0")}.jpg`));
  return await Promise.all(names.map((name) => Deno.readFile(`${folder}/${name}`)));
}

/** Compares frames byte for byte; on a difference it names the frame instead of printing its bytes. */
export function assertSameFrames(
  actual: readonly Uint8Array[],
  expected: readonly Uint8Array[],
): void {
  const isSame = (a: Uint8Array, b: Uint8Array | undefined) =>
    a.length === b?.length && a.every((byte, i) => byte === b[i]);
  const different = actual.findIndex((frame, i) => !isSame(frame, expected[i]));
  assertEquals({ different, count: actual.length }, { different: -1, count: expected.length });
}
