/** What to play, in frames: what a PLAY request came to. */
export interface PlayOrder {
  /** The first frame to send. */
  readonly from: number;
  /**
   * Where to stop: forwards the frame after the last one to send, backwards the last one.
   * `undefined`: at the movie's end or beginning.
   */
  readonly to?: number;
  /** Frames of the movie that pass per frame interval; negative is backwards, never 0 (§12.34). */
  readonly scale: number;
  /** How many times faster than the timestamps say the frames are delivered (§12.35). */
  readonly speed: number;
  /** Whether to start again at the end; a `to` is not reached then. */
  readonly loop: boolean;
}

/** The movie's own clockwork. */
export interface FrameClock {
  readonly frameCount: number;
  readonly framesPerSecond: number;
}

/** Further behind than this, the schedule is moved instead of sending the missed frames at once. */
export const MAX_BEHIND_MS = 500;

/**
 * Frames after a play's first are due on a grid of all plays at one rate, whose lines are at most this
 * far apart: those that are due together cost one turn of the event loop.
 */
const MAX_SLOT_MS = 5;

/**
 * Which frame is due when, by absolute times: the n-th frame's time is computed from the start, so
 * that nothing adds up (RFC 2326 §12.34, §12.35).
 *
 * Up to a scale of 1 every frame is sent, at `scale` times the movie's rate; above it the rate stays
 * the movie's and frames are left out. Media time, which becomes the RTP timestamp, runs as the
 * frames are to be shown: a scale changes it, a speed does not (§B).
 */
export class PlaySchedule {
  readonly #clock: FrameClock;
  readonly #order: PlayOrder;
  #pausePoint: number | undefined;
  /** Frames sent per second of media time. */
  readonly #rate: number;
  readonly #slotsPerFrame: number;
  readonly #slotMs: number;
  #startMs: number;
  /** The line of the grid at or before `#startMs`, counted from the clock's zero. */
  #startSlot: number;
  #sent = 0;

  constructor(clock: FrameClock, order: PlayOrder, startMs: number) {
    if (order.scale === 0 || !(order.speed > 0)) {
      throw new RangeError(`Cannot schedule scale ${order.scale}, speed ${order.speed}`);
    }
    this.#clock = clock;
    this.#order = order;
    this.#startMs = startMs;
    this.#rate = clock.framesPerSecond * Math.min(1, Math.abs(order.scale));
    const intervalMs = 1000 / (this.#rate * order.speed);
    this.#slotsPerFrame = Math.ceil(intervalMs / MAX_SLOT_MS);
    this.#slotMs = intervalMs / this.#slotsPerFrame;
    this.#startSlot = Math.floor(startMs / this.#slotMs);
  }

  /** The frame to send next, as an index into the movie; `undefined` once the play is over. */
  get frame(): number | undefined {
    return this.#frameAt(this.#position(this.#sent));
  }

  /**
   * The frame that is to be sent so many frames after the next one; `undefined` where the play is over by
   * then.
   */
  frameAfter(count: number): number | undefined {
    return this.#frameAt(this.#position(this.#sent + count));
  }

  /** How many frames are sent in so many milliseconds, rounded up. */
  framesIn(ms: number): number {
    return Math.ceil(ms / (this.#slotMs * this.#slotsPerFrame));
  }

  #frameAt(position: number): number | undefined {
    const { frameCount } = this.#clock;
    if (this.#order.loop && Number.isFinite(frameCount)) {
      return (position % frameCount + frameCount) % frameCount;
    }
    return this.#isInside(position) ? position : undefined;
  }

  /**
   * Where a pause leaves the movie, between 0 and `frameCount`: the frame that forwards comes next,
   * backwards the one before it.
   */
  get resumeFrame(): number {
    const { frame: next } = this;
    const { frameCount } = this.#clock;
    const position = next ?? Math.max(-1, Math.min(this.#position(this.#sent), frameCount));
    return this.#order.scale > 0 ? Math.max(0, position) : Math.min(position + 1, frameCount);
  }

  /**
   * When the next frame is due, in monotonic milliseconds. Only the second frame's interval is shorter
   * than the others, by less than a slot of the grid.
   */
  get dueMs(): number {
    if (this.#sent === 0) return this.#startMs;
    return this.#slotMs * (this.#startSlot + this.#sent * this.#slotsPerFrame);
  }

  /** Media time of the next frame since the play's start, in seconds. */
  get mediaSeconds(): number {
    return this.#sent / this.#rate;
  }

  /** Media time at an instant since the play's start, in seconds; 0 before it. */
  mediaSecondsAt(ms: number): number {
    return Math.max(0, (ms - this.#startMs) / 1000 * this.#order.speed);
  }

  /** How many frames were sent. */
  get sent(): number {
    return this.#sent;
  }

  /** What is being played. */
  get order(): PlayOrder {
    return this.#order;
  }

  /** Whether the play ends where a PAUSE said, and not where its PLAY did. */
  get endsAtPausePoint(): boolean {
    return this.#pausePoint !== undefined;
  }

  /**
   * Ends the play before this frame (backwards: after it), as a PAUSE with a range asks (§10.6).
   *
   * @returns Whether the frame is still to come.
   */
  pauseAt(frame: number): boolean {
    const { frame: next } = this;
    const { scale, loop } = this.#order;
    if (next === undefined || loop || !this.#isInside(frame)) return false;
    if (scale > 0 ? frame < next : frame > next) return false;
    this.#pausePoint = frame;
    return true;
  }

  /** The next frame was sent. */
  advance(): void {
    this.#sent++;
  }

  /**
   * Moves the schedule when the process was held up for so long that catching up would be a burst.
   *
   * @returns By how many milliseconds it was moved: 0 as long as it is on time.
   */
  catchUp(nowMs: number): number {
    const behindMs = nowMs - this.dueMs;
    if (behindMs <= MAX_BEHIND_MS) return 0;
    this.#startMs += behindMs;
    this.#startSlot += Math.floor(behindMs / this.#slotMs);
    return behindMs;
  }

  #isInside(position: number): boolean {
    const { to, scale } = this.#order;
    const { frameCount } = this.#clock;
    const pausePoint = this.#pausePoint;
    if (scale > 0) {
      return position < Math.min(to ?? frameCount, pausePoint ?? frameCount, frameCount);
    }
    return position >= Math.max(to ?? 0, pausePoint ?? 0, 0);
  }

  #position(sent: number): number {
    const { from, scale } = this.#order;
    const steps = Math.floor(sent * Math.max(1, Math.abs(scale)));
    return scale > 0 ? from + steps : from - steps;
  }
}
