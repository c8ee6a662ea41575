import type { OptionTable } from "./option_table.ts";

/** How to get in where a server wants a login or is inside TLS: the same for every command. */
export const SERVER_ACCESS_TABLE = {
  user: {
    kind: "text",
    placeholder: "NAME:PASSWORD",
    group: "Standard servers",
    help: "who logs in, where the URL does not say it",
  },
  insecure: {
    kind: "flag",
    group: "Standard servers",
    help: "take any certificate of an rtsps server, also one that it made itself",
  },
  ca: {
    kind: "file",
    placeholder: "FILE",
    group: "Standard servers",
    help: "trust the certificates in this PEM file beside the system's",
  },
} as const satisfies OptionTable;
