/** What a datagram's sender is: ours, ours for want of a better one (the first of those), or another. */
export type SenderVerdict = "own" | "first other" | "other" | "foreign";

/**
 * Tells the datagrams of a session from others by the sender's address. Lab servers change their port at
 * will, and servers behind a NAT or in a container may send from another address altogether: such are
 * taken as long as nothing has come from the address to which RTSP goes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const guard = new SenderGuard();
 * const senders = ["10.0.0.9", "10.0.0.9", "10.0.0.1", "10.0.0.9"];
 * assertEquals(
 *   senders.map((from) => guard.judge(from, "10.0.0.1")),
 *   ["first other", "other", "own", "foreign"],
 * );
 * ```
 */
export class SenderGuard {
  #hasOwn = false;
  #hasOther = false;

  /** Judges the sender of a datagram; all but `foreign` are to be received. */
  judge(from: string, serverAddress: string): SenderVerdict {
    if (from === serverAddress) {
      this.#hasOwn = true;
      return "own";
    }
    if (this.#hasOwn) return "foreign";
    const isFirst = !this.#hasOther;
    this.#hasOther = true;
    return isFirst ? "first other" : "other";
  }
}
