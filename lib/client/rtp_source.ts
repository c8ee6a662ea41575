import { JpegDepacketizer } from "../rtp_jpeg/jpeg_depacketizer.ts";
import type {
  DepacketizerOutput,
  DroppedJpeg,
  ReceivedJpeg,
} from "../rtp_jpeg/depacketizer_output.ts";
import { type ReceptionReport, ReceptionStatistics } from "../rtp/reception_statistics.ts";
import { type OrderedPacket, ReorderBuffer } from "../rtp/reorder_buffer.ts";
import type { RtpPacket } from "../rtp/rtp_packet.ts";
import type { PictureSize } from "../sdp/picture_size.ts";
import { VIDEO_CLOCK_HZ } from "./choose_track.ts";

/** How a source is taken. */
export interface RtpSourceOptions {
  readonly ssrc: number;
  /** Whether the first packet counts at once: something other than its number vouches for it. */
  readonly isVouchedFor: boolean;
  /** Whether packets come in order by themselves, so that a gap is a loss at once. */
  readonly isOrdered: boolean;
  /** The true picture size, where it is known. */
  readonly size: PictureSize | undefined;
}

/** A frame of this source, with the number of its first packet. */
export interface SourcedJpeg extends ReceivedJpeg {
  readonly sequence: number;
}

/** Counts of one source; see `Reception`. */
export interface SourceCounts {
  readonly received: number;
  readonly expected: number;
  readonly lost: number;
  readonly duplicate: number;
  readonly late: number;
  readonly reordered: number;
  readonly whole: number;
  readonly broken: number;
  readonly brokenBy: Readonly<Record<string, number>>;
}

/** One sender of RTP and JPEG: its packets are validated, put in order and made frames of. */
export class RtpSource {
  readonly ssrc: number;
  readonly #statistics: ReceptionStatistics;
  readonly #reorder: ReorderBuffer<RtpPacket>;
  readonly #depacketizer: JpegDepacketizer;
  /** The packet that came last while nothing vouched for the source. */
  #unproven: RtpPacket | undefined;
  #late = 0;
  #frameStart: { readonly timestamp: number; readonly sequence: number } | undefined;

  constructor({ ssrc, isVouchedFor, isOrdered, size }: RtpSourceOptions) {
    this.ssrc = ssrc;
    this.#statistics = new ReceptionStatistics({
      clockHz: VIDEO_CLOCK_HZ,
      ...isVouchedFor && { minSequential: 1 },
    });
    this.#reorder = new ReorderBuffer<RtpPacket>(isOrdered ? { waitMs: 0 } : {});
    this.#depacketizer = new JpegDepacketizer(size === undefined ? {} : { size });
  }

  /** Whether enough came to take it for a source (RFC 3550 A.1). */
  get isProven(): boolean {
    return this.#statistics.received > 0;
  }

  /** When `tick()` has something to do. */
  get wakeAtMs(): number | undefined {
    return this.#reorder.wakeAtMs;
  }

  get jitterMs(): number {
    return this.#statistics.jitterMs;
  }

  get counts(): SourceCounts {
    const { received, expected, duplicate, reordered } = this.#statistics;
    const { frames, broken, dropped } = this.#depacketizer.counts;
    const brokenBy = Object.fromEntries(dropped);
    return {
      received,
      expected,
      lost: Math.max(0, expected - received + duplicate),
      duplicate,
      late: this.#late,
      reordered: Math.max(0, reordered - this.#late),
      whole: frames,
      broken: Object.values(brokenBy).reduce((sum, count) => sum + count, broken),
      brokenBy,
    };
  }

  /** What a report says of it; the next one's loss counts from here. */
  takeReport(): ReceptionReport {
    return this.#statistics.takeReport();
  }

  /** What comes next is compared with nothing before it: a pause is no jitter. */
  pause(): void {
    this.#statistics.pause();
  }

  /** A packet of this source came in; its payload is kept. */
  push(packet: RtpPacket, nowMs: number): (SourcedJpeg | DroppedJpeg)[] {
    const arrival = this.#statistics.receive(packet, nowMs);
    if (arrival === "unproven") {
      this.#unproven = packet;
      return [];
    }
    if (arrival === "out-of-range") return [];
    const restarted = arrival === "restarted" ? this.#give(this.#reorder.restart()) : [];
    const before = this.#takeUnproven(packet, nowMs);
    const { verdict, ordered } = this.#reorder.push(packet, nowMs);
    if (verdict === "late" && arrival !== "duplicate") this.#late++;
    return [...restarted, ...before, ...this.#give(ordered)];
  }

  /** Time has passed. */
  tick(nowMs: number): (SourcedJpeg | DroppedJpeg)[] {
    return this.#give(this.#reorder.tick(nowMs));
  }

  /** Nothing more comes for now: gives out what waits for packets that are lost. */
  flush(): (SourcedJpeg | DroppedJpeg)[] {
    return [...this.#give(this.#reorder.flush()), ...this.#named(this.#depacketizer.flush())];
  }

  /** The packet before the one that proved the source: it is no part of its counts, but of its frames. */
  #takeUnproven(packet: RtpPacket, nowMs: number): (SourcedJpeg | DroppedJpeg)[] {
    const first = this.#unproven;
    this.#unproven = undefined;
    if (first === undefined || (first.sequence + 1 & 0xffff) !== packet.sequence) return [];
    return this.#give(this.#reorder.push(first, nowMs).ordered);
  }

  #give(ordered: readonly OrderedPacket<RtpPacket>[]): (SourcedJpeg | DroppedJpeg)[] {
    return ordered.flatMap(({ packet, lostBefore }) => {
      const before = this.#frameStart;
      if (before?.timestamp !== packet.timestamp) {
        this.#frameStart = { timestamp: packet.timestamp, sequence: packet.sequence };
      }
      return this.#named(this.#depacketizer.push(packet, lostBefore), before);
    });
  }

  #named(
    outputs: readonly DepacketizerOutput[],
    before = this.#frameStart,
  ): (SourcedJpeg | DroppedJpeg)[] {
    return outputs.map((output) => {
      if (output.kind === "dropped") return output;
      const start = output.timestamp === before?.timestamp ? before : this.#frameStart;
      return { ...output, sequence: start?.sequence ?? 0 };
    });
  }
}
