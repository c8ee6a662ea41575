import type { Authenticator } from "../server/authenticator.ts";
import { formatEndpoint } from "../server/peer.ts";
import type { LogEvent } from "../server/server_output.ts";
import { HostRules } from "./host_rules.ts";
import { LogBuffer } from "./log_buffer.ts";
import type { MoviePort } from "./movie_port.ts";
import { PageAssets } from "./page_assets.ts";
import type { ServerPort } from "./server_port.ts";
import type { ServerStatus } from "./server_status.ts";
import { SYSTEM_CLOCK } from "./system_clock.ts";
import { WebHandler } from "./web_handler.ts";
import { WebHost } from "./web_host.ts";
import { WorkerScaler } from "./worker_scaler.ts";

/** What the server's page is opened with. */
export interface WebPageOptions {
  /** The local address to listen on. */
  readonly hostname: string;
  /** 0: chosen by the system. */
  readonly port: number;
  /** Names under which browsers may reach it, beside the address and localhost. */
  readonly allowedHosts: readonly string[];
  /** Serves https with these instead of http. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly version: string;
  readonly rtsp: ServerStatus["rtsp"];
  readonly movies: MoviePort;
  readonly server: ServerPort;
  /** Who may see what; absent: everybody everything. */
  readonly authenticator?: Authenticator;
  /** Takes what the page has to log. */
  report(event: LogEvent): void;
}

/** The server's page and its HTTP interface, while they are open. */
export class WebPage {
  readonly #handler: WebHandler;
  readonly #host: WebHost;
  readonly #scaler: WorkerScaler;
  readonly #log: LogBuffer;
  readonly #address: string;

  private constructor(options: WebPageOptions, assets: PageAssets) {
    const { hostname, tls, allowedHosts, report } = options;
    this.#scaler = new WorkerScaler();
    this.#log = new LogBuffer();
    this.#handler = new WebHandler({
      ...options,
      hosts: new HostRules(hostname, allowedHosts),
      assets,
      log: this.#log,
      scaler: this.#scaler,
      clock: SYSTEM_CLOCK,
      residentOctets: () => Deno.memoryUsage().rss,
    });
    const failed = (error: unknown) => {
      const message = `Cannot answer an HTTP request: ${error}`;
      report({ kind: "log", level: "error", message });
    };
    this.#host = new WebHost({ ...options, handler: this.#handler, failed });
    const isEvery = hostname === "0.0.0.0" || hostname === "::";
    const name = formatEndpoint(isEvery ? "localhost" : hostname, this.#host.port);
    this.#address = `${tls === undefined ? "http" : "https"}://${name}/`;
  }

  /**
   * Listens at once.
   *
   * @throws {Error} One sentence: the address or port cannot be had.
   */
  static async open(options: WebPageOptions): Promise<WebPage> {
    return new WebPage(options, await PageAssets.load());
  }

  /** Where to point a browser on this machine. */
  get address(): string {
    return this.#address;
  }

  /** Shows a line of the log. */
  log(event: LogEvent): void {
    if (event.level === "trace") return;
    this.#log.add(event, Date.now());
    this.#handler.logged();
  }

  /** The movies are others than before. */
  moviesChanged(): void {
    this.#handler.moviesChanged();
  }

  /** Ends everything; resolves when it has. */
  async close(): Promise<void> {
    this.#scaler.close();
    await this.#host.close();
  }
}
