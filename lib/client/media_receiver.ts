import { WireError } from "../bytes/wire_error.ts";
import type { ReceptionReport } from "../rtp/reception_statistics.ts";
import { parseRtpPacket, type RtpPacket } from "../rtp/rtp_packet.ts";
import { sequenceDistance, timestampDistance } from "../rtp/sequence.ts";
import type { DroppedJpeg } from "../rtp_jpeg/depacketizer_output.ts";
import type { PictureSize } from "../sdp/picture_size.ts";
import { VIDEO_CLOCK_HZ } from "./choose_track.ts";
import type { ClientFrame } from "./client_frame.ts";
import type { PlayReport } from "./play_report.ts";
import type { Reception } from "./reception.ts";
import { addCounts, NO_COUNTS } from "./source_counts.ts";
import { RtpSource, type SourcedJpeg } from "./rtp_source.ts";

/** A first frame further than that from where RTP-Info says it is: that figure is wrong. */
const ANCHOR_TOLERANCE_MS = 5_000;
/** How far behind the number in RTP-Info the first packet to come may be. */
const FIRST_SEQUENCES = 256;
/** Silence of a source after which another SSRC may take its place. */
const SOURCE_SILENCE_MS = 500;

/** How long packets that look like those of the stream before are not believed after PLAY. */
const PAST_MS = 2_000;

/** What is known of a stream before its first packet. */
export interface ExpectedStream {
  readonly payloadType: number;
  /** As in the reply to SETUP; `undefined` where it is not said. */
  readonly ssrc: number | undefined;
  /** Whether packets come in order and from nobody else: inside the RTSP connection. */
  readonly isOrdered: boolean;
  readonly size: PictureSize | undefined;
}

/** Where in the movie an RTP timestamp is; grows by the scale. */
export interface PlayAnchor {
  /** `undefined`: that of the first frame to come. */
  readonly timestamp: number | undefined;
  readonly seconds: number;
  readonly scale: number;
}

interface SenderClock {
  readonly ssrc: number;
  readonly timestamp: number;
  readonly unixMs: number;
}

/**
 * The media of a standard session: packets become frames and figures. Which SSRC is the server's is told by
 * the reply to SETUP, or by two packets in a row; another one takes its place when it has fallen silent.
 */
export class MediaReceiver {
  readonly #report: PlayReport;
  readonly #pastSsrc: number | undefined;
  #playedMs = -Infinity;
  #stream: ExpectedStream | undefined;
  #source: RtpSource | undefined;
  #candidate: RtpSource | undefined;
  /** Of sources that are gone. */
  #past = NO_COUNTS;
  #foreign = 0;
  #frames = 0;
  #lastMs: number | undefined;
  #anchor: PlayAnchor | undefined;
  /** Whether a frame has shown that the anchor's timestamp is true. */
  #isAnchored = false;
  #firstSequence: number | undefined;
  #lastPositionSeconds: number | undefined;
  #clock: SenderClock | undefined;
  readonly #told = new Set<string>();
  #problems: string[] = [];

  /**
   * @param report Told of each packet and frame.
   * @param pastSsrc Of a stream before this one whose packets may come to the same UDP ports.
   */
  constructor(report: PlayReport, pastSsrc?: number) {
    this.#report = report;
    this.#pastSsrc = pastSsrc;
  }

  get reception(): Reception {
    const counts = this.#source === undefined
      ? this.#past
      : addCounts(this.#past, this.#source.counts);
    return {
      ...counts,
      foreign: this.#foreign,
      jitterMs: counts.received < 2 ? undefined : this.#source?.jitterMs,
      jitterBasis: "timestamps",
    };
  }

  /** When `tick()` has something to do. */
  get wakeAtMs(): number | undefined {
    return this.#source?.wakeAtMs;
  }

  /** The SSRC of the server; `undefined` before it is known. */
  get ssrc(): number | undefined {
    return this.#source?.ssrc ?? this.#stream?.ssrc;
  }

  /** Payload of all packets, in bytes. */
  get payloadBytes(): number {
    return this.#report.payloadBytes;
  }

  /** When the last packet of the stream came, since `play()`. */
  get lastMs(): number | undefined {
    return this.#lastMs;
  }

  /** Where in the movie the last frame is. */
  get positionSeconds(): number | undefined {
    return this.#lastPositionSeconds;
  }

  /** Another stream begins: a session was set up. */
  begin(stream: ExpectedStream): void {
    this.#retire();
    this.#stream = stream;
    this.#clock = undefined;
  }

  /** PLAY was sent: the time until now was a pause. */
  play(nowMs: number): void {
    this.#source?.pause();
    this.#report.play(nowMs);
    this.#playedMs = nowMs;
    this.#lastMs = undefined;
    this.#anchor = undefined;
  }

  /**
   * PLAY was answered: from here on frames have their place in the movie.
   *
   * @param sequence Number of the first packet to come, where it is said.
   */
  anchor(anchor: PlayAnchor | undefined, sequence?: number): void {
    this.#anchor = anchor;
    this.#isAnchored = false;
    this.#firstSequence = sequence;
  }

  /** A datagram or block of RTP came in; it is kept. */
  packet(bytes: Uint8Array, nowMs: number): ClientFrame[] {
    let packet: RtpPacket;
    try {
      packet = parseRtpPacket(bytes);
    } catch (error) {
      if (!(error instanceof WireError)) throw error; // a bug: let it surface
      this.#foreign++;
      return [];
    }
    if (packet.payloadType !== this.#stream?.payloadType) {
      this.#foreign++;
      this.#tell(
        "payload type",
        `Packets of payload type ${packet.payloadType} came, ${this.#stream?.payloadType} is awaited`,
      );
      return [];
    }
    return this.#give(this.#push(packet, this.#stream, nowMs), nowMs);
  }

