import type { NumberRange, Transport } from "../rtsp/transport_header.ts";
import type { TransportWish } from "./play_wishes.ts";
import type { MediaProtocol, TransportFigures } from "./session_figures.ts";

/** Where media goes once SETUP was answered, and where our own datagrams go. */
export type MediaPath =
  | {
    readonly protocol: "udp";
    /** The server's literal address. */
    readonly address: string;
    /** `undefined` where the server does not say it: then nothing can be sent. */
    readonly serverPorts: NumberRange | undefined;
  }
  | { readonly protocol: "tcp"; readonly channels: NumberRange }
  | {
    readonly protocol: "multicast";
    readonly group: string;
    readonly ports: NumberRange;
    /** Who sends, where it is said. */
    readonly source: string | undefined;
  };

/** Channels to ask for; the server may choose others (RFC 2326 §10.12). */
const CHANNELS: NumberRange = [0, 1];
const LAST_CHANNEL = 255;

/**
 * Which transports to try, in which order, and why the present one is tried (RFC 2326 §12.39). One is
 * asked for at a time: many servers look at the first of a list only.
 */
export class TransportPlan {
  readonly #protocols: readonly MediaProtocol[];
  #at = 0;
  #reason: string;
  /** What the server chose, where that is not what it was asked for. */
  #taken: MediaProtocol | undefined;

  /** @param secure Whether the connection is inside TLS, where `auto` keeps media as well. */
  constructor(wish: TransportWish, secure: boolean) {
    const isAuto = wish === "auto";
    this.#protocols = !isAuto ? [wish] : secure ? ["tcp"] : ["udp", "tcp"];
    this.#reason = !isAuto
      ? "it was asked for"
      : secure
      ? "the connection is inside TLS, and so is what it carries"
      : "it is tried first";
  }

  /** The one to ask for. */
  get protocol(): MediaProtocol {
    return this.#protocols[this.#at] ?? "tcp";
  }

  /** The one that was agreed on, and why it is that; `undefined` before SETUP was answered. */
  get figures(): TransportFigures | undefined {
    if (this.#taken === undefined) return undefined;
    return this.#taken === this.protocol
      ? { protocol: this.protocol, reason: this.#reason }
      : { protocol: this.#taken, reason: "the server chose it by itself" };
  }

  /** SETUP was answered. */
  took(protocol: MediaProtocol): void {
    this.#taken = protocol;
  }

  /** Whether UDP ports are needed for any of them. */
  get needsPorts(): boolean {
    return this.#protocols.includes("udp");
  }

  /** The one to ask for if the present one does not do. */
  get next(): MediaProtocol | undefined {
    return this.#protocols[this.#at + 1];
  }

  /**
   * Goes over to the next one.
   *
   * @param reason What was wrong with the present one: a clause.
   * @returns Whether there is one.
   */
  fallBack(reason: string): boolean {
    if (this.next === undefined) return false;
    this.#at++;
    this.#reason = reason;
    return true;
  }

  /**
   * What SETUP asks for.
   *
   * @param clientPort Where RTP and RTCP would come to over UDP.
   */
  offer(clientPort: NumberRange): Transport {
    switch (this.protocol) {
      case "udp":
        return { profile: "RTP/AVP", lower: "UDP", cast: "unicast", clientPort };
      case "tcp":
        return { profile: "RTP/AVP", lower: "TCP", cast: "unicast", interleaved: CHANNELS };
      case "multicast":
        return { profile: "RTP/AVP", lower: "UDP", cast: "multicast" };
      default:
        return this.protocol satisfies never;
    }
  }
}

/**
 * Where media goes by the server's answer to SETUP; it may have chosen otherwise than it was asked. What
 * it leaves out is as it was asked for. A clause where the answer makes no sense.
 *
 * @param answered The transport of the reply; `undefined` where it has none.
 * @param serverAddress Where the RTSP connection goes.
 */
export function mediaPath(
  offered: Transport,
  answered: Transport | undefined,
  serverAddress: string,
): MediaPath | string {
  const answer = answered ?? offered;
  if (answer.lower === "TCP" || answer.interleaved !== undefined) {
    const [rtp, rtcp] = answer.interleaved ?? offered.interleaved ?? CHANNELS;
    if (rtp === LAST_CHANNEL) return `the server leaves no channel for RTCP beside ${rtp}`;
    return { protocol: "tcp", channels: [rtp, rtcp === rtp ? rtp + 1 : rtcp] };
  }
  if (answer.cast === "multicast") {
    const { destination, port = answer.clientPort ?? answer.serverPort, source } = answer;
    if (destination === undefined || port === undefined) {
      return "the server names no multicast group and port";
    }
    return { protocol: "multicast", group: unbracketed(destination), ports: pairOf(port), source };
  }
  const { serverPort, source } = answer;
  return {
    protocol: "udp",
    address: isAddress(source) ? unbracketed(source) : serverAddress,
    serverPorts: serverPort === undefined ? undefined : pairOf(serverPort),
  };
}

/** RTCP is on the next port where only one is named (RFC 3550 §11). */
function pairOf([rtp, rtcp]: NumberRange): NumberRange {
  return [rtp, rtcp === rtp ? Math.min(rtp + 1, 0xffff) : rtcp];
}

/** Names and 0.0.0.0 are no places to send to. */
function isAddress(text: string | undefined): text is string {
  if (text === undefined) return false;
  const bare = unbracketed(text);
  return /^\d{1,3}(?:\.\d{1,3}){3}$|^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(bare) &&
    bare !== "0.0.0.0" && bare !== "::";
}

function unbracketed(address: string): string {
  return /^\[(.*)\]$/.exec(address)?.[1] ?? address;
}
