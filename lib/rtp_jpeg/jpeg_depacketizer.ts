import { ByteReader } from "../bytes/byte_reader.ts";
import { WireError } from "../bytes/wire_error.ts";
import type { RtpPacket } from "../rtp/rtp_packet.ts";
import type { JpegDepacketizerCounts } from "./depacketizer_counts.ts";
import type { DepacketizerOutput, DropReason } from "./depacketizer_output.ts";
import { FrameInProgress } from "./frame_in_progress.ts";
import { type FrameProblem, problem } from "./frame_problem.ts";
import { headerProblem } from "./header_problem.ts";
import { findJpegExtension } from "./jpeg_extension.ts";
import { JpegFileMaker } from "./jpeg_file_maker.ts";
import { type PayloadHeader, readPayloadHeader } from "./payload_header.ts";
import { QuantiserSource } from "./quantiser_source.ts";
import type { PixelSize } from "./received_frame_header.ts";
import { readRestartHeader } from "./restart_header.ts";

/** Most bytes of scan data in a frame, unless told otherwise: all that fragment offsets reach. */
export const MAX_FRAME_LENGTH = 2 ** 24;

/** Bytes to have room for in the first frame. */
const FIRST_EXPECTED_LENGTH = 2 ** 15;

/** What the depacketizer takes of an RTP packet. */
export type JpegPacket = Pick<RtpPacket, "marker" | "timestamp" | "payload" | "extension">;

/** How a `JpegDepacketizer` differs from the usual one. */
export interface JpegDepacketizerOptions {
  /** The true size, by `a=x-dimensions` or `a=framesize`: the header's is rounded up, or 0. */
  readonly size?: PixelSize;
  /** Whether a frame with a hole is given out with what came before it, and not dropped. */
  readonly keepBroken?: boolean;
  /** Most bytes of scan data in a frame; 16 MiB unless given. */
  readonly maxFrameLength?: number;
}

type State =
  /** Waits for a frame. */
  | { readonly kind: "none" }
  /** The rest of this frame is of no use. */
  | { readonly kind: "skipping"; readonly timestamp: number }
  | FrameInProgress;

/**
 * Makes whole JPEG files of RTP packets (RFC 2435).
 *
 * Takes the packets of one source, frame after frame; within a frame, the order does not matter, and
 * nor do repetitions. Whatever is wrong with a packet or a frame costs that frame alone. A frame without
 * its marker is whole when nothing was lost and it ends in EOI, or when the sender never sets markers.
 */
export class JpegDepacketizer {
  readonly #keepBroken: boolean;
  readonly #limit: number;
  readonly #maker: JpegFileMaker;
  readonly #quantisers = new QuantiserSource();
  readonly #dropped = new Map<DropReason, number>();
  #state: State = { kind: "none" };
  #outputs: DepacketizerOutput[] = [];
  #frames = 0;
  #broken = 0;
  #strayPackets = 0;
  #expectedLength = FIRST_EXPECTED_LENGTH;
  #markersSeen = false;
  /** Timestamp of the frame before. */
  #lastTimestamp: number | undefined;

  constructor(options: JpegDepacketizerOptions = {}) {
    this.#keepBroken = options.keepBroken ?? false;
    this.#limit = options.maxFrameLength ?? MAX_FRAME_LENGTH;
    this.#maker = new JpegFileMaker(options.size);
  }

  /** What went through so far. */
  get counts(): JpegDepacketizerCounts {
    return {
      frames: this.#frames,
      broken: this.#broken,
      dropped: new Map(this.#dropped),
      strayPackets: this.#strayPackets,
    };
  }

  /**
   * Takes the next packet.
   *
   * @param packet Its payload is copied; may be reused.
   * @param lostBefore How many packets the receiver gave up between the one before and this one.
   * @returns Usually nothing; a frame with its last packet.
   */
  push(packet: JpegPacket, lostBefore: number): DepacketizerOutput[] {
    const { timestamp, marker } = packet;
    if (this.#state.kind !== "none" && this.#state.timestamp !== timestamp) this.#leave(lostBefore);
    if (this.#state.kind === "skipping") {
      if (marker) this.#state = { kind: "none" };
    } else {
      this.#guarded(timestamp, marker, () => this.#take(packet, lostBefore));
    }
    if (marker) this.#markersSeen = true;
    return this.#takeOutputs();
  }

  /** Ends the stream: what is in progress comes out or is dropped. */
  flush(): DepacketizerOutput[] {
    this.#leave(0);
    return this.#takeOutputs();
  }

  #takeOutputs(): DepacketizerOutput[] {
    const outputs = this.#outputs;
    this.#outputs = [];
    return outputs;
  }

  /** Runs `work`; what it finds wrong on the wire drops the frame. */
  #guarded(timestamp: number, marker: boolean, work: () => FrameProblem | undefined): void {
    let found: FrameProblem | undefined;
    try {
      found = work();
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      found = problem("malformed", error.message);
    }
    if (found === undefined) return;
    this.#drop(found, timestamp);
    this.#expectedLength = FIRST_EXPECTED_LENGTH; // a peer shall not make us reserve much for nothing
    this.#lastTimestamp = timestamp;
    this.#state = marker ? { kind: "none" } : { kind: "skipping", timestamp };
  }

