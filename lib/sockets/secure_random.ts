import type { RandomSource } from "../bytes/random_source.ts";

/** The operating system's secure source. */
export class SecureRandom implements RandomSource {
  uint32(): number {
    const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
    return value;
  }
}
