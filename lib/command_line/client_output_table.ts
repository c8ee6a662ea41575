import type { OptionTable } from "./option_table.ts";

/** The client's options for what it writes: pictures, movies, figures. */
export const CLIENT_OUTPUT_TABLE = {
  dump: {
    kind: "file",
    placeholder: "DIR",
    group: "Pictures",
    help: "write one JPEG a frame into this folder, 000001.jpg and so on, and frames.csv",
  },
  thumbnails: {
    kind: "file",
    placeholder: "DIR",
    group: "Pictures",
    help: "write small JPEGs into this folder",
  },
  sheet: {
    kind: "file",
    placeholder: "FILE",
    group: "Pictures",
    help: "write one picture of many frames with their numbers and times: .png or .jpg",
  },
  snapshot: {
    kind: "file",
    placeholder: "FILE",
    group: "Pictures",
    help: "write the first frame, a JPEG, then end",
  },
  every: {
    kind: "text",
    placeholder: "N|TIME",
    group: "Pictures",
    help: "not every frame: each 10th, or one in each 2s",
  },
  at: {
    kind: "text",
    placeholder: "TIMES",
    group: "Pictures",
    help:
      "the frames at these times of play, such as 1.5,3,10; then end, if nothing else wants more",
  },
  size: {
    kind: "integer",
    min: 8,
    max: 8192,
    default: 160,
    group: "Pictures",
    help: "the longer side of small pictures, in pixels",
  },
  columns: {
    kind: "integer",
    min: 1,
    max: 100,
    default: 6,
    group: "Pictures",
    help: "pictures side by side on a sheet",
  },
  record: {
    kind: "file",
    placeholder: "FILE",
    group: "Movies",
    help: "record: .Mjpeg is lab framing, .mjpeg a JPEG stream, .avi has each frame at its time",
  },
  segment: {
    kind: "duration",
    min: 100,
    max: 24 * 3_600_000,
    group: "Movies",
    help: "begin a new recording after this long: FILE-0001.avi and so on",
  },
  output: {
    kind: "text",
    placeholder: "-",
    short: "o",
    group: "Movies",
    help: "write the frames to standard output, a JPEG stream for pipes",
  },
  force: { kind: "flag", group: "Movies", help: "overwrite files that are there already" },
  pcap: {
    kind: "file",
    placeholder: "FILE",
    group: "Figures",
    help: "write all RTSP, RTP and RTCP into a capture that Wireshark opens (pcapng)",
  },
  stats: {
    kind: "file",
    placeholder: "FILE",
    group: "Figures",
    help: "write the statistics into this file; - is standard output",
  },
  statsFormat: {
    kind: "choice",
    choices: ["json", "csv", "prometheus"],
    default: "json",
    group: "Figures",
    help: "how: all figures as JSON or for Prometheus, or a line of CSV for each second",
  },
  report: {
    kind: "file",
    placeholder: "FILE",
    group: "Figures",
    help: "write a page with plots: .html, or the same as a picture: .png",
  },
  maxLoss: {
    kind: "text",
    placeholder: "PERCENT",
    group: "Figures",
    help: "end with exit code 4 where more packets are lost, such as 1%",
  },
  minFps: {
    kind: "number",
    min: 0,
    max: 1000,
    group: "Figures",
    help: "the same where fewer frames a second come",
  },
  maxJitter: {
    kind: "duration",
    min: 0,
    max: 60_000,
    group: "Figures",
    help: "the same where the jitter is more, such as 20ms",
  },
} as const satisfies OptionTable;
