import type { OptionTable } from "./option_table.ts";
import { SERVER_ACCESS_TABLE } from "./server_access_table.ts";

/** The options of `zoetrope-client probe`. */
export const PROBE_OPTION_TABLE = {
  json: { kind: "flag", group: "Output", help: "print what was found as JSON" },
  trace: { kind: "flag", short: "t", group: "Output", help: "show each message as it is" },
  transport: {
    kind: "choice",
    choices: ["auto", "udp", "tcp", "multicast"],
    default: "auto",
    group: "Standard servers",
    help: "which transport to ask for; auto asks for udp, then for tcp",
  },
  ...SERVER_ACCESS_TABLE,
} as const satisfies OptionTable;
