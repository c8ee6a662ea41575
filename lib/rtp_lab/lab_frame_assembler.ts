import { MAX_DROPOUT, MAX_MISORDER } from "../rtp/reception_statistics.ts";
import { type OrderedPacket, ReorderBuffer, type ReorderOptions } from "../rtp/reorder_buffer.ts";
import { sequenceDistance } from "../rtp/sequence.ts";
import type { LabFrame } from "./lab_frame.ts";
import { LabPieceJoiner } from "./lab_piece_joiner.ts";
import type { LabPacket } from "./parse_lab_packet.ts";

/** So many known numbers one after another, and none new between: the server counts anew. */
const RESTART_RUN = 8;

/** What has arrived from a lab server so far. */
export interface LabReception {
  /** Packets, each that came. */
  readonly received: number;
  /** Sequence numbers never seen within the range of those seen (RFC 3550 A.3, duplicates apart). */
  readonly lost: number;
  /** Packets that came again. */
  readonly duplicate: number;
  /** Packets that came when their place had been given up. */
  readonly late: number;
  /** Packets that came behind a newer one, still in time. */
  readonly reordered: number;
  /** Whole frames given out. */
  readonly frames: number;
  /** Frames of which something came, but not all. */
  readonly broken: number;
  /** Packets without a JPEG byte: some servers end a play with them. */
  readonly empty: number;
  /** How often the server began to count anew. */
  readonly restarts: number;
}

/** How long the assembler waits for packets that are missing. */
export type LabAssemblerOptions = Pick<ReorderOptions<LabPacket>, "packets" | "waitMs">;

/**
 * Makes whole frames, in order, of the packets of a lab server, however it numbers and cuts them.
 *
 * Packets in order come out at once; behind a gap they wait as in `ReorderBuffer`. There is no
 * probation: the first packet counts, whatever its number. Of a number far out of range, two in a row
 * begin a new count (RFC 3550 A.1), and neither is dropped; so does a run of numbers already seen,
 * which is a server that starts at 1 again.
 */
export class LabFrameAssembler {
  readonly #order: ReorderBuffer<LabPacket>;
  readonly #joiner = new LabPieceJoiner();
  readonly #count = { received: 0, duplicate: 0, late: 0, reordered: 0, empty: 0, restarts: 0 };
  #gaps = 0;
  #filledLate = 0;
  #frames = 0;
  /** Sequence numbers of the counts before the present one. */
  #expectedBefore = 0;
  /** The newest sequence number of the present count, and how far it is from the first. */
  #range: { readonly newest: number; readonly span: number } | undefined;
  /** The last packet far out of range: its successor would prove a new count. */
  #suspect: LabPacket | undefined;
  /** The last packet of a run of known numbers, and how long that run is. */
  #known: { readonly sequence: number; readonly length: number } | undefined;

  constructor(options: LabAssemblerOptions = {}) {
    this.#order = new ReorderBuffer({ ...options, isSame });
  }

  /** All that was counted; consistent after each call. */
  get reception(): LabReception {
    return {
      ...this.#count,
      late: this.#count.late + this.#joiner.stragglers,
      lost: Math.max(0, this.#gaps - this.#filledLate),
      frames: this.#frames,
      broken: this.#joiner.broken,
    };
  }

  /** Sequence numbers from the first to the newest (RFC 3550 A.3), all counts together. */
  get expected(): number {
    return this.#expectedBefore + (this.#range === undefined ? 0 : this.#range.span + 1);
  }

  /** When `tick` has to be called; `undefined` while no packet waits for another. */
  get wakeAtMs(): number | undefined {
    return this.#order.wakeAtMs;
  }

  /**
   * Takes a packet that has arrived, and keeps it: its payload must not be a view of a buffer that is
   * used again.
   *
   * @param arrivalMs On any clock that is never set back; the one of `tick`.
   * @returns The frames that are whole now, in order.
   */
  push(packet: LabPacket, arrivalMs: number): LabFrame[] {
    this.#count.received++;
    if (packet.payload.length === 0) this.#count.empty++;
    const range = this.#range ??= { newest: packet.sequence, span: 0 };
    const distance = sequenceDistance(range.newest, packet.sequence);
    if (distance >= MAX_DROPOUT || distance <= -MAX_MISORDER) {
      return this.#pushFar(packet, arrivalMs);
    }
    const isBeforeFirst = range.span + distance < 0;
    if (distance > 0) this.#range = { newest: packet.sequence, span: range.span + distance };
    const { verdict, ordered } = this.#order.push(packet, arrivalMs);
    if (verdict === "taken") {
      if (distance < 0) this.#count.reordered++;
      this.#known = undefined;
      return this.#join(ordered);
    }
    const isRestart = (verdict === "duplicate" || isBeforeFirst) &&
      this.#isRestart(packet.sequence);
    if (isRestart) return [...this.#join(ordered), ...this.#restartWith([packet], arrivalMs)];
    this.#count[verdict]++;
    if (verdict === "late" && !isBeforeFirst) this.#filledLate++;
    return this.#join(ordered);
  }

  /** Gives up what was waited for too long. */
  tick(nowMs: number): LabFrame[] {
    return this.#join(this.#order.tick(nowMs));
  }

  /**
   * Gives out all that waits: at the end of the stream, or where the server is known to begin a new count.
   * The next packet is a first one again.
   */
  restart(): LabFrame[] {
    const frames = this.#join(this.#order.restart());
    this.#joiner.reset();
    if (this.#suspect !== undefined) this.#count.late++;
    this.#suspect = undefined;
    this.#known = undefined;
    this.#expectedBefore = this.expected;
    this.#range = undefined;
    return frames;
  }

  #pushFar(packet: LabPacket, arrivalMs: number): LabFrame[] {
    const { sequence } = packet;
    const suspect = this.#suspect;
    this.#suspect = packet;
    if (suspect === undefined) return this.tick(arrivalMs);
    const step = sequenceDistance(suspect.sequence, sequence);
    if (step === 1 || step === 0 && !isSame(suspect, packet)) {
      this.#suspect = undefined;
      return this.#restartWith([suspect, packet], arrivalMs);
    }
    this.#count.late++;
    return this.tick(arrivalMs);
  }

  #restartWith(packets: readonly LabPacket[], arrivalMs: number): LabFrame[] {
    const frames = this.restart();
    this.#count.restarts++;
    this.#count.received -= packets.length;
    this.#count.empty -= packets.filter(({ payload }) => payload.length === 0).length;
    for (const packet of packets) frames.push(...this.push(packet, arrivalMs));
    return frames;
  }

  /** Whether this known number ends a run that only a new count explains. */
  #isRestart(sequence: number): boolean {
    const known = this.#known;
    const follows = known !== undefined && sequenceDistance(known.sequence, sequence) === 1;
    const length = follows ? known.length + 1 : 1;
    this.#known = { sequence, length };
    return length >= RESTART_RUN;
  }

  #join(ordered: readonly OrderedPacket<LabPacket>[]): LabFrame[] {
    const frames: LabFrame[] = [];
    for (const next of ordered) {
      this.#gaps += next.lostBefore;
      const frame = this.#joiner.take(next);
      if (frame !== undefined) frames.push(frame);
    }
    this.#frames += frames.length;
    return frames;
  }
}

/** Whether two packets of one sequence number are one packet that came twice. */
function isSame(a: LabPacket, b: LabPacket): boolean {
  const [left, right] = [a.payload, b.payload];
  if (left.length !== right.length || a.marker !== b.marker) return false;
  for (let i = 0; i < left.length; i++) if (left[i] !== right[i]) return false;
  return true;
}