  #drop({ reason, detail }: FrameProblem, timestamp: number): void {
    if (timestamp === this.#lastTimestamp) {
      this.#strayPackets++; // repeated or late ones of a frame that is done already
      return;
    }
    const isKept = reason === "incomplete" || reason === "malformed";
    if (this.#keepBroken && isKept && this.#giveBroken(detail)) return;
    this.#dropped.set(reason, (this.#dropped.get(reason) ?? 0) + 1);
    this.#outputs.push({ kind: "dropped", reason, detail, timestamp });
  }

  /** Ends the frame in progress, since another one begins or the stream ends. */
  #leave(lostBefore: number): void {
    const frame = this.#state;
    if (frame.kind === "filling") {
      this.#guarded(frame.timestamp, true, () => {
        const { scan, lost } = frame;
        const isGapless = lost + lostBefore === 0 && scan.length === scan.end;
        const isWhole = isGapless && frame.end === undefined && scan.length > 0 &&
          (scan.endsWithEoi || !this.#markersSeen);
        return isWhole ? this.#finish(frame) : frame.incomplete(lostBefore);
      });
    }
    this.#state = { kind: "none" };
  }

  #take(packet: JpegPacket, lostBefore: number): FrameProblem | undefined {
    const { payload, timestamp, marker } = packet;
    const extension = findJpegExtension(packet.extension);
    if (payload.length === 0 && this.#state.kind === "none") {
      this.#strayPackets++;
      return undefined;
    }
    if (payload.length === 0) return this.#takeBare(packet, extension, lostBefore);
    const reader = new ByteReader("RTP/JPEG payload", payload);
    const header = readPayloadHeader(reader);
    const offset = header.fragmentOffset;
    if (this.#state.kind === "none" && offset > 0 && timestamp === this.#lastTimestamp) {
      this.#strayPackets++;
      return undefined;
    }
    const found = headerProblem(header, extension !== undefined);
    if (found !== undefined) return found;
    const frame = this.#state.kind === "filling" ? this.#state : this.#begin(timestamp, header);
    if (!frame.hasHeader(header)) {
      reader.fail("header differs from that of the frame's other packets", 0);
    }
    if (extension !== undefined) frame.addExtension(extension);
    const restartInterval = header.type >= 64 ? readRestartHeader(reader).interval : 0;
    if (offset === 0) {
      frame.restartInterval = restartInterval;
      const sent = header.q >= 128 ? this.#quantisers.read(reader, payload) : [];
      frame.tables = this.#quantisers.tables(header.q, sent);
      if (frame.tables === undefined) return noTables(header.q);
    } else {
      frame.lost += lostBefore;
    }
    return this.#addData(frame, offset, reader.rest(), marker);
  }

  /** A packet without payload: further extensions of ONVIF, or only the marker. */
  #takeBare(
    { marker }: JpegPacket,
    extension: Uint8Array | undefined,
    lostBefore: number,
  ): FrameProblem | undefined {
    const frame = this.#state;
    if (frame.kind !== "filling") return undefined;
    frame.lost += lostBefore;
    if (extension !== undefined) frame.addExtension(extension);
    if (marker && lostBefore === 0) frame.end = frame.scan.end;
    return this.#finishIfWhole(frame);
  }

  #begin(timestamp: number, header: PayloadHeader): FrameInProgress {
    const frame = new FrameInProgress(timestamp, header, this.#expectedLength, this.#limit);
    this.#state = frame;
    return frame;
  }

  #addData(
    frame: FrameInProgress,
    offset: number,
    data: Uint8Array,
    marker: boolean,
  ): FrameProblem | undefined {
    const found = frame.addData(offset, data);
    if (found === "duplicate" && !marker) this.#strayPackets++;
    if (typeof found === "object") return found;
    if (marker) frame.end = offset + data.length;
    return this.#finishIfWhole(frame);
  }

  #finishIfWhole(frame: FrameInProgress): FrameProblem | undefined {
    if (frame.isWhole) return this.#finish(frame);
    return frame.isBeyondHope ? frame.incomplete(0) : undefined;
  }

  #finish(frame: FrameInProgress): FrameProblem | undefined {
    if (frame.tables === undefined || frame.scan.length === 0) return frame.incomplete(0);
    const made = this.#maker.make(frame, undefined);
    if (made.kind === "problem") return made;
    this.#outputs.push(made);
    this.#frames++;
    this.#expectedLength = frame.scan.length + (frame.scan.length >> 3);
    this.#lastTimestamp = frame.timestamp;
    this.#state = { kind: "none" };
    return undefined;
  }

  /** Gives out what there is of the frame in progress, if it is enough for a picture. */
  #giveBroken(detail: string): boolean {
    const frame = this.#state;
    if (frame.kind !== "filling" || frame.tables === undefined) return false;
    if (frame.scan.length === 0) return false;
    try {
      const made = this.#maker.make(frame, detail);
      if (made.kind === "problem") return false;
      this.#outputs.push(made);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return false; // its extension is what is malformed
    }
    this.#broken++;
    return true;
  }
}

function noTables(q: number): FrameProblem {
  const wanted = q === 255 ? "each frame of Q 255 needs them" : "they were never sent";
  return problem("no tables", `there are no quantiser tables for Q ${q}: ${wanted}`);
}
