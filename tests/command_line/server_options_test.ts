import { assert, assertEquals } from "@std/assert";
import { parseServerOptions } from "../../lib/command_line/server_options.ts";

const DEFAULTS = {
  port: 8554,
  host: "127.0.0.1",
  rtpPorts: undefined,
  packetSize: 1400,
  maxQueue: 500,
  cache: 256 * 1024 * 1024,
  multicast: undefined,
  tlsCert: undefined,
  tlsKey: undefined,
  sender: "auto",
  impair: undefined,
  workers: 1,
  sessionTimeout: 60_000,
  maxSessions: 5000,
  maxConnections: 5000,
  users: undefined,
  allow: [],
  digest: "md5",
  basic: false,
  http: undefined,
  httpHost: [],
  media: undefined,
  fps: 20,
  test: false,
  loop: false,
  labRtp: "exercise",
  noCut: false,
  ssrc: 0,
  trace: false,
  quiet: false,
} as const;

const GOOD: [string, object][] = [
  ["", {}],
  ["554", { port: 554 }],
  ["0 --host 0.0.0.0", { port: 0, host: "0.0.0.0" }],
  ["--media movies --fps 25 --loop --lab-rtp modern --no-cut --trace", {
    media: "movies",
    fps: 25,
    loop: true,
    labRtp: "modern",
    noCut: true,
    trace: true,
  }],
  ["--rtp-ports 6970-6999 --packet-size 1200 --session-timeout 2m", {
    rtpPorts: { from: 6970, to: 6999 },
    packetSize: 1200,
    sessionTimeout: 120_000,
  }],
  ["--workers 3 --sender native", { workers: 3, sender: "native" }],
  ["--impair loss=10%,seed=7", {
    impair: { loss: 0.1, delayMs: 0, jitterMs: 0, reorder: 0, duplicate: 0, seed: 7 },
  }],
  ["--multicast 239.1.2.3/4", { multicast: { group: "239.1.2.3", ttl: 4 } }],
  ["--users u --allow public=anyone --allow x=ann --digest sha256 --basic", {
    users: "u",
    allow: ["public=anyone", "x=ann"],
    digest: "sha256",
    basic: true,
  }],
  ["--tls-cert c.pem --tls-key k.pem", { tlsCert: "c.pem", tlsKey: "k.pem" }],
  ["--http 8080", { http: { hostname: "127.0.0.1", port: 8080 } }],
  ["--http [::]:0 --http-host a.example --http-host b.example", {
    http: { hostname: "::", port: 0 },
    httpHost: ["a.example", "b.example"],
  }],
  ["--ssrc 0xffffffff -q 9000", { ssrc: 0xffff_ffff, quiet: true, port: 9000 }],
];
for (const [line, values] of GOOD) {
  Deno.test(`parseServerOptions() reads "${line}"`, () => {
    const argv = line.split(" ").filter((arg) => arg !== "");
    const options = { ...DEFAULTS, ...values };
    assertEquals(parseServerOptions(argv, "1.0.0"), { kind: "options", options });
  });
}

const BAD: [string, string][] = [
  [
    "--impair loss=10",
    'Cannot read impairment "loss=10": loss is "10", not a percentage such as 2%',
  ],
  [
    "--impair loss=10% --sender gso",
    "--sender gso means nothing with --impair: datagrams leave one by one",
  ],
  [
    "--impair loss=10% --tls-cert c --tls-key k",
    "--impair and --tls-cert contradict each other",
  ],
  [
    "--http ::1:80",
    '--http needs [ADDRESS:]PORT, an IPv6 address in brackets, not "::1:80"',
  ],
  ["port", 'PORT needs an integer from 0 to 65535, not "port"'],
  ["65536", 'PORT needs an integer from 0 to 65535, not "65536"'],
  ["1 2", 'Too many arguments: "2" is one more than fit in zoetrope-server [PORT] [options]'],
  ["--fps 0", '--fps needs a number from 0.1 to 1000, not "0"'],
  ["--lab-rtp x", '--lab-rtp needs exercise or modern, not "x"'],
  ["--ssrc 4294967296", '--ssrc needs an integer from 0 to 4294967295, not "4294967296"'],
  [
    "--rtp-ports 6971-6972",
    '--rtp-ports needs FROM-TO with an even port and the next in it, not "6971-6972"',
  ],
  [
    "--multicast 10.0.0.1/1",
    '--multicast needs a group address and a TTL of 1 to 255, not "10.0.0.1/1"',
  ],
  ["--workers 0", '--workers needs an integer from 1 to 64 or auto, not "0"'],
  [
    "--workers 2 --http 8080",
    "--http needs one server that knows all sessions, not --workers 2",
  ],
  ["--sender x", '--sender needs auto, gso, mmsg or native, not "x"'],
  ["--tls-cert c.pem", "--tls-cert means nothing without --tls-key"],
  ["--allow x=anyone", "--allow means nothing without --users"],
  ["--trace --quiet", "--trace and --quiet contradict each other"],
  ["--medai x", "Unknown option --medai, did you mean --media?"],
];
for (const [line, message] of BAD) {
  Deno.test(`parseServerOptions() refuses "${line}"`, () => {
    assertEquals(parseServerOptions(line.split(" "), "1.0.0"), { kind: "problem", message });
  });
}

Deno.test("parseServerOptions() has a help text of 80 columns that names every option", () => {
  const parsed = parseServerOptions(["--help"], "1.0.0");
  assert(parsed.kind === "help");
  for (const line of parsed.text.split("\n")) assert(line.length <= 80, line);
  const names = [
    "host",
    "media",
    "fps",
    "loop",
    "lab-rtp",
    "no-cut",
    "ssrc",
    "trace",
    "quiet",
    "help",
  ];
  for (const name of names) assert(parsed.text.includes(` --${name}`), name);
  const text = "zoetrope-server 1.0.0\n";
  assertEquals(parseServerOptions(["-V"], "1.0.0"), { kind: "version", text });
});

Deno.test("parseServerOptions() has completions, also without a port", () => {
  const parsed = parseServerOptions(["--completions", "fish"], "1.0.0");
  assertEquals(parsed.kind, "help");
  const text = parsed.kind === "help" ? parsed.text : "";
  assertEquals(text.match(/^complete -c zoetrope-server -l (loop|media) .*$/gm)?.length, 2);
  assertEquals(parseServerOptions(["--completions", "csh"], "1.0.0"), {
    kind: "problem",
    message: '--completions needs bash, zsh or fish, not "csh"',
  });
});
