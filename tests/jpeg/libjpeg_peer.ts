import { SeededRandom } from "../support/random.ts";

/** Whether libjpeg-turbo's programs are here; tests that need them are ignored otherwise. */
export const HAS_LIBJPEG = ["cjpeg", "djpeg", "jpegtran"].every((name) => {
  try {
    return new Deno.Command(name, { args: ["-version"], stdout: "null", stderr: "null" })
      .outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
});

/**
 * Runs a shell script in a new folder that holds the input files.
 *
 * @returns What it left there, by name.
 */
export async function runBatch(
  inputs: ReadonlyMap<string, Uint8Array>,
  script: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const folder = await Deno.makeTempDir({ prefix: "zoetrope-jpeg-" });
  try {
    for (const [name, bytes] of inputs) await Deno.writeFile(`${folder}/${name}`, bytes);
    await Deno.writeTextFile(`${folder}/script.sh`, script.join("\n"));
    const { success, stderr } = await new Deno.Command("sh", {
      args: ["-e", "script.sh"],
      cwd: folder,
    }).output();
    if (!success) throw new Error(`The script failed: ${new TextDecoder().decode(stderr)}`);
    const outputs = new Map<string, Uint8Array>();
    for await (const { name } of Deno.readDir(folder)) {
      if (!inputs.has(name)) outputs.set(name, await Deno.readFile(`${folder}/${name}`));
    }
    return outputs;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A picture with slopes, edges and noise, as PPM (P6). */
export function randomPicture(width: number, height: number, random: SeededRandom): Uint8Array {
  const header = new TextEncoder().encode(`P6\n${width} ${height}\n255\n`);
  const bytes = new Uint8Array(header.length + width * height * 3);
  bytes.set(header);
  const noise = random.below(3) === 0 ? 1 + random.below(120) : 1 + random.below(8);
  const [slopeX, slopeY, edge] = [random.below(9) - 4, random.below(9) - 4, random.below(width)];
  const base = [random.below(256), random.below(256), random.below(256)];
  let at = header.length;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        const slope = slopeX * (c + 1) * x + slopeY * y + (x > edge ? 60 * c : 0);
        const value = (base[c] ?? 0) + slope + random.below(noise);
        bytes[at++] = Math.min(255, Math.max(0, value));
      }
    }
  }
  return bytes;
}

/** A JPEG that cjpeg made. */
export interface PeerCase {
  /** Options of cjpeg and size, for messages. */
  readonly name: string;
  /** Options of cjpeg. */
  readonly options: string;
  /** PPM. */
  readonly picture: Uint8Array;
}

const SAMPLINGS = [
  ...["1x1", "2x1", "2x2", "1x2", "4x1", "4x2", "2x2,2x1,1x2", "2x2,1x2,1x2", "2x2,1x1,2x2"],
  ...["3x1", "3x2,1x2,1x2"],
];

/** Scripts for cjpeg's option `-scans`: components apart, two of them together, and many small steps. */
export const SCAN_SCRIPTS: ReadonlyMap<string, Uint8Array> = new Map(
  Object.entries({
    "apart.scans": "0; 1; 2;",
    "pair.scans": "0; 1 2;",
    "steps.scans": [
      ...["0: 0-0, 0, 2", "1: 0-0, 0, 2", "2: 0-0, 0, 2", "0: 1-9, 0, 3", "0: 10-63, 0, 3"],
      ...["1: 1-63, 0, 3", "2: 1-63, 0, 3", "0: 1-63, 3, 2", "1: 1-63, 3, 2", "2: 1-63, 3, 2"],
      ...["0,1,2: 0-0, 2, 1", "0: 1-63, 2, 1", "1: 1-63, 2, 1", "2: 1-30, 2, 1", "2: 31-63, 2, 1"],
      ...["0,1,2: 0-0, 1, 0", "0: 1-63, 1, 0", "1: 1-63, 1, 0", "2: 1-63, 1, 0"],
    ].map((scan) => `${scan};`).join("\n"),
  }).map(([name, text]) => [name, new TextEncoder().encode(text)]),
);

/** Any shapes: sampling, quality, restart interval, progressive, optimised, grey, 1 x 1 to 67 x 53, a few larger. */
export function randomCases(count: number, seed: number): PeerCase[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, (_, index): PeerCase => {
    const [most, down] = index % 25 === 7 ? [160, 120] : [67, 53];
    const [width, height] = index < 4 ? [1, 1] : [1 + random.below(most), 1 + random.below(down)];
    const options = [`-quality ${1 + random.below(100)}`];
    const isGrey = random.below(6) === 0;
    options.push(isGrey ? "-grayscale" : `-sample ${SAMPLINGS[random.below(SAMPLINGS.length)]}`);
    if (random.below(2) === 0) options.push("-baseline");
    const script = [...SCAN_SCRIPTS.keys()][random.below(12)];
    if (!isGrey && script !== undefined) options.push(`-scans ${script}`);
    else if (random.below(3) === 0) options.push("-progressive");
    else if (random.below(2) === 0) options.push("-optimize");
    if (random.below(3) === 0) options.push(`-restart ${1 + random.below(9)}B`);
    else if (random.below(6) === 0) options.push("-restart 1");
    const picture = randomPicture(width, height, random);
    return {
      name: `${width} x ${height} ${options.join(" ")}`,
      options: options.join(" "),
      picture,
    };
  });
}
