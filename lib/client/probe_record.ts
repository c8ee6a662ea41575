import type { ProbeResult, ProbeStep, ProbeTrack, ProbeTransport } from "./probe_result.ts";
import type { AwaitedRequest } from "./rtsp_exchange.ts";
import type { MediaProtocol } from "./session_figures.ts";
import type { StandardStep } from "./standard_step.ts";

/** What a probe has found out so far, and when. */
export class ProbeRecord {
  readonly #url: string;
  readonly #steps: ProbeStep[] = [];
  #startMs = 0;
  #address: string | undefined;
  #connectMs: number | undefined;
  /** The header `Server`. */
  server: string | undefined;
  methods: readonly string[] = [];
  tracks: readonly ProbeTrack[] = [];
  sdp: string | undefined;
  readonly transports: ProbeTransport[] = [];
  /** The URLs to which the servers redirected, one after the other. */
  readonly redirects: string[] = [];

  constructor(url: string) {
    this.#url = url;
  }

  /** The connecting begins. */
  start(nowMs: number): void {
    this.#startMs = nowMs;
  }

  /** A connection stands; the first one is measured. */
  connected(address: string, port: number, nowMs: number): void {
    this.#address = `${address.includes(":") ? `[${address}]` : address}:${port}`;
    this.#connectMs ??= nowMs - this.#startMs;
  }

  /**
   * A request is done.
   *
   * @param protocol The transport that is asked for at this time.
   * @param status `undefined` where no answer came.
   */
  step(
    { method, sentMs, tag: { name } }: AwaitedRequest<StandardStep>,
    protocol: MediaProtocol | undefined,
    status: number | undefined,
    reason: string,
    nowMs: number,
  ): void {
    const hasProtocol = protocol !== undefined && (name === "setup" || name === "teardown");
    this.#steps.push({
      method,
      ...hasProtocol && { protocol },
      status,
      reason,
      atMs: sentMs - this.#startMs,
      tookMs: nowMs - sentMs,
    });
  }

  /** All of it. */
  result(problem: string | undefined): ProbeResult {
    const { server, methods, tracks, sdp, transports, redirects } = this;
    return {
      url: this.#url,
      redirects,
      address: this.#address,
      server,
      connectMs: this.#connectMs,
      steps: this.#steps,
      methods,
      tracks,
      sdp,
      transports,
      problem,
    };
  }
}
