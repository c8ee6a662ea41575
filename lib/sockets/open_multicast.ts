import type { RtpPorts } from "./open_rtp_ports.ts";

/** Names of every interface, where the host is no literal address. */
const ANY_IPV4 = "0.0.0.0";

/** Where to multicast, and how far. */
export interface MulticastTarget {
  /** A literal group address. */
  readonly group: string;
  readonly ttl: number;
}

/**
 * Makes the sockets fit to send to a group: sets how far packets go, which needs a membership.
 *
 * @param hostname The local address that the sockets are bound to, and by which they join.
 * @throws {Error} One sentence: the system has no way to the group.
 */
export async function openMulticast(
  { rtp, rtcp }: RtpPorts,
  hostname: string,
  { group, ttl }: MulticastTarget,
): Promise<void> {
  try {
    for (const socket of [rtp, rtcp]) {
      if (group.includes(":")) {
        await socket.joinMulticastV6(group, 0);
      } else {
        const membership = await socket.joinMulticastV4(
          group,
          hostname.includes(":") ? ANY_IPV4 : hostname,
        );
        await membership.setTTL(ttl);
      }
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new Error(`Cannot multicast to ${group} from ${hostname}: ${error.message}`, {
      cause: error,
    });
  }
}