  /** A datagram came in that is not of this stream. */
  ignore(): void {
    this.#foreign++;
  }

  /** The server's clock at an RTP timestamp, by a sender report: it may come before any packet. */
  setClock(ssrc: number, timestamp: number, unixMs: number): void {
    this.#clock = { ssrc, timestamp, unixMs };
  }

  /** What a receiver report says of the server; `undefined` before anything of it came. */
  takeReport(): ReceptionReport | undefined {
    return this.#source?.takeReport();
  }

  /** Time has passed. */
  tick(nowMs: number): ClientFrame[] {
    return this.#give(this.#source?.tick(nowMs) ?? [], nowMs);
  }

  /** The stream has ended for now: gives out what waited for packets that are lost. */
  flush(nowMs: number): ClientFrame[] {
    return this.#give(this.#source?.flush() ?? [], nowMs);
  }

  /** What was wrong with frames and packets, each kind once, since the last call: for the log. */
  takeProblems(): string[] {
    const problems = this.#problems;
    this.#problems = [];
    return problems;
  }

  #push(
    packet: RtpPacket,
    stream: ExpectedStream,
    nowMs: number,
  ): (SourcedJpeg | DroppedJpeg)[] {
    const { ssrc } = packet;
    if (this.#source?.ssrc === ssrc) return this.#measured(this.#source, packet, nowMs);
    const { isOrdered, size } = stream;
    const isAnnounced = stream.ssrc === ssrc;
    const isSilent = nowMs - (this.#lastMs ?? -Infinity) >= SOURCE_SILENCE_MS;
    const isVouchedFor = isOrdered || isAnnounced || this.#isFirst(packet);
    const isPast = ssrc === this.#pastSsrc && nowMs - this.#playedMs < PAST_MS && !isVouchedFor;
    if (isPast || this.#source !== undefined && !isSilent && !isAnnounced) {
      this.#foreign++;
      return [];
    }
    if (this.#candidate?.ssrc !== ssrc) {
      this.#candidate = new RtpSource({ ssrc, isVouchedFor, isOrdered, size });
    }
    const candidate = this.#candidate;
    const outputs = candidate.push(packet, nowMs);
    if (!candidate.isProven) return [];
    const rest = this.#retire();
    this.#source = candidate;
    this.#lastMs = nowMs;
    this.#report.packet(packet.payload.length, nowMs);
    return [...rest, ...outputs];
  }

  /** Whether it is the packet that RTP-Info announced, or one of the next. */
  #isFirst({ sequence }: RtpPacket): boolean {
    if (this.#firstSequence === undefined) return false;
    const distance = sequenceDistance(this.#firstSequence, sequence);
    return distance >= 0 && distance < FIRST_SEQUENCES;
  }

  #measured(source: RtpSource, packet: RtpPacket, nowMs: number): (SourcedJpeg | DroppedJpeg)[] {
    this.#lastMs = nowMs;
    this.#report.packet(packet.payload.length, nowMs);
    return source.push(packet, nowMs);
  }

  /** The present source is over; its counts are kept. */
  #retire(): (SourcedJpeg | DroppedJpeg)[] {
    const rest = this.#source?.flush() ?? [];
    if (this.#source !== undefined) this.#past = addCounts(this.#past, this.#source.counts);
    this.#source = undefined;
    this.#candidate = undefined;
    return rest;
  }

  #give(outputs: readonly (SourcedJpeg | DroppedJpeg)[], nowMs: number): ClientFrame[] {
    return outputs.flatMap((output) => {
      if (output.kind === "dropped") {
        this.#tell(
          output.reason,
          `A frame was dropped: ${output.detail}; others like it are counted`,
        );
        return [];
      }
      const { contradictedSize: size } = output;
      if (size !== undefined) {
        this.#tell(
          "size",
          `The server announces ${size.width}x${size.height}, which its frames cannot have`,
        );
      }
      return [this.#frame(output, nowMs)];
    });
  }

  #frame({ jpeg, sequence, timestamp, broken }: SourcedJpeg, nowMs: number): ClientFrame {
    this.#report.frame(nowMs);
    const clock = this.#clock?.ssrc === this.#source?.ssrc ? this.#clock : undefined;
    const positionSeconds = this.#position(timestamp);
    if (positionSeconds !== undefined) this.#lastPositionSeconds = positionSeconds;
    return {
      jpeg,
      number: ++this.#frames,
      sequence,
      rtpTimestamp: timestamp,
      arrivalMs: nowMs,
      complete: broken === undefined,
      ...clock !== undefined && {
        ntpUnixMs: clock.unixMs + msBetween(clock.timestamp, timestamp),
      },
      ...positionSeconds !== undefined && { positionSeconds },
    };
  }

  #position(timestamp: number): number | undefined {
    if (this.#anchor === undefined) return undefined;
    const { timestamp: start = timestamp, seconds, scale } = this.#anchor;
    const isTrue = this.#isAnchored || Math.abs(msBetween(start, timestamp)) < ANCHOR_TOLERANCE_MS;
    const from = isTrue ? start : timestamp;
    this.#anchor = { timestamp: from, seconds, scale };
    this.#isAnchored = true;
    const position = seconds + msBetween(from, timestamp) / 1000 * scale;
    // In reverse, a movie that starts over goes on before its start.
    return scale < 0 ? position : Math.max(0, position);
  }

  #tell(what: string, problem: string): void {
    if (this.#told.has(what)) return;
    this.#told.add(what);
    this.#problems.push(problem);
  }
}

function msBetween(from: number, to: number): number {
  return timestampDistance(from, to) / VIDEO_CLOCK_HZ * 1000;
}
