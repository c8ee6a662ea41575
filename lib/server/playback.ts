import type { Now } from "../bytes/now.ts";
import { MovieReadError } from "../movie/movie_read_error.ts";
import { type PacketizedFrame, sequenceCount } from "../rtp/packetized_frame.ts";
import type { PacketizedMovie } from "./frame_cache.ts";
import { type FrameClock, type PlayOrder, PlaySchedule } from "./play_schedule.ts";
import type { FrameHeader } from "./server_output.ts";

/** How the packets of one session are numbered and stamped; what a dialect decides. */
export interface RtpStamps {
  readonly payloadType: number;
  /** The first; `changeSsrc()` may give another one. */
  readonly ssrc: number;
  readonly firstSequence: number;
  /**
   * The timestamp of a frame, modulo 2^32.
   *
   * @param dueUnixMs When the frame is due.
   * @param mediaSeconds Media time played since the session's first PLAY, pauses left out.
   */
  timestamp(dueUnixMs: number, mediaSeconds: number): number;
}

/** Counted over the whole session (RFC 3550 §6.4.1). */
export interface SenderCounts {
  /** Frames sent. */
  readonly frames: number;
  /** Frames that could not be packed and were left out. */
  readonly skipped: number;
  readonly packets: number;
  /** Payload bytes, without RTP headers. */
  readonly octets: number;
}

/**
 * What came of a moment at which a frame may be due.
 *
 * - `wait`: nothing is due before `dueMs`; without it, not before the next `play()`.
 * - `frame`: to be sent now; `number` counts the movie's frames from 1.
 * - `skipped`: this frame cannot be packed.
 * - `end`: the last frame's time is over as well; the play has stopped, where its PLAY said or (`paused`)
 *   where a PAUSE did.
 * - `broken`: the movie cannot be read there; the play has stopped.
 */
export type PlaybackStep =
  | { readonly kind: "wait"; readonly dueMs?: number }
  | {
    readonly kind: "frame";
    readonly number: number;
    readonly header: FrameHeader;
    readonly frame: PacketizedFrame;
  }
  | { readonly kind: "skipped"; readonly number: number }
  | { readonly kind: "end"; readonly paused: boolean }
  | { readonly kind: "broken"; readonly error: MovieReadError };

/** So long before it is due, a frame's movie is told that it will be wanted. */
const READ_AHEAD_MS = 1000;

/** And at most so many frames ahead. */
const MOST_READ_AHEAD = 256;

/**
 * One listener's way through one movie: which frame is next, when, and under which sequence number.
 * Knows no states and no transports.
 */
export class Playback {
  readonly #clock: FrameClock;
  readonly #movie: PacketizedMovie;
  readonly #stamps: RtpStamps;
  #schedule: PlaySchedule | undefined;
  #nextFrame = 0;
  /** Media time of the plays before this one. */
  #secondsBefore = 0;
  #sequence: number;
  /** How many frames are being read: the next one, and those behind it. */
  #lead = 0;
  #ssrc: number;
  #frames = 0;
  #skipped = 0;
  #packets = 0;
  #octets = 0;

  constructor(clock: FrameClock, movie: PacketizedMovie, stamps: RtpStamps) {
    this.#clock = clock;
    this.#movie = movie;
    this.#stamps = stamps;
    this.#sequence = stamps.firstSequence;
    this.#ssrc = stamps.ssrc;
  }

  /** The frame to go on with after a pause, from 0; the movie's frame count at its end. */
  get nextFrame(): number {
    return this.#schedule?.resumeFrame ?? this.#nextFrame;
  }

  /** Under which SSRC the next packet is sent. */
  get ssrc(): number {
    return this.#ssrc;
  }

  /** Sends under another SSRC from now on, as somebody else has this one (RFC 3550 §8.2). */
  changeSsrc(ssrc: number): void {
    this.#ssrc = ssrc;
  }

  /** The sequence number of the next packet. */
  get nextSequence(): number {
    return this.#sequence;
  }

  /** The timestamp of the next packet, if it is due now. */
  nextTimestamp(now: Now): number {
    const seconds = this.#secondsBefore + (this.#schedule?.mediaSeconds ?? 0);
    return this.#stamps.timestamp(now.unixMs, seconds);
  }

