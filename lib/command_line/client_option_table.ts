import { CLIENT_OUTPUT_TABLE } from "./client_output_table.ts";
import type { OptionTable } from "./option_table.ts";
import { SERVER_ACCESS_TABLE } from "./server_access_table.ts";

const LONGEST_PLAY_MS = 365 * 24 * 3_600_000;

/** All options of the client. */
export const CLIENT_OPTION_TABLE = {
  frames: {
    kind: "integer",
    short: "n",
    min: 1,
    max: 1e9,
    group: "Playing",
    help: "stop after this many frames",
  },
  duration: {
    kind: "duration",
    short: "d",
    min: 1,
    max: LONGEST_PLAY_MS,
    group: "Playing",
    help: "stop after playing this long, such as 10, 500ms or 2m",
  },
  reconnect: {
    kind: "flag",
    group: "Playing",
    help: "set up again what fails in mid-play, after 500ms and up to 10s, until it goes on",
  },
  script: {
    kind: "text",
    placeholder: '"STEPS"',
    group: "Playing",
    help:
      "what to do, without a terminal: setup, play, pause, teardown, describe, options, stop, " +
      "quit, wait:TIME, seek:TIME, scale:NUMBER",
  },
  buttons: {
    kind: "choice",
    choices: ["3", "4"],
    group: "Playing",
    help:
      "do nothing but what keys say: 4 for setup, play, pause, teardown; 3 for play, pause, stop",
  },
  window: {
    kind: "integer",
    placeholder: "[PORT]",
    min: 0,
    max: 65_535,
    alone: 0,
    group: "Playing",
    help: "show the picture and the buttons as a page on 127.0.0.1, at any free port unless given",
  },
  open: { kind: "flag", group: "Playing", help: "open that page in the desktop's browser" },
  impair: {
    kind: "text",
    placeholder: "FAULTS",
    group: "Playing",
    help:
      "damage what comes in over UDP, such as loss=2%,delay=20ms,seed=7; also jitter, reorder, " +
      "duplicate",
  },
  rtpPort: {
    kind: "integer",
    placeholder: "PORT",
    min: 0,
    max: 65_535,
    group: "Playing",
    help: "the UDP port for RTP where a URL is played, an even one; without it, any free one",
  },
  start: {
    kind: "duration",
    min: 0,
    max: LONGEST_PLAY_MS,
    group: "Standard servers",
    help: "where in the movie to start, such as 10, 1.5 or 2m",
  },
  end: {
    kind: "duration",
    min: 0,
    max: LONGEST_PLAY_MS,
    group: "Standard servers",
    help: "where in the movie to end",
  },
  scale: {
    kind: "number",
    min: -100,
    max: 100,
    group: "Standard servers",
    help: "how fast the movie goes by: 2 is twice as fast, -1 backwards",
  },
  speed: {
    kind: "number",
    min: 0.01,
    max: 100,
    group: "Standard servers",
    help: "how fast the server sends it: 2 is twice as fast as it is shown",
  },
  transport: {
    kind: "choice",
    choices: ["auto", "udp", "tcp", "multicast"],
    default: "auto",
    group: "Standard servers",
    help: "how media comes; auto tries udp, and tcp where that brings nothing",
  },
  dialect: {
    kind: "choice",
    choices: ["auto", "standard", "lab"],
    default: "auto",
    group: "Standard servers",
    help: "how to speak to the server of a URL; auto tries standard, and lab after 2 s",
  },
  ...SERVER_ACCESS_TABLE,
  ...CLIENT_OUTPUT_TABLE,
  test: {
    kind: "flag",
    group: "Output",
    help: "read the marks of test pictures (a server's /test) and tell how late they come",
  },
  trace: { kind: "flag", short: "t", group: "Output", help: "show each message as it is" },
  quiet: {
    kind: "flag",
    short: "q",
    group: "Output",
    help: "show nothing but failures, and no status line on a terminal",
  },
} as const satisfies OptionTable;
