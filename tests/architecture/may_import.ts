/** Which room of `lib/` may import from which; itself always. The order is the order of the floors. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  bytes: [],
  jpeg: ["bytes"],
  movie: ["bytes", "jpeg"],
  rtp: ["bytes"],
  rtsp: ["bytes"],
  sdp: ["bytes"],
  rtcp: ["bytes", "rtp"],
  "rtp_jpeg": ["bytes", "jpeg", "rtp"],
  "rtp_lab": ["bytes", "rtp"],
  "net_impair": ["bytes"],
  pcap: ["bytes"],
  server: ["bytes", "jpeg", "movie", "rtp", "rtcp", "rtp_jpeg", "rtp_lab", "rtsp", "sdp"],
  client: ["bytes", "jpeg", "rtp", "rtcp", "rtp_jpeg", "rtp_lab", "rtsp", "sdp"],
  report: ["client"],
  "command_line": ["bytes", "client", "net_impair"],
  files: ["bytes", "jpeg", "movie"],
  pictures: ["bytes", "jpeg", "movie"],
  web: ["bytes", "jpeg", "movie", "rtsp", "server"],
  page: ["web"],
  sockets: ["bytes", "movie", "rtp", "rtsp", "server", "client", "net_impair"],
  programs: [
    "bytes",
    "client",
    "command_line",
    "files",
    "movie",
    "net_impair",
    "pcap",
    "pictures",
    "report",
    "rtp",
    "server",
    "sockets",
    "web",
  ],
};

/** The rooms that know the outside; every other one takes bytes and time and returns what to do. */
export const IMPURE_ROOMS: readonly string[] = [
  "files",
  "sockets",
  "web",
  "page",
  "command_line",
  "programs",
];

/** Packages that one room only may import. */
export const OWN_PACKAGE: Readonly<Record<string, string>> = {
  "@std/cli": "command_line",
  "imagescript": "pictures",
  "fast-png": "pictures",
  "d3-": "report",
  "uplot": "page",
};
