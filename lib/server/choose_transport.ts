import type { NumberRange, Transport } from "../rtsp/transport_header.ts";

/** What the server can offer to one asker. */
export interface TransportOffer {
  /** The peer's address: the only one that media is sent to. */
  readonly peerAddress: string;
  /** The server's RTP and RTCP ports; absent where it sends no UDP, as inside TLS. */
  readonly udpPorts?: NumberRange;
  /** Whether the server multicasts. */
  readonly multicast: boolean;
  /** Two channels in a row of this connection that are free, those asked for if they are. */
  freeChannels(wanted: NumberRange | undefined): NumberRange | undefined;
}

/** How media will be carried. */
export type ChosenTransport =
  | { readonly kind: "udp"; readonly clientPorts: NumberRange }
  | { readonly kind: "interleaved"; readonly channels: NumberRange }
  | { readonly kind: "multicast" };

/** None of the transports will do; the answer is 461 (RFC 2326 §11.3.11). */
export interface NoTransport {
  readonly kind: "none";
  /** Why not, transport by transport, for the log. */
  readonly reason: string;
}

/**
 * The first of the asker's transports that the server can serve (RFC 2326 §12.39).
 *
 * A `destination` other than the asker is never served: it would make the server a weapon against others.
 */
export function chooseTransport(
  asked: readonly Transport[],
  offer: TransportOffer,
): ChosenTransport | NoTransport {
  const reasons: string[] = [];
  for (const transport of asked) {
    const chosen = tryTransport(transport, offer);
    if (typeof chosen !== "string") return chosen;
    reasons.push(chosen);
  }
  return { kind: "none", reason: reasons.join("; ") || "no RTP transport is asked for" };
}

/** What is chosen, or why this one cannot be. */
function tryTransport(transport: Transport, offer: TransportOffer): ChosenTransport | string {
  const { profile, lower, cast, mode, destination } = transport;
  if (profile !== "RTP/AVP") return `${profile} is not RTP/AVP`;
  if (mode !== undefined && mode.toUpperCase() !== "PLAY") return `mode ${mode} is not PLAY`;
  if (lower === "TCP") return tryInterleaved(transport, offer);
  if (cast === "multicast") {
    return offer.multicast ? { kind: "multicast" } : "the server does not multicast";
  }
  if (destination !== undefined && destination !== offer.peerAddress) {
    return `destination ${destination} is not the peer`;
  }
  if (offer.udpPorts === undefined) return "there is no UDP for this connection";
  const ports = transport.clientPort ?? transport.port;
  if (ports === undefined) return "client_port is missing";
  const [rtp, rtcp] = ports;
  return { kind: "udp", clientPorts: rtcp > rtp ? ports : [rtp, Math.min(rtp + 1, 0xffff)] };
}

function tryInterleaved(
  { cast, interleaved }: Transport,
  offer: TransportOffer,
): ChosenTransport | string {
  if (cast === "multicast") return "TCP is not multicast";
  const channels = offer.freeChannels(interleaved);
  return channels === undefined ? "no channel is free" : { kind: "interleaved", channels };
}
