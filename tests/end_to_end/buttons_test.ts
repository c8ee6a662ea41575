import { assertEquals, assertStringIncludes } from "@std/assert";
import { commandLine, runClient, RunningProgram } from "../support/programs.ts";
import { labForm } from "./lab_form.ts";
import { requestsIn } from "./requests_in.ts";

const SCRIPT_COMMAND = "/usr/bin/script";
const hasTerminal = await Deno.stat(SCRIPT_COMMAND).then(() => true, () => false);

for (
  const [buttons, keys, requests] of [
    ["4", "spapt", ["SETUP", "PLAY", "PAUSE", "PLAY", "TEARDOWN"]],
    ["3", "paps", ["SETUP", "PLAY", "PAUSE", "PLAY", "TEARDOWN"]],
  ] as const
) {
  const name = `--buttons ${buttons} does what keys say on a terminal`;
  Deno.test({
    name: hasTerminal ? name : `${name} (skipped: ${SCRIPT_COMMAND} is not there)`,
    ignore: !hasTerminal,
    fn: async () => {
      await using server = await RunningProgram.server();
      const words = commandLine("client", [...labForm(server), "--buttons", buttons]);
      const command = words.map((word) => `'${word}'`).join(" ");
      const terminal = new Deno.Command(SCRIPT_COMMAND, {
        args: ["-q", "-e", "-c", command, "/dev/null"],
        stdin: "piped",
        stdout: "null",
        stderr: "null",
      }).spawn();
      const writer = terminal.stdin.getWriter();
      let answered = 0;
      for (const key of keys) {
        await new Promise((resolve) => setTimeout(resolve, answered === 0 ? 700 : 200));
        await writer.write(new TextEncoder().encode(key));
        answered += key === "p" && buttons === "3" && answered === 0 ? 2 : 1;
        await server.says("stderr", new RegExp(`(?:movie\\.Mjpeg: 200 OK[^]*){${answered}}`));
      }
      await writer.write(new TextEncoder().encode("q"));
      const { code } = await terminal.status;
      await writer.close().catch(() => {});
      assertEquals(code, 0);
      assertEquals(requestsIn((await server.stop()).stderr), [...requests]);
    },
  });
}

Deno.test("--buttons without a terminal is wrong usage", async () => {
  const { code, stderr } = await runClient([
    "127.0.0.1",
    "8554",
    "0",
    "movie.Mjpeg",
    "--buttons",
    "3",
  ]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "zoetrope-client: Cannot take keys: standard input is no terminal");
});
