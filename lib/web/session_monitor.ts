import type { Now } from "../bytes/now.ts";
import type { ServerTotals } from "../server/server_totals.ts";
import type { SessionView } from "../server/session_view.ts";
import type { LoadSample, StatusEvent } from "./server_status.ts";
import type { SessionStatus } from "./session_status.ts";

/** How many samples are kept: five minutes. */
const MOST_SAMPLES = 300;

/** What is known of one session without its rates. */
export interface MeasuredSession extends SessionView {
  readonly droppedFrames: number;
}

interface Measured {
  readonly atMs: number;
  readonly octets: number;
  readonly frames: number;
}

/** How fast sessions go: looks at their counts once a second and keeps the last minutes. */
export class SessionMonitor {
  readonly #history: LoadSample[] = [];
  #sessions = new Map<string, Measured>();
  #total: Measured | undefined;
  #rates = new Map<string, Pick<SessionStatus, "bitsPerSecond" | "framesSentPerSecond">>();

  /** Once a second, the oldest first. */
  get history(): readonly LoadSample[] {
    return this.#history;
  }

  /** Sessions as they are now, with the rates of the last look. */
  withRates(sessions: readonly MeasuredSession[]): SessionStatus[] {
    return sessions.map((session) => ({
      ...session,
      ...this.#rates.get(session.id) ?? { bitsPerSecond: 0, framesSentPerSecond: 0 },
    }));
  }

  /** Looks at everything; rates are over the time since the look before. */
  look(sessions: readonly MeasuredSession[], totals: ServerTotals, now: Now): StatusEvent {
    const before = this.#sessions;
    this.#sessions = new Map();
    this.#rates = new Map();
    for (const { id, octets, frames } of sessions) {
      const measured = { octets, frames, atMs: now.monotonicMs };
      this.#sessions.set(id, measured);
      const { bitsPerSecond, framesPerSecond } = rates(before.get(id), measured);
      this.#rates.set(id, { bitsPerSecond, framesSentPerSecond: framesPerSecond });
    }
    const total = { ...totals, atMs: now.monotonicMs };
    const reports = sessions.map(({ reception }) => reception).filter((report) => report !== null);
    const sample: LoadSample = {
      atUnixMs: now.unixMs,
      sessions: sessions.length,
      ...rates(this.#total, total),
      worstLoss: largest(reports.map(({ fractionLost }) => fractionLost)),
      worstJitterMs: largest(reports.map(({ jitterMs }) => jitterMs)),
    };
    this.#total = total;
    this.#history.push(sample);
    if (this.#history.length > MOST_SAMPLES) this.#history.shift();
    return { sample, sessions: this.withRates(sessions) };
  }
}

function rates(
  before: Measured | undefined,
  after: Measured,
): { bitsPerSecond: number; framesPerSecond: number } {
  const seconds = (after.atMs - (before?.atMs ?? after.atMs)) / 1000;
  if (before === undefined || seconds <= 0) return { bitsPerSecond: 0, framesPerSecond: 0 };
  return {
    bitsPerSecond: Math.round((after.octets - before.octets) * 8 / seconds),
    framesPerSecond: Math.round((after.frames - before.frames) * 10 / seconds) / 10,
  };
}

function largest(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b));
}
