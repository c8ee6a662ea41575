import { assertEquals } from "@std/assert";
import { parseClientOptions } from "../../lib/command_line/client_options.ts";
import { endsWithPictures } from "../../lib/command_line/ends_with_pictures.ts";

const CASES: [string, boolean][] = [
  ["--dump d --at 1,2", true],
  ["--thumbnails d --sheet s.png --at 1 --frames 100 --reconnect", true],
  ["--dump d", false],
  ["--dump d --every 2s", false],
  ["--dump d --at 1 --record r.avi", false],
  ["--dump d --at 1 -o -", false],
  ["--dump d --at 1 --stats -", false],
  ["--dump d --at 1 --report r.html", false],
  ["--dump d --at 1 --pcap p.pcapng", false],
  ["--dump d --at 1 --max-loss 1%", false],
  ["--dump d --at 1 --test", false],
  ["--dump d --at 1 --window 0", false],
  ["--dump d --at 1 --buttons 4", false],
  ["--dump d --at 1 --script play", false],
];
for (const [words, wanted] of CASES) {
  Deno.test(`endsWithPictures() is ${wanted} for ${words}`, () => {
    const parsed = parseClientOptions(["rtsp://host/movie", ...words.split(" ")], "1");
    if (parsed.kind !== "options") throw new Error(JSON.stringify(parsed));
    assertEquals(endsWithPictures(parsed.sources[0]), wanted);
  });
}
