import { assert, assertEquals } from "@std/assert";
import { parseClientOptions } from "../../lib/command_line/client_options.ts";

const LAB = ["127.0.0.1", "8554", "25000", "movie.Mjpeg"];
const LAB_TARGET = {
  form: "lab",
  host: "127.0.0.1",
  port: 8554,
  rtpPort: 25_000,
  file: "movie.Mjpeg",
} as const;
const URL_TARGET = {
  form: "url",
  host: "localhost",
  port: 8554,
  file: "movie.Mjpeg",
  url: "rtsp://localhost:8554/movie.Mjpeg",
} as const;

const DEFAULTS = {
  frames: undefined,
  duration: undefined,
  script: undefined,
  buttons: undefined,
  rtpPort: 0,
  dump: undefined,
  force: false,
  stats: undefined,
  trace: false,
  quiet: false,
} as const;

const GOOD: [string[], object][] = [
  [LAB, { target: LAB_TARGET, rtpPort: 25_000 }],
  [["::1", "1", "0", "a b"], {
    target: { form: "lab", host: "::1", port: 1, rtpPort: 0, file: "a b" },
  }],
  [["rtsp://localhost:8554/movie.Mjpeg"], { target: URL_TARGET }],
  [["rtsp://localhost:8554/movie.Mjpeg", "--rtp-port", "5000"], {
    target: URL_TARGET,
    rtpPort: 5000,
  }],
  [["RTSP://[::1]/a/b%20c?n=1"], {
    target: {
      form: "url",
      host: "::1",
      port: 554,
      file: "a/b%20c?n=1",
      url: "rtsp://[::1]/a/b%20c?n=1",
    },
  }],
  [[...LAB, "--dump", "out", "--force", "--frames", "10", "--duration", "2s", "--stats", "-"], {
    target: LAB_TARGET,
    rtpPort: 25_000,
    dump: "out",
    force: true,
    frames: 10,
    duration: 2000,
    stats: "-",
  }],
  [[...LAB, "--script", "setup wait:1", "--buttons", "3", "--trace"], {
    target: LAB_TARGET,
    rtpPort: 25_000,
    script: [{ kind: "setup" }, { kind: "wait", ms: 1000 }],
    buttons: 3,
    trace: true,
  }],
];
for (const [argv, values] of GOOD) {
  Deno.test(`parseClientOptions() reads ${argv.join(" ")}`, () => {
    const options = { ...DEFAULTS, ...values } as never;
    assertEquals(parseClientOptions(argv, "1.0.0"), { kind: "options", options });
  });
}

const WANTED = "wanted rtsp://HOST:PORT/FILE";
const BAD: [string[], string][] = [
  [[], "Nothing to play: give HOST PORT RTP_PORT FILE, or rtsp://HOST/FILE"],
  [
    ["localhost", "8554", "25000"],
    "Too few arguments: 3 are given, wanted HOST PORT RTP_PORT FILE, or rtsp://HOST/FILE",
  ],
  [
    [...LAB, "x"],
    'Too many arguments: "x" is one more than fit in ' +
    "zoetrope-client HOST PORT RTP_PORT FILE [options] or zoetrope-client rtsp://HOST:PORT/FILE [options]",
  ],
  [["a_b!", "1", "2", "f"], 'HOST needs a host name or an IP address, not "a_b!"'],
  [["h", "0", "2", "f"], 'PORT needs an integer from 1 to 65535, not "0"'],
  [["h", "1", "70000", "f"], 'RTP_PORT needs an integer from 0 to 65535, not "70000"'],
  [["h", "1", "2", ""], 'FILE needs the name of a movie, not ""'],
  [["h", "1", "2", "a\r\nb"], 'FILE needs the name of a movie, not "a\\r\\nb"'],
  [["http://h/f"], `Cannot play the URL "http://h/f": its scheme is http, ${WANTED}`],
  [["rtsp://h:99999/f"], `Cannot read the URL "rtsp://h:99999/f": ${WANTED}`],
  [["rtsp://h:0/f"], 'The URL\'s port needs an integer from 1 to 65535, not "0"'],
  [["rtsp:///f"], `Cannot play the URL "rtsp:///f": it names no host, ${WANTED}`],
  [["rtsp://h/"], `Cannot play the URL "rtsp://h/": it names no movie, ${WANTED}`],
  [["rtsp://h"], `Cannot play the URL "rtsp://h": it names no movie, ${WANTED}`],
  [
    ["rtsp://u:p@h/f"],
    `Cannot play the URL "rtsp://u:p@h/f": the lab dialect has no users, ${WANTED}`,
  ],
  [["rtsp://h/f", "g"], 'Too many arguments: "g" is one more than the URL'],
  [[...LAB, "--rtp-port", "1"], "--rtp-port and RTP_PORT contradict each other: give one of them"],
  [[...LAB, "--force"], "--force means nothing without --dump"],
  [[...LAB, "--trace", "-q"], "--trace and --quiet contradict each other"],
  [[...LAB, "--frames", "0"], '--frames needs an integer from 1 to 1000000000, not "0"'],
  [[...LAB, "--duration", "x"], '--duration needs a time from 1ms to 31536000s, not "x"'],
  [
    [...LAB, "--script", "wait"],
    'Cannot read the script: step 1 is "wait", a wait is written ' +
    "wait:2 or wait:500ms, up to wait:24h",
  ],
  [[...LAB, "--dunp", "x"], "Unknown option --dunp, did you mean --dump?"],
];
for (const [argv, message] of BAD) {
  Deno.test(`parseClientOptions() refuses ${JSON.stringify(argv.join(" "))}`, () => {
    assertEquals(parseClientOptions(argv, "1.0.0"), { kind: "problem", message });
  });
}

Deno.test("parseClientOptions() has a help text of 80 columns that names every option", () => {
  const parsed = parseClientOptions(["--help"], "1.0.0");
  assert(parsed.kind === "help");
  for (const line of parsed.text.split("\n")) assert(line.length <= 80, line);
  const names = ["frames", "duration", "script", "buttons", "rtp-port", "dump", "force", "stats"];
  for (const name of [...names, "trace", "quiet", "help", "version"]) {
    assert(parsed.text.includes(` --${name}`), name);
  }
});
