import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { formatHex } from "../../lib/bytes/hex.ts";
import { md5 } from "../../lib/rtsp/md5.ts";
import { RunningProgram } from "../support/programs.ts";
import { bytesOf } from "../support/text.ts";
import { browserTests, openPage } from "./browser.ts";
import { RecordingProxy } from "./recording_proxy.ts";

/** Opens every message of a side, and reads the bytes of their dumps. */
async function dumped(page: Page, from: "client" | "server"): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const entry of await page.locator(`#log li.${from}`).all()) {
    await entry.locator("summary").click();
    const dump = entry.locator("pre");
    await dump.getByText(/^0000 /).waitFor();
    parts.push(bytesOfDump(await dump.textContent() ?? ""));
  }
  return joinBytes(parts);
}

function bytesOfDump(dump: string): Uint8Array {
  return joinBytes(
    dump.split("\n").map((line, row) => {
      const [, offset = "", digits = ""] = /^([0-9a-f]{4,}) {2}((?:[0-9a-f]{2} )+)/.exec(line) ??
        [];
      assertEquals(parseInt(offset, 16), row * 16, line);
      return Uint8Array.from(digits.trim().split(" "), (pair) => parseInt(pair, 16));
    }),
  );
}

/** Sets up, describes and plays; ends with the play's last reply on the page. */
async function converse(page: Page): Promise<void> {
  for (const [name, state] of [["DESCRIBE"], ["SETUP", "READY"], ["PLAY", "PLAYING"]] as const) {
    await page.getByRole("button", { name, exact: true }).click();
    if (state !== undefined) await page.getByText(`State: ${state}`).waitFor();
  }
  await page.getByRole("button", { name: "PAUSE", exact: true }).click();
  await page.getByText("State: READY").waitFor();
}

for (const dialect of ["standard", "lab"] as const) {
  browserTests(`the conversation of the ${dialect} dialect, in Chromium`, {
    "shows the bytes that went over the wire, when asked to": async (browser) => {
      await using server = await RunningProgram.server();
      await using proxy = new RecordingProxy(server.port);
      const target = dialect === "lab"
        ? ["127.0.0.1", String(proxy.port), "0", "movie.Mjpeg"]
        : [`rtsp://127.0.0.1:${proxy.port}/movie.Mjpeg`];
      await using client = RunningProgram.client([...target, "--window"]);
      const [, url = ""] = await client.says("stdout", /Window: +(http:\S+)/);
      const { page, problems } = await openPage(browser, url);
      const fetched: string[] = [];
      page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
      await converse(page);
      assertEquals(fetched.filter((path) => path.startsWith("/messages/")), []);
      for (const by of ["client", "server"] as const) {
        const bytes = await dumped(page, by);
        assert(bytes.length > 100, `${bytes.length} bytes`);
        assertEquals(formatHex(bytes), formatHex(proxy.sent(by)));
      }
      assertEquals(problems, []);
    },
  });
}

browserTests("the conversation with a login, in Chromium", {
  "never shows the password, not even in bytes, and opens by keys": async (browser) => {
    const folder = await Deno.makeTempDir();
    try {
      const users = `${folder}/users`;
      const digest = md5(bytesOf("ann:zoetrope:secret"));
      await Deno.writeTextFile(users, `ann:zoetrope:${digest}\n`);
      await using server = await RunningProgram.server(["--users", users]);
      const movie = `rtsp://ann:secret@127.0.0.1:${server.port}/movie.Mjpeg`;
      await using client = RunningProgram.client([movie, "--window"]);
      const [, url = ""] = await client.says("stdout", /Window: +(http:\S+)/);
      const { page } = await openPage(browser, url);
      await page.getByRole("button", { name: "SETUP", exact: true }).click();
      await page.getByText("State: READY").waitFor();
      const entry = page.locator("#log li.client").filter({ hasText: "Authorization" }).first();
      assertMatch(
        await entry.locator(".message").textContent() ?? "",
        /Authorization: \(not shown\)/,
      );
      await entry.locator("summary").press("Enter");
      await entry.locator("pre").getByText("****").first().waitFor();
      const dump = await entry.locator("pre").textContent() ?? "";
      const text = dump.split("\n").map((line) => line.slice(55)).join("");
      assertMatch(text, /Authorization: \*{50,}\.\./);
      assert(!/ann|secret|response/.test(text), text);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
