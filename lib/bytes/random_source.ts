/**
 * Where random numbers come from: a secure source in the programs, a seeded one in tests. Pure rooms
 * draw none themselves.
 */
export interface RandomSource {
  /** An integer from 0 to 2^32 - 1, each as likely. */
  uint32(): number;
}
