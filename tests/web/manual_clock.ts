import type { Now } from "../../lib/bytes/now.ts";
import type { WebClock } from "../../lib/web/web_clock.ts";
import { at } from "../support/now.ts";

interface Sleeper {
  readonly atMs: number;
  wake(): void;
}

/** A clock that is set by hand. */
export class ManualClock implements WebClock {
  #nowMs = 0;
  #sleepers: Sleeper[] = [];

  /** How many sleep. */
  get sleepers(): number {
    return this.#sleepers.length;
  }

  now(): Now {
    return at(this.#nowMs);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= 0 || signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper = { atMs: this.#nowMs + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => this.#wake([sleeper]));
    });
  }

  /** Time passes; those wake whose time has come, and what they do is done. */
  async advance(ms: number): Promise<void> {
    this.#nowMs += ms;
    this.#wake(this.#sleepers.filter(({ atMs }) => atMs <= this.#nowMs));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }

  #wake(awake: readonly Sleeper[]): void {
    this.#sleepers = this.#sleepers.filter((sleeper) => !awake.includes(sleeper));
    for (const { wake } of awake) wake();
  }
}
