import type { SeededRandom } from "./random.ts";

/** A copy with one to four damages: bytes changed, cut off, left out, repeated or put in. */
export function damaged(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  let out: number[] = Array.from(bytes);
  for (let left = 1 + random.below(4); left > 0; left--) {
    const at = random.below(out.length + 1);
    switch (random.below(6)) {
      case 0:
        if (at < out.length) out[at] = random.below(256);
        break;
      case 1:
        if (at < out.length) out[at] = (out[at] ?? 0) ^ 1 << random.below(8);
        break;
      case 2:
        out = out.slice(0, at);
        break;
      case 3:
        out.splice(at, 1 + random.below(4));
        break;
      case 4:
        out.splice(at, 0, ...out.slice(at, at + 1 + random.below(16)));
        break;
      default:
        out.splice(at, 0, [0, 0xff, 0x7f, 0x80, 0x0a, 0x20][random.below(6)] ?? 0);
    }
  }
  return Uint8Array.from(out);
}
