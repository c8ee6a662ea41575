import type { OptionTable } from "./option_table.ts";

/** The options of `zoetrope-client convert`. */
export const CONVERT_OPTION_TABLE = {
  force: { kind: "flag", short: "f", group: "Files", help: "replace what is there already" },
  fps: {
    kind: "number",
    min: 0.1,
    max: 1000,
    default: 20,
    group: "Files",
    help: "frames a second of a movie that does not say",
  },
  quiet: { kind: "flag", short: "q", group: "Output", help: "show nothing but failures" },
} as const satisfies OptionTable;
