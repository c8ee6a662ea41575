import type { IpRoute } from "./ip_packet.ts";
import { serializeTcpSegment, TCP_FLAGS } from "./tcp_segment.ts";

/** What fits into an Ethernet frame with IPv4. */
const MAX_SEGMENT_LENGTH = 1460;
/** Both ends count from here, so that captures of the same bytes are equal. */
const FIRST_SEQUENCE = 1;

const { fin, syn, push, ack } = TCP_FLAGS;
const NOTHING = new Uint8Array();

/** One end of a conversation, with what it has sent. */
interface Side {
  readonly port: number;
  /** To the other end. */
  readonly route: IpRoute;
  next: number;
}

/** A segment, and who sent it. */
export interface SentSegment {
  readonly direction: "in" | "out";
  readonly route: IpRoute;
  readonly bytes: Uint8Array;
}

/**
 * Makes the segments of one TCP connection from the bytes that a program read and wrote: sequence
 * numbers, the opening by the program, an acknowledgement after each piece, the end.
 */
export class TcpConversation {
  readonly #sides: Readonly<Record<"in" | "out", Side>>;

  /** @param out From this program to the other end. */
  constructor(out: IpRoute, localPort: number, remotePort: number) {
    const back = { source: out.destination, destination: out.source };
    this.#sides = {
      out: { port: localPort, route: out, next: FIRST_SEQUENCE },
      in: { port: remotePort, route: back, next: FIRST_SEQUENCE },
    };
  }

  /** The opening in three segments, as this program began it. */
  open(): SentSegment[] {
    return [this.#send("out", syn), this.#send("in", syn | ack), this.#send("out", ack)];
  }

  /** Bytes in segments, and the other side's acknowledgement. */
  data(direction: "in" | "out", bytes: Uint8Array): SentSegment[] {
    const segments: SentSegment[] = [];
    for (let at = 0; at < bytes.length; at += MAX_SEGMENT_LENGTH) {
      const payload = bytes.subarray(at, at + MAX_SEGMENT_LENGTH);
      const isLast = at + payload.length === bytes.length;
      segments.push(this.#send(direction, isLast ? push | ack : ack, payload));
    }
    return [...segments, this.#send(direction === "in" ? "out" : "in", ack)];
  }

  /** The end, begun by this program. */
  close(): SentSegment[] {
    return [this.#send("out", fin | ack), this.#send("in", fin | ack), this.#send("out", ack)];
  }

  #send(direction: "in" | "out", flags: number, payload: Uint8Array = NOTHING): SentSegment {
    const side = this.#sides[direction];
    const other = this.#sides[direction === "in" ? "out" : "in"];
    const bytes = serializeTcpSegment(side.route, {
      sourcePort: side.port,
      destinationPort: other.port,
      sequence: side.next,
      acknowledgement: (flags & ack) === 0 ? 0 : other.next,
      flags,
      payload,
    });
    const counted = (flags & (syn | fin)) === 0 ? payload.length : 1;
    side.next = side.next + counted >>> 0;
    return { direction, route: side.route, bytes };
  }
}
