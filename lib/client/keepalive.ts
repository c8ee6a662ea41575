/** RFC 2326 §12.37: where the server does not say it. */
const DEFAULT_TIMEOUT_SECONDS = 60;

/** Longest time that makes sense for a session: some servers say 2^31 seconds. */
const MOST_TIMEOUT_SECONDS = 24 * 3600;

/**
 * Keeps a session alive (RFC 2326 §12.37): at half its timeout after the last request, with the method
 * that the server offers, or with OPTIONS, which every server has.
 */
export class Keepalive {
  #timeoutMs: number | undefined;
  #lastMs = 0;
  #count = 0;
  #hasGetParameter = false;

  /** Requests that were sent for this alone. */
  get count(): number {
    return this.#count;
  }

  /** When the next one is due; `undefined` without a session. */
  get dueMs(): number | undefined {
    return this.#timeoutMs === undefined ? undefined : this.#lastMs + this.#timeoutMs / 2;
  }

  /** The session's timeout; `undefined` without a session. */
  get timeoutMs(): number | undefined {
    return this.#timeoutMs;
  }

  /** The method to use. */
  get method(): "GET_PARAMETER" | "OPTIONS" {
    return this.#hasGetParameter ? "GET_PARAMETER" : "OPTIONS";
  }

  /** The server has named its methods. */
  offered(methods: ReadonlySet<string>): void {
    this.#hasGetParameter = methods.has("GET_PARAMETER");
  }

  /** The server does not know the method after all. */
  refused(): void {
    this.#hasGetParameter = false;
  }

  /** A session is there. */
  begin(timeoutSeconds: number | undefined, nowMs: number): void {
    const seconds = Math.min(timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS, MOST_TIMEOUT_SECONDS);
    this.#timeoutMs = seconds * 1000;
    this.#lastMs = nowMs;
  }

  /** The session is over. */
  end(): void {
    this.#timeoutMs = undefined;
  }

  /** A request went out, which keeps the session as well. */
  touched(nowMs: number): void {
    this.#lastMs = nowMs;
  }

  /** One was sent for this alone. */
  sent(nowMs: number): void {
    this.#count++;
    this.#lastMs = nowMs;
  }
}
