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
  secure: false,
} as const;

const OUTPUTS = {
  dump: undefined,
  thumbnails: undefined,
  sheet: undefined,
  snapshot: undefined,
  choice: undefined,
  size: 160,
  columns: 6,
  record: undefined,
  segmentMs: undefined,
  toStdout: false,
  force: false,
  stats: undefined,
  statsFormat: "json",
  report: undefined,
  pcap: undefined,
  limits: undefined,
} as const;

const DEFAULTS = {
  frames: undefined,
  duration: undefined,
  reconnect: false,
  script: undefined,
  buttons: undefined,
  window: undefined,
  open: false,
  impair: undefined,
  rtpPort: 0,
  outputs: OUTPUTS,
  test: false,
  trace: false,
  quiet: false,
  dialect: "auto",
  insecure: false,
  ca: undefined,
  login: undefined,
  wishes: { transport: "auto" },
} as const;

const GOOD: [string[], object][] = [
  [["--window", ...LAB], { target: LAB_TARGET, rtpPort: 25_000, window: 0 }],
  [[...LAB, "--window", "9000", "--open", "--buttons", "3"], {
    target: LAB_TARGET,
    rtpPort: 25_000,
    window: 9000,
    open: true,
    buttons: 3,
  }],
  [[...LAB, "--window", "--impair", "loss=2%,seed=7"], {
    target: LAB_TARGET,
    rtpPort: 25_000,
    window: 0,
    impair: { loss: 0.02, delayMs: 0, jitterMs: 0, reorder: 0, duplicate: 0, seed: 7 },
  }],
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
      secure: false,
    },
  }],
  [["rtsps://me:p%40ss@h/", "--insecure"], {
    target: {
      form: "url",
      host: "h",
      port: 322,
      file: "",
      url: "rtsps://h/",
      secure: true,
      login: { user: "me", password: "p@ss" },
    },
    insecure: true,
  }],
  [
    [
      ...["rtsp://localhost:8554/movie.Mjpeg", "--user", "me:a:b", "--dialect", "standard"],
      ...["--transport", "tcp", "--start", "1.5", "--end", "1m", "--scale", "2", "--speed", "0.5"],
    ],
    {
      target: URL_TARGET,
      dialect: "standard",
      login: { user: "me", password: "a:b" },
      wishes: { transport: "tcp", startSeconds: 1.5, endSeconds: 60, scale: 2, speed: 0.5 },
    },
  ],
  [["rtsp://localhost:8554/movie.Mjpeg", "--scale=-1", "--start", "9", "--end", "2"], {
    target: URL_TARGET,
    wishes: { transport: "auto", startSeconds: 9, endSeconds: 2, scale: -1 },
  }],
  [[...LAB, "--dump", "out", "--force", "--frames", "10", "--duration", "2s", "--stats", "-"], {
    target: LAB_TARGET,
    rtpPort: 25_000,
    frames: 10,
    duration: 2000,
    outputs: { ...OUTPUTS, dump: "out", force: true, stats: "-" },
  }],
  [[...LAB, "--sheet", "s.jpg", "--columns", "4", "--every", "2s", "--max-loss", "1%"], {
    target: LAB_TARGET,
    rtpPort: 25_000,
    outputs: {
      ...OUTPUTS,
      sheet: "s.jpg",
      columns: 4,
      choice: { kind: "everyMs", intervalMs: 2000 },
      limits: { maxLoss: 0.01, minFramesPerSecond: undefined, maxJitterMs: undefined },
    },
  }],
  [[...LAB, "--record", "r.avi", "--segment", "1m", "-o", "-", "--min-fps", "19"], {
    target: LAB_TARGET,
    rtpPort: 25_000,
    outputs: {
      ...OUTPUTS,
      record: "r.avi",
      segmentMs: 60_000,
      toStdout: true,
      limits: { maxLoss: undefined, minFramesPerSecond: 19, maxJitterMs: undefined },
    },
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
    assertEquals(parseClientOptions(argv, "1.0.0"), { kind: "options", sources: [options] });
  });
}

for (const shell of ["bash", "zsh", "fish"]) {
  Deno.test(`parseClientOptions() has completions for ${shell}, without anything to play`, () => {
    const parsed = parseClientOptions(["--completions", shell], "1.0.0");
    assert(parsed.kind === "help" && parsed.text.includes("max-jitter"), parsed.kind);
  });
}

Deno.test("parseClientOptions() reads several URLs, the same twice too: options for each", () => {
  const url = "rtsp://localhost:8554/movie.Mjpeg";
  const parsed = parseClientOptions([url, "--frames", "9", "rtsp://u:p@h/a", url], "1.0.0");
  assert(parsed.kind === "options");
  const login = { user: "u", password: "p" };
  const other = { form: "url", host: "h", port: 554, file: "a", url: "rtsp://h/a" } as const;
  const targets = [URL_TARGET, { ...other, secure: false, login }, URL_TARGET];
  const wanted = targets.map((target) => ({ ...DEFAULTS, target, frames: 9 }));
  assertEquals<unknown>(parsed.sources, wanted);
});