  /** The timestamp that belongs to this instant, for sender reports (RFC 3550 §6.4.1). */
  timestampAt(now: Now): number {
    const seconds = this.#schedule?.mediaSecondsAt(now.monotonicMs) ?? 0;
    return this.#stamps.timestamp(now.unixMs, this.#secondsBefore + seconds);
  }

  /** What is being played; `undefined` while nothing is. */
  get order(): PlayOrder | undefined {
    return this.#schedule?.order;
  }

  /** What was sent so far. */
  get counts(): SenderCounts {
    return {
      frames: this.#frames,
      skipped: this.#skipped,
      packets: this.#packets,
      octets: this.#octets,
    };
  }

  /** When `step()` is to be called next; `undefined` while nothing is played. */
  get dueMs(): number | undefined {
    return this.#schedule?.dueMs;
  }

  /** Whether the frame that is next can be read; to be asked before a PLAY is promised. */
  check(order: PlayOrder): MovieReadError | undefined {
    const frame = new PlaySchedule(this.#clock, order, 0).frame;
    if (frame === undefined) return undefined;
    try {
      this.#movie.frame(frame);
      return undefined;
    } catch (error) {
      if (error instanceof MovieReadError) return error;
      throw error;
    }
  }

  /**
   * Plays from now on, in place of what was played before.
   *
   * @param startMs When the first frame is due, if not at once.
   */
  play(order: PlayOrder, now: Now, startMs: number = now.monotonicMs): void {
    this.pause();
    const schedule = this.#schedule = new PlaySchedule(this.#clock, order, startMs);
    this.#lead = Math.min(schedule.framesIn(READ_AHEAD_MS), MOST_READ_AHEAD);
    for (let count = 1; count < this.#lead; count++) this.#readAhead(schedule, count);
  }

  /** Stops and keeps the place. */
  pause(): void {
    const schedule = this.#schedule;
    if (schedule === undefined) return;
    this.#nextFrame = schedule.resumeFrame;
    this.#secondsBefore += schedule.mediaSeconds;
    this.#schedule = undefined;
  }

  /** Stops before this frame; `false` where the play does not come to it any more (§10.6). */
  pauseAt(frame: number): boolean {
    return this.#schedule?.pauseAt(frame) ?? false;
  }

  #readAhead(schedule: PlaySchedule, count: number): void {
    const index = schedule.frameAfter(count);
    if (index !== undefined) this.#movie.readAhead(index);
  }

  /** The next thing to do at this moment; to be called until it says `wait`. */
  step(now: Now): PlaybackStep {
    const schedule = this.#schedule;
    if (schedule === undefined) return { kind: "wait" };
    schedule.catchUp(now.monotonicMs);
    const { dueMs } = schedule;
    if (dueMs > now.monotonicMs) return { kind: "wait", dueMs };
    const { mediaSeconds, frame: index } = schedule;
    if (index === undefined) {
      const paused = schedule.endsAtPausePoint;
      this.pause();
      return { kind: "end", paused };
    }
    let frame: PacketizedFrame | undefined;
    try {
      frame = this.#movie.frame(index);
    } catch (error) {
      if (!(error instanceof MovieReadError)) throw error;
      this.pause();
      return { kind: "broken", error };
    }
    schedule.advance();
    this.#readAhead(schedule, this.#lead - 1);
    const sequence = this.#sequence;
    this.#sequence = sequence + (frame === undefined ? 1 : sequenceCount(frame)) & 0xffff;
    const number = index + 1;
    if (frame === undefined) {
      this.#skipped++;
      return { kind: "skipped", number };
    }
    this.#frames++;
    this.#packets += frame.payloads.length;
    this.#octets += frame.octets;
    const dueUnixMs = now.unixMs - (now.monotonicMs - dueMs);
    const { payloadType } = this.#stamps;
    const ssrc = this.#ssrc;
    const timestamp = this.#stamps.timestamp(dueUnixMs, this.#secondsBefore + mediaSeconds);
    return { kind: "frame", number, header: { payloadType, sequence, timestamp, ssrc }, frame };
  }
}
