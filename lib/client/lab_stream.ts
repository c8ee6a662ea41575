import { WireError } from "../bytes/wire_error.ts";
import { LabFrameAssembler } from "../rtp_lab/lab_frame_assembler.ts";
import type { LabFrame } from "../rtp_lab/lab_frame.ts";
import { type LabPacket, parseLabPacket } from "../rtp_lab/parse_lab_packet.ts";
import type { ClientFrame } from "./client_frame.ts";
import { LabJitter } from "./lab_jitter.ts";
import type { PlayReport } from "./play_report.ts";
import type { Reception } from "./reception.ts";

/** Silence after the last packet that ends a stream, where the spacing does not make it longer. */
export const END_SILENCE_MS = 1_000;
/** How long the second frame may be behind the first: before it, nothing says how slow the movie is. */
const SECOND_FRAME_MS = 3_000;
/** Silence is taken for the end after so many times the longest usual gap. */
const END_GAPS = 3;

/**
 * The media of a lab session: datagrams become frames and figures, and silence becomes the end.
 *
 * A lab server says nothing at the end of a movie: it stops sending. That is told from a slow movie by
 * the gaps before: the silence must last three of them, and 1 s at least.
 */
export class LabStream {
  readonly #assembler = new LabFrameAssembler();
  readonly #jitter = new LabJitter();
  readonly #report: PlayReport;
  #foreign = 0;
  #frames = 0;
  #lastMs: number | undefined;
  #lastFrameMs: number | undefined;
  /** The longest usual gap between frames: a longer one counts at once, and fades. */
  #gapMs: number | undefined;

  constructor(report: PlayReport) {
    this.#report = report;
  }

  get reception(): Reception {
    const { received, lost, duplicate, late, reordered, frames, broken } =
      this.#assembler.reception;
    return {
      received,
      expected: this.#assembler.expected,
      lost,
      duplicate,
      late,
      reordered,
      foreign: this.#foreign,
      whole: frames,
      broken,
      brokenBy: {},
      jitterMs: this.#jitter.ms,
      jitterBasis: this.#jitter.basis,
    };
  }

  /** When `tick()` has something to do; `undefined` while no packet waits for another. */
  get wakeAtMs(): number | undefined {
    return this.#assembler.wakeAtMs;
  }

  /** When the last packet with something in it came, since `play()`. */
  get lastMs(): number | undefined {
    return this.#lastMs;
  }

  /** When silence ends the stream; `undefined` before the first packet since `play()`. */
  get endsAtMs(): number | undefined {
    if (this.#lastMs === undefined) return undefined;
    const patience = this.#gapMs === undefined ? SECOND_FRAME_MS : END_GAPS * this.#gapMs;
    return this.#lastMs + Math.max(patience, END_SILENCE_MS);
  }

  /** A datagram came in; it is kept. */
  datagram(bytes: Uint8Array, nowMs: number): ClientFrame[] {
    let packet: LabPacket;
    try {
      packet = parseLabPacket(bytes);
    } catch (error) {
      if (!(error instanceof WireError)) throw error; // a bug: let it surface
      this.#foreign++;
      return [];
    }
    if (packet.payload.length > 0) this.#measure(packet, nowMs);
    return this.#give(this.#assembler.push(packet, nowMs), nowMs);
  }

  /** A datagram came in that is not of this stream. */
  ignore(): void {
    this.#foreign++;
  }

  /** PLAY was sent: the time until now was a pause. */
  play(nowMs: number): void {
    this.#jitter.restart();
    this.#report.play(nowMs);
    this.#lastMs = undefined;
    this.#lastFrameMs = undefined;
  }

  /** Time has passed. */
  tick(nowMs: number): ClientFrame[] {
    return this.#give(this.#assembler.tick(nowMs), nowMs);
  }

  /** The stream seems to have ended: gives out what waited for packets that are lost. */
  flush(nowMs: number): ClientFrame[] {
    return this.#give(this.#assembler.tick(Infinity), nowMs);
  }

  /** The session has ended, or another begins, which counts anew. */
  end(nowMs: number): ClientFrame[] {
    return this.#give(this.#assembler.restart(), nowMs);
  }

  #measure(packet: LabPacket, nowMs: number): void {
    this.#lastMs = nowMs;
    this.#jitter.packet(packet, nowMs);
    this.#report.packet(packet.payload.length, nowMs);
  }

  #give(frames: readonly LabFrame[], nowMs: number): ClientFrame[] {
    return frames.map((frame) => {
      if (this.#lastFrameMs !== undefined) {
        const gapMs = nowMs - this.#lastFrameMs;
        this.#gapMs = Math.max(gapMs, (this.#gapMs ?? gapMs) * 0.9 + gapMs * 0.1);
      }
      this.#lastFrameMs = nowMs;
      this.#jitter.frame(frame, nowMs);
      this.#report.frame(nowMs);
      const { jpeg, sequence, timestamp: rtpTimestamp } = frame;
      const number = ++this.#frames;
      return { jpeg, number, sequence, rtpTimestamp, arrivalMs: nowMs, complete: true };
    });
  }
}