const TWO = ["rtsp://h/f", "rtsp://h/g"];
const BESIDE = "beside a URL: give URLs alone, or HOST PORT RTP_PORT FILE";
const WANTED = "wanted rtsp://HOST:PORT/FILE";
const BAD: [string[], string][] = [
  [[], "Nothing to play: give HOST PORT RTP_PORT FILE, or rtsp://HOST/FILE"],
  [
    ["localhost", "8554", "25000"],
    "Too few arguments: 3 are given, wanted HOST PORT RTP_PORT FILE, or rtsp://HOST/FILE",
  ],
  [
    [...LAB, "x"],
    'Too many arguments: "x" is one more than HOST PORT RTP_PORT FILE',
  ],
  [["a_b!", "1", "2", "f"], 'HOST needs a host name or an IP address, not "a_b!"'],
  [["h", "0", "2", "f"], 'PORT needs an integer from 1 to 65535, not "0"'],
  [["h", "1", "70000", "f"], 'RTP_PORT needs an integer from 0 to 65535, not "70000"'],
  [["h", "1", "2", ""], 'FILE needs the name of a movie, not ""'],
  [["h", "1", "2", "a\r\nb"], 'FILE needs the name of a movie, not "a\\r\\nb"'],
  [["http://h/f"], `Cannot play the URL "http://h/f": its scheme is http, ${WANTED}`],
  [
    ["rtsp://h:99999/f"],
    `Cannot read the URL "rtsp://h:99999/f": its port is 99999, wanted 1 to 65535`,
  ],
  [["rtsp://h:0/f"], `Cannot read the URL "rtsp://h:0/f": its port is 0, wanted 1 to 65535`],
  [["rtsp:///f"], `Cannot read the URL "rtsp:///f": ${WANTED}`],
  [
    ["rtsp://h/a b"],
    `Cannot play the URL "rtsp://h/a b": spaces and the like are written as %20 in a URL`,
  ],
  [["rtsp://u:secret@h:x/f"], `Cannot read the URL "rtsp://u:…@h:x/f": ${WANTED}`],
  [
    ["rtsp://u:%0d@h/f"],
    'Cannot play the URL "rtsp://u:…@h/f": its user or password holds control characters',
  ],
  [
    ["rtsp://u:p@h/f", "--dialect", "lab"],
    "--dialect lab contradicts the URL: the lab dialect has no users",
  ],
  [
    ["rtsps://h/f", "--dialect", "lab"],
    "--dialect lab contradicts the URL: the lab dialect has no TLS",
  ],
  [
    ["rtsp://h/", "--dialect", "lab"],
    "--dialect lab contradicts the URL: the lab dialect has no movies without a name",
  ],
  [[...LAB, "--start", "1"], "--start means nothing in the lab dialect"],
  [[...LAB, "--transport", "tcp"], "--transport means nothing in the lab dialect"],
  [[...LAB, "--dialect", "standard"], "--dialect standard needs a URL: rtsp://HOST:PORT/FILE"],
  [["rtsp://h/f", "--insecure"], "--insecure means nothing without rtsps://"],
  [["rtsps://h/f", "--insecure", "--ca", "x"], "--insecure and --ca contradict each other"],
  [
    ["rtsps://h/f", "--transport", "udp"],
    "--transport udp contradicts rtsps: what is inside TLS stays there, over tcp",
  ],
  [["rtsp://h/f", "--scale", "0"], "--scale needs a number other than 0"],
  [["rtsp://h/f", "--start", "5", "--end", "2"], "--end 2 is not after --start 5"],
  [
    ["rtsp://h/f", "--start", "2", "--end", "5", "--scale=-1"],
    "--end 5 is not before --start 2",
  ],
  [
    ["rtsp://h/f", "--rtp-port", "5001"],
    "--rtp-port needs an even port, RTCP takes the next one: not 5001",
  ],
  [["rtsp://h/f", "--user", "a\nb"], "--user holds control characters"],
  [["rtsp://h/f", "g"], `Cannot play "g" ${BESIDE}`],
  [["h", "1", "2", "rtsp://h/f"], `Cannot play "h" ${BESIDE}`],
  [[...TWO, "http://h/f"], `Cannot play the URL "http://h/f": its scheme is http, ${WANTED}`],
  [[...TWO, "--window"], "--window contradicts 2 URLs: it shows one source"],
  [[...TWO, "--window", "--open"], "--window contradicts 2 URLs: it shows one source"],
  [[...TWO, "--buttons", "4"], "--buttons contradicts 2 URLs: they steer one source"],
  [
    [...TWO, "--rtp-port", "5000"],
    "--rtp-port contradicts 2 URLs: each source needs ports of its own",
  ],
  [
    [...TWO, "rtsp://h/f", "-o", "-"],
    "--output - contradicts 3 URLs: standard output takes the frames of one source",
  ],
  [[...TWO, "--insecure"], "--insecure means nothing without rtsps://"],
  [
    ["rtsp://h/f", "rtsp://h/", "--dialect", "lab"],
    "--dialect lab contradicts the URL: the lab dialect has no movies without a name",
  ],
  [[...LAB, "--rtp-port", "1"], "--rtp-port and RTP_PORT contradict each other: give one of them"],
  [
    [...LAB, "--force"],
    "--force means nothing without --dump, --record or another option that writes files",
  ],
  [[...LAB, "--every", "2"], "--every means nothing without --dump, --thumbnails or --sheet"],
  [
    [...LAB, "--at", "2", "--snapshot", "a"],
    "--at means nothing without --dump, --thumbnails or --sheet",
  ],
  [[...LAB, "--dump", "d", "--every", "2", "--at", "1"], "--every and --at contradict each other"],
  [
    [...LAB, "--dump", "d", "--every", "x"],
    '--every needs a number of frames or a time, such as 10 or 2s, not "x"',
  ],
  [
    [...LAB, "--dump", "d", "--at", "1;2"],
    '--at needs times with commas between them, such as 1.5,3,10, not "1;2"',
  ],
  [[...LAB, "--sheet", "a.gif"], '--sheet needs a file that ends in .png or .jpg, not "a.gif"'],
  [[...LAB, "--report", "a.pdf"], '--report needs a file that ends in .html or .png, not "a.pdf"'],
  [[...LAB, "--segment", "1s"], "--segment means nothing without --record"],
  [[...LAB, "--columns", "3"], "--columns means nothing without --sheet"],
  [
    [...LAB, "--dump", "a", "--thumbnails", "./a/"],
    '--dump and --thumbnails contradict each other: both want "a"',
  ],
  [
    [...LAB, "--stats", "a.html", "--report", ".//a.html"],
    '--report and --stats contradict each other: both want ".//a.html"',
  ],
  [
    [...LAB, "--pcap", "-"],
    "--pcap writes no standard output: frames go there by --output -, figures by --stats -",
  ],
  [[...LAB, "--snapshot", "a.png"], '--snapshot writes a JPEG, which ends in .jpg: not "a.png"'],
  [[...LAB, "--size", "90"], "--size means nothing without --thumbnails or --sheet"],
  [["rtsp://h/f", "--user", "x"], "--user needs NAME:PASSWORD, a name and a colon at least"],
  [["rtsp://h/f", "--user", ":x"], "--user needs NAME:PASSWORD, a name and a colon at least"],
  [[...LAB, "--stats-format", "csv"], "--stats-format means nothing without --stats"],
  [
    [...LAB, "-o", "-", "--stats", "-"],
    "--output - and --stats - contradict each other: both want standard output",
  ],
  [
    [...LAB, "-o", "file"],
    '--output needs - for standard output, not "file": --record writes files',
  ],
  [
    [...LAB, "--max-loss", "1"],
    '--max-loss needs a percentage from 0% to 100%, such as 1%, not "1"',
  ],
  [[...LAB, "--trace", "-q"], "--trace and --quiet contradict each other"],
  [[...LAB, "--frames", "0"], '--frames needs an integer from 1 to 1000000000, not "0"'],
  [[...LAB, "--duration", "x"], '--duration needs a time from 1ms to 31536000s, not "x"'],
  [
    [...LAB, "--script", "wait"],
    'Cannot read the script: step 1 is "wait", a wait is written ' +
    "wait:2 or wait:500ms, up to wait:24h",
  ],
  [[...LAB, "--window=x"], '--window needs an integer from 0 to 65535, not "x"'],
  [[...LAB, "--open"], "--open means nothing without --window"],
  [[...LAB, "--window", "--script", "play"], "--window and --script contradict each other"],
  [
    [...LAB, "--impair", "loss=2"],
    'Cannot read impairment "loss=2": loss is "2", not a percentage such as 2%',
  ],
  [
    ["rtsp://h/f", "--transport", "tcp", "--impair", "loss=2%"],
    "--impair means nothing over tcp: it damages datagrams",
  ],
  [
    ["rtsps://h/f", "--impair", "loss=2%"],
    "--impair means nothing over TLS: it damages datagrams",
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
  const standard = ["start", "end", "scale", "speed", "transport", "dialect", "user", "insecure"];
  for (
    const name of [
      ...names,
      ...standard,
      "window",
      "open",
      "impair",
      "ca",
      "trace",
      "quiet",
      "help",
      "version",
    ]
  ) {
    assert(parsed.text.includes(` --${name}`), name);
  }
});
