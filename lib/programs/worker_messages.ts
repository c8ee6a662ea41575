import type { ServerTotals } from "../server/server_totals.ts";
import type { StartOptions } from "./start_server.ts";

/** What a supervisor tells a worker. */
export type WorkerOrder =
  | { readonly kind: "start"; readonly options: StartOptions }
  | { readonly kind: "stop" };

/** What a worker tells its supervisor. */
export type WorkerMessage =
  | { readonly kind: "listening"; readonly port: number }
  | { readonly kind: "totals"; readonly totals: ServerTotals }
  | { readonly kind: "failed"; readonly sentence: string }
  | { readonly kind: "stopped" };
