import { assert, assertEquals } from "@std/assert";
import { parseClientOptions } from "../../lib/command_line/client_options.ts";
import { numberedOptions } from "../../lib/programs/numbered_options.ts";

const URLS = ["rtsp://a/x", "rtsp://b/y"];

Deno.test("numberedOptions() gives each source names of its own, and leaves what all share", () => {
  const parsed = parseClientOptions([
    ...[...URLS, "--dump", "out/", "--thumbnails", "small", "--sheet", "a.b/sheet.png"],
    ...["--snapshot", "now", "--record", "out.avi", "--report", "r.html"],
    ...["--pcap", "all.pcapng", "--stats", "all.json"],
  ], "1.0.0");
  assert(parsed.kind === "options");
  const [options] = parsed.sources;
  assertEquals(numberedOptions(options, 2), {
    ...options,
    outputs: {
      ...options.outputs,
      dump: "out/2",
      thumbnails: "small/2",
      sheet: "a.b/sheet-2.png",
      snapshot: "now-2",
      record: "out-2.avi",
      report: "r-2.html",
    },
  });
});

Deno.test("numberedOptions() adds no output that was not asked for", () => {
  const parsed = parseClientOptions(URLS, "1.0.0");
  assert(parsed.kind === "options");
  const [options] = parsed.sources;
  assertEquals(numberedOptions(options, 1), options);
});

Deno.test("numberedOptions() derives a seed for each source, the first one's being that given", () => {
  const impair = `loss=2%,seed=${2 ** 32 - 1}`;
  const parsed = parseClientOptions([...URLS, "--impair", impair], "1.0.0");
  assert(parsed.kind === "options");
  const [options] = parsed.sources;
  const seeds = [1, 2, 3].map((number) => numberedOptions(options, number).impair?.seed);
  assertEquals(seeds, [2 ** 32 - 1, 0, 1]);
  assertEquals(numberedOptions(options, 2).impair?.loss, 0.02);
});
