import type { Now } from "../bytes/now.ts";
import { defectSentence } from "./defect_sentence.ts";
import { MulticastCarrier } from "./multicast_carrier.ts";
import type { ServerOutput } from "./server_output.ts";
import type { PlayFailure, ServerSession } from "./server_session.ts";
import type { SessionRegistry, Task } from "./session_registry.ts";
import { StandardSession } from "./standard_session.ts";
import { TimerQueue } from "./timer_queue.ts";

/**
 * From the end of the last frame's time to the goodbye over UDP: FFmpeg reads RTCP before RTP that
 * waits beside it, and drops that RTP at the goodbye.
 */
const GOODBYE_DELAY_MS = 200;

/** Longest time for which nobody looks after a session that plays. */
const MAX_SLEEP_MS = 60_000;

/** A session whose next frame may be due, unless it was played anew since. */
interface DueSession {
  readonly session: ServerSession;
  readonly generation: number;
}

/** What the plays of a server work with. */
export interface DuePlaysParts {
  readonly registry: SessionRegistry;
  /** What is rare: the goodbye after the end. */
  readonly tasks: TimerQueue<Task>;
  /** Takes what is to be done. */
  emit(output: ServerOutput): void;
}

/** All sessions that play: sends the frames of each when they are due, until its play ends or breaks off. */
export class DuePlays {
  readonly #parts: DuePlaysParts;
  readonly #due = new TimerQueue<DueSession>();

  constructor(parts: DuePlaysParts) {
    this.#parts = parts;
  }

  /** When `send()` is to be called at the latest, in monotonic milliseconds; `undefined`: nothing plays. */
  get nextMs(): number | undefined {
    return this.#due.nextMs;
  }

  /** Looks after a session's playback from its `dueMs` on, and no longer after its play before. */
  schedule(session: ServerSession, now: Now): void {
    const generation = ++session.generation;
    const { dueMs } = session.playback;
    if (dueMs !== undefined) this.#wakeFor({ session, generation }, dueMs, now);
  }

  /** Sends what is due; a defect of ours ends the play alone that it is met in. */
  send(now: Now): void {
    for (;;) {
      const due = this.#due.take(now.monotonicMs);
      if (due === undefined) return;
      if (due.generation !== due.session.generation) continue;
      try {
        this.#play(due, now);
      } catch (error) {
        this.stop(due.session, { kind: "movie", reason: defectSentence(error) });
      }
    }
  }

  /**
   * Breaks a play off: the session is ready again, and its next PLAY is answered with the failure; so it is
   * with all members of a group that play.
   */
  stop(session: ServerSession, failure: PlayFailure): void {
    session.playback.pause();
    session.generation++;
    const members = session instanceof MulticastCarrier ? [...session.members] : [];
    for (const broken of [session, ...members.filter(({ state }) => state === "playing")]) {
      broken.state = "ready";
      broken.failure = failure;
    }
    this.#parts.registry.log("error", session, failure.reason);
  }

  /** Sends what is due of one session, and looks after it again when the next frame is. */
  #play(due: DueSession, now: Now): void {
    const { session } = due;
    for (;;) {
      const step = session.playback.step(now);
      switch (step.kind) {
        case "frame": {
          const { header, frame } = step;
          const { id, route } = session;
          if (frame.sequenceStep === "shared") this.#warnOnce(session, "cut", step.number);
          this.#parts.emit({ kind: "frame", session: id, route, header, frame });
          break;
        }
        case "skipped":
          this.#warnOnce(session, "skipped", step.number);
          break;
        case "wait":
          if (step.dueMs !== undefined) this.#wakeFor(due, step.dueMs, now);
          return;
        case "end":
          return this.#ended(session, step.paused, now);
        case "broken":
          return this.stop(session, { kind: "movie", reason: step.error.message });
        default:
          step satisfies never;
      }
    }
  }

  #ended(session: ServerSession, paused: boolean, now: Now): void {
    session.ended();
    const { frames } = session.playback.counts;
    const what = paused ? "Paused as it was asked to" : "End of the play";
    this.#parts.registry.log("info", session, `${what} after ${frames} frames`);
    if (paused || !(session instanceof StandardSession)) return;
    const { generation } = session;
    const delayMs = session.route.kind === "udp" ? GOODBYE_DELAY_MS : 0;
    this.#parts.tasks.put(now.monotonicMs + delayMs, (later) => {
      if (session.generation !== generation) return; // played anew, or gone with its own goodbye
      this.#parts.registry.sayGoodbye(session, later, "end of stream");
    });
  }

  #warnOnce(session: ServerSession, what: "cut" | "skipped", number: number): void {
    if (session.warned.includes(what)) return;
    session.warned = [...session.warned, what];
    const frame = `Frame ${number} of "${session.lease.movie.name}"`;
    const done = what === "cut"
      ? "fits no datagram and is cut into pieces, which few lab clients put together"
      : session.dialect === "lab"
      ? "fits no datagram and is left out"
      : "cannot be carried over RTP and is left out";
    this.#parts.registry.log("warning", session, `${frame} ${done}; so are others like it`);
  }

  /** Looks in between at what is due much later: what was called off meanwhile is not kept so long. */
  #wakeFor(due: DueSession, dueMs: number, now: Now): void {
    this.#due.put(Math.min(dueMs, now.monotonicMs + MAX_SLEEP_MS), due);
  }
}
