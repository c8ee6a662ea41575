import type { OptionTable } from "./option_table.ts";

/** The server's options; `ServerOptions` is what comes of them. */
export const SERVER_OPTION_TABLE = {
  host: {
    kind: "address",
    group: "Network",
    default: "127.0.0.1",
    help: "the address to listen at; 0.0.0.0 opens the server to the network",
  },
  rtpPorts: {
    kind: "text",
    placeholder: "FROM-TO",
    group: "Network",
    help: "send RTP and RTCP from the first free pair of UDP ports in this range; " +
      "without it, the system chooses",
  },
  packetSize: {
    kind: "integer",
    min: 192,
    max: 65_507,
    default: 1400,
    group: "Network",
    help: "most bytes of an RTP packet in the standard dialect, header included",
  },
  maxQueue: {
    kind: "duration",
    min: 10,
    max: 60_000,
    default: 500,
    group: "Network",
    help: "leave frames out that a slow reader over TCP has not taken for this long",
  },
  cache: {
    kind: "size",
    min: 0,
    max: 2 ** 40,
    default: 256 * 1024 * 1024,
    group: "Movies",
    help: "memory for packetised frames, shared by all sessions",
  },
  multicast: {
    kind: "text",
    placeholder: "ADDRESS/TTL",
    group: "Network",
    help: "offer multicast to this group, such as 239.255.1.1/1: one sender for all who ask",
  },
  tlsCert: {
    kind: "file",
    group: "Network",
    help: "serve rtsps:// with this certificate (PEM); media stays inside the connection",
  },
  tlsKey: { kind: "file", group: "Network", help: "the certificate's private key (PEM)" },
  sender: {
    kind: "choice",
    choices: ["auto", "gso", "mmsg", "native"],
    default: "auto",
    group: "Network",
    help: "how datagrams are sent: cut by the kernel (gso) or in batches (mmsg), on Linux, or " +
      "one by one; auto takes the best that works",
  },
  impair: {
    kind: "text",
    placeholder: "FAULTS",
    group: "Network",
    help: "damage what leaves by UDP, such as loss=2%,delay=20ms,seed=7; also jitter, reorder, " +
      "duplicate",
  },
  workers: {
    kind: "text",
    placeholder: "N|auto",
    default: "1",
    group: "Network",
    help: "how many threads serve, each a whole server on the same port; auto: one a processor",
  },
  sessionTimeout: {
    kind: "duration",
    min: 1000,
    max: 24 * 3600 * 1000,
    default: 60_000,
    group: "Sessions",
    help: "end a session of the standard dialect that gives no sign of life for this long",
  },
  maxSessions: {
    kind: "integer",
    min: 1,
    max: 100_000,
    default: 5000,
    group: "Sessions",
    help: "most sessions at a time; more are answered 453",
  },
  maxConnections: {
    kind: "integer",
    min: 1,
    max: 100_000,
    default: 5000,
    group: "Sessions",
    help: "most RTSP connections at a time; others are closed at once",
  },
  users: {
    kind: "file",
    group: "Logins",
    help: "ask for a login; the users are in this file, as htdigest writes it",
  },
  allow: {
    kind: "text",
    repeat: true,
    placeholder: "FOLDER=WHO",
    group: "Logins",
    help: "who may see a folder: anyone, users, or names with commas between them",
  },
  digest: {
    kind: "choice",
    choices: ["md5", "sha256"],
    default: "md5",
    group: "Logins",
    help: "the Digest algorithms that are offered: MD5, or SHA-256 beside it",
  },
  basic: {
    kind: "flag",
    group: "Logins",
    help: "offer Basic beside Digest: passwords cross the network in the clear",
  },
  http: {
    kind: "text",
    placeholder: "[ADDRESS:]PORT",
    group: "Page",
    help: "serve a page with movies, sessions and log, snapshots and metrics over HTTP there; " +
      "at 127.0.0.1 unless an address is given",
  },
  httpHost: {
    kind: "address",
    repeat: true,
    placeholder: "NAME",
    group: "Page",
    help: "a name under which browsers may reach the page, beside its address and localhost",
  },
  media: {
    kind: "file",
    short: "m",
    placeholder: "DIR",
    group: "Movies",
    help: "the folder whose movies are served; without it, the movie that comes with the program",
  },
  fps: {
    kind: "number",
    min: 0.1,
    max: 1000,
    default: 20,
    group: "Movies",
    help: "frames a second of movies that do not say",
  },
  test: {
    kind: "flag",
    group: "Movies",
    help: "serve test pictures with number and time as well, made on the fly: " +
      "/test?size=640x480&fps=30",
  },
  loop: {
    kind: "flag",
    short: "l",
    group: "Movies",
    help: "start again at the end of a movie",
  },
  labRtp: {
    kind: "choice",
    choices: ["exercise", "modern"],
    default: "exercise",
    group: "Lab dialect",
    help:
      "RTP headers as the exercise's text has them (M=0, time in seconds), or as clients want " +
      "them that put cut frames together (M=1, 90 kHz)",
  },
  noCut: {
    kind: "flag",
    group: "Lab dialect",
    help: "skip and count frames that do not fit into one datagram; without it, they are cut",
  },
  ssrc: {
    kind: "integer",
    min: 0,
    max: 0xffff_ffff,
    default: 0,
    group: "Lab dialect",
    help: "the SSRC in all RTP packets, such as 1234 or 0x4d2",
  },
  trace: { kind: "flag", short: "t", group: "Output", help: "log each message as it is" },
  quiet: { kind: "flag", short: "q", group: "Output", help: "log nothing but failures" },
} as const satisfies OptionTable;
