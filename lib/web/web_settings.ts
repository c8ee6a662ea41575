import type { Authenticator } from "../server/authenticator.ts";
import type { LogEvent } from "../server/server_output.ts";
import type { HostRules } from "./host_rules.ts";
import type { JpegScaler } from "./jpeg_scaler.ts";
import type { LogBuffer } from "./log_buffer.ts";
import type { MoviePort } from "./movie_port.ts";
import type { PageAssets } from "./page_assets.ts";
import type { ServerPort } from "./server_port.ts";
import type { ServerStatus } from "./server_status.ts";
import type { WebClock } from "./web_clock.ts";

/** What the server's pages are made of. */
export interface WebSettings {
  readonly version: string;
  /** Where RTSP is, for the addresses to copy. */
  readonly rtsp: ServerStatus["rtsp"];
  readonly hosts: HostRules;
  readonly assets: PageAssets;
  readonly movies: MoviePort;
  readonly server: ServerPort;
  /** Who may see what; absent: everybody everything. */
  readonly authenticator?: Authenticator;
  /** What the pages show of the log; whoever logs adds to it. */
  readonly log: LogBuffer;
  readonly scaler: JpegScaler;
  readonly clock: WebClock;
  /** Memory of the process, in bytes. */
  residentOctets(): number;
  /** Takes what the pages have to log. */
  report(event: LogEvent): void;
}
