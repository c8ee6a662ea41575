import { findPeer } from "./find_peer.ts";
import type { PeerSpec } from "./peers.ts";

/**
 * Registers a test that needs programs of others, ignored with a name that says which one is missing.
 *
 * @param name A column of the matrix, such as `FFmpeg over UDP`; the test's steps are its rows.
 * @param missing Why else it cannot run here.
 */
export function interopTest(
  name: string,
  peers: readonly PeerSpec[],
  test: (t: Deno.TestContext) => Promise<void>,
  missing?: string,
): void {
  const absent = peers.find((peer) => findPeer(peer) === undefined);
  const reason = absent === undefined ? missing : `${absent.command} is not here: ${absent.debian}`;
  if (reason === undefined) Deno.test(name, test);
  else Deno.test({ name: `${name} (skipped: ${reason})`, ignore: true, fn: test });
}
