import { assert, assertEquals } from "@std/assert";
import { ClientWindow } from "../../lib/web/client_window.ts";
import { RunningProgram } from "../support/programs.ts";
import { UnreadPage } from "./unread_page.ts";

const MEGABYTE = 1 << 20;

/** Lets the sockets work. */
const pass = () => new Promise((resolve) => setTimeout(resolve, 1));

/** Shows half a gigabyte of frames, and says much; returns by how much the process has grown. */
async function growth(window: ClientWindow, between: () => Promise<void>): Promise<number> {
  const before = Deno.memoryUsage().rss;
  for (let number = 1; number <= 1000; number++) {
    window.frame({ number, positionSeconds: null, jpeg: new Uint8Array(MEGABYTE / 2) });
    window.message("server", "x".repeat(8000), new Uint8Array(8000));
    await between();
  }
  return Deno.memoryUsage().rss - before;
}

for (const saysDrawn of [false, true]) {
  const how = saysDrawn ? "nothing and says that it draws" : "nothing";
  Deno.test(`a page that reads ${how} takes no more memory than it may`, async () => {
    const window = await ClientWindow.open({
      port: 0,
      hello: { version: "1.0.0", source: "a from b:1", buttons: 4 },
      request() {},
    });
    try {
      using page = await UnreadPage.open(window.address);
      while (!window.isWatched) await pass();
      const grown = await growth(window, async () => {
        if (saysDrawn) await page.say({ kind: "drawn" });
        await pass();
      });
      assert(grown < 150 * MEGABYTE, `${Math.round(grown / MEGABYTE)} MiB`);
    } finally {
      await window.close();
    }
  });
}

Deno.test("a page that reads nothing holds up nothing: the client receives every packet", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const stats = `${folder}/stats.json`;
    await using server = await RunningProgram.server(["--loop"]);
    const movie = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
    const args = ["--window", "--transport", "udp", "--frames", "100", "--stats", stats];
    await using client = RunningProgram.client([movie, ...args]);
    const [, url = ""] = await client.says("stdout", /Window: +(http:\S+)/);
    using page = await UnreadPage.open(url);
    await page.say({ kind: "setup" });
    await client.says("stderr", /State: READY/);
    await page.say({ kind: "play" });
    const { code } = await client.finished();
    const { packets, frames } = JSON.parse(await Deno.readTextFile(stats));
    assertEquals([code, packets.lost, frames.whole, frames.broken], [0, 0, 100, 0]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
