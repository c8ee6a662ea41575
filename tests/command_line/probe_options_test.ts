import { assert, assertEquals } from "@std/assert";
import { parseProbeOptions } from "../../lib/command_line/probe_options.ts";

const URL_TEXT = "rtsp://127.0.0.1:8554/movie.Mjpeg";

Deno.test("parseProbeOptions() reads what to probe, and how", () => {
  const parsed = parseProbeOptions(
    [URL_TEXT, "--json", "--transport", "tcp", "--user", "ann:a:b"],
    "1.0.0",
  );
  assertEquals(parsed, {
    kind: "options",
    options: {
      json: true,
      trace: false,
      transport: "tcp",
      insecure: false,
      ca: undefined,
      login: { user: "ann", password: "a:b" },
      target: {
        form: "url",
        host: "127.0.0.1",
        port: 8554,
        file: "movie.Mjpeg",
        url: URL_TEXT,
        secure: false,
      },
    },
  });
});

const PROBLEMS: readonly (readonly [string[], string])[] = [
  [[], "URL is missing: zoetrope-client probe rtsp://HOST:PORT/FILE"],
  [["movie"], '"movie" is no URL: zoetrope-client probe rtsp://HOST:PORT/FILE'],
  [["http://host/"], 'Cannot play the URL "http://host/": its scheme is http'],
  [[URL_TEXT, "b"], 'Too many arguments: "b" is one more than fit in'],
  [[URL_TEXT, "--insecure"], "--insecure means nothing without rtsps://"],
  [["rtsps://host/a", "--transport", "udp"], "--transport udp contradicts rtsps"],
  [["rtsps://host/a", "--insecure", "--ca", "f"], "--insecure and --ca contradict each other"],
  [[URL_TEXT, "--user", "a\nb"], "--user holds control characters"],
  [[URL_TEXT, "--frames", "3"], "Unknown option --frames"],
];
for (const [argv, message] of PROBLEMS) {
  Deno.test(`parseProbeOptions() says what is wrong with ${JSON.stringify(argv)}`, () => {
    const parsed = parseProbeOptions(argv, "1.0.0");
    assert(parsed.kind === "problem" && parsed.message.startsWith(message), JSON.stringify(parsed));
  });
}

Deno.test("parseProbeOptions() has help and version", () => {
  const help = parseProbeOptions(["--help"], "1.2.3");
  assert(help.kind === "help" && help.text.includes("zoetrope-client probe rtsp://"));
  const version = parseProbeOptions(["-V"], "1.2.3");
  assertEquals(version, { kind: "version", text: "zoetrope-client probe 1.2.3\n" });
});
