import { SeededRandom as Random } from "../../lib/net_impair/seeded_random.ts";

/** The random source that repeats, with what tests need beside it. */
export class SeededRandom extends Random {
  /** An integer from 0 to `below` - 1. */
  below(below: number): number {
    return this.uint32() % below;
  }
}
