import { joinBytes } from "../bytes/join_bytes.ts";
import type { OrderedPacket } from "../rtp/reorder_buffer.ts";
import type { LabFrame } from "./lab_frame.ts";
import type { LabPacket } from "./parse_lab_packet.ts";

/** Longest frame put together: a sender that never ends one fills no more memory than that. */
export const MAX_LAB_FRAME = 16 * 1024 * 1024;

interface Filling {
  readonly kind: "filling";
  readonly first: LabPacket;
  /** Of the newest piece. */
  readonly number: number;
  readonly pieces: Uint8Array[];
  readonly length: number;
}

type FrameInProgress =
  | { readonly kind: "none" }
  /** Pieces of a broken frame: the number of the newest (NaN: none yet), whether its end has come. */
  | { readonly kind: "skipping"; readonly number: number; readonly ended: boolean }
  | Filling;

const NONE: FrameInProgress = { kind: "none" };

/**
 * Joins the packets of a lab server, already in order, to whole frames.
 *
 * Nothing announces how a server cuts, so content tells: a frame starts with `ff d8`; it ends with
 * `ff d9` (zeros behind it are let pass) or with the marker. Neither pair can stand inside a scan.
 * That covers whole frames (way of the text), pieces with a number each (A) and pieces that share one
 * (B). Pieces in way B carry no order and no count: they are joined as they arrive, and an inner one that
 * is missing cannot be noticed here.
 */
export class LabPieceJoiner {
  #frame: FrameInProgress = NONE;
  #lastWhole: number | undefined;
  /** Whether pieces have a number each (way A) or share one (B), once a frame has shown it. */
  #way: "unknown" | "each" | "shared" = "unknown";
  #broken = 0;
  #stragglers = 0;

  /** Frames of which something came, but not all. */
  get broken(): number {
    return this.#broken;
  }

  /** Pieces that came when their frame had already ended (way B, reordered). */
  get stragglers(): number {
    return this.#stragglers;
  }

  /** Takes the next packet; the frame that it completes, if it does. */
  take({ packet, number, lostBefore }: OrderedPacket<LabPacket>): LabFrame | undefined {
    if (lostBefore > 0) this.#abandon();
    const { payload } = packet;
    const isStart = startsFrame(payload);
    const isEnd = packet.marker || endsFrame(payload);
    if (isStart) this.#start(packet, number, isEnd);
    else if (payload.length > 0) this.#continue(payload, number);
    if (!isEnd) return undefined;
    const frame = this.#frame;
    const mayGoOn = frame.kind === "skipping" && frame.number === number;
    this.#frame = mayGoOn ? { ...frame, ended: true } : NONE;
    if (frame.kind !== "filling") return undefined;
    this.#lastWhole = number;
    const { first, pieces } = frame;
    const [whole] = pieces;
    return {
      jpeg: whole !== undefined && pieces.length === 1 ? whole : joinBytes(pieces),
      sequence: first.sequence,
      timestamp: first.timestamp,
      packets: pieces.length,
    };
  }

  /** What is in progress will not be completed: the stream ends or starts anew. */
  reset(): void {
    if (this.#frame.kind === "filling") this.#broken++;
    this.#frame = NONE;
    this.#lastWhole = undefined;
    this.#way = "unknown";
  }

  #start(packet: LabPacket, number: number, isEnd: boolean): void {
    const frame = this.#frame;
    // Way B with pieces before the start: an inner one may stand there for a place we do not know.
    if (frame.kind === "skipping" && frame.number === number && !isEnd) return;
    if (frame.kind === "filling") this.#broken++;
    const { payload } = packet;
    const { length } = payload;
    this.#frame = { kind: "filling", first: packet, number, pieces: [payload], length };
  }

  #continue(payload: Uint8Array, number: number): void {
    const frame = this.#frame;
    switch (frame.kind) {
      case "none":
        if (number === this.#lastWhole) this.#stragglers++;
        else this.#skip(number);
        return;
      case "skipping":
        if (frame.ended && number !== frame.number) this.#skip(number);
        else this.#frame = { ...frame, number };
        return;
      case "filling":
        return this.#append(frame, payload, number);
      default:
        return frame satisfies never;
    }
  }

  #append(frame: Filling, payload: Uint8Array, number: number): void {
    const isShared = number === frame.number;
    const isMixed = isShared
      ? this.#way === "each" && frame.pieces.length > 1
      : this.#way === "shared";
    this.#way = isShared || isMixed ? "shared" : "each";
    if (isMixed) { // the end of one frame and the start of the next are missing
      this.#broken++;
      return this.#skip(number);
    }
    const length = frame.length + payload.length;
    if (length > MAX_LAB_FRAME) return this.#skip(number);
    frame.pieces.push(payload);
    this.#frame = { ...frame, number, length };
  }

  #abandon(): void {
    if (this.#frame.kind === "filling") this.#skip(NaN);
  }

  #skip(number: number): void {
    this.#broken++;
    this.#frame = { kind: "skipping", number, ended: false };
  }
}

function startsFrame(payload: Uint8Array): boolean {
  return payload[0] === 0xff && payload[1] === 0xd8;
}

function endsFrame(payload: Uint8Array): boolean {
  let last = payload.length - 1;
  while (payload[last] === 0) last--;
  return payload[last] === 0xd9 && payload[last - 1] === 0xff;
}
