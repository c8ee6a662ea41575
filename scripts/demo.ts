/**
 * The main job in one command: starts the server on a free port of this machine, plays its movie with the
 * client, writes the frames into out/ and prints the conversation and the statistics.
 */
import config from "../deno.json" with { type: "json" };

const ROOT = new URL("../", import.meta.url);

/** What deno.json's task runs, with these arguments. */
function taskCommand(task: "serve" | "play", args: readonly string[]): Deno.Command {
  const [, ...words] = config.tasks[task].command.split(" ");
  return new Deno.Command(Deno.execPath(), {
    args: [...words, ...args],
    cwd: ROOT,
    stdin: "null",
    stdout: task === "serve" ? "piped" : "inherit",
    stderr: "inherit",
  });
}

/** The address of the first movie that the server says it serves. */
async function firstAddress(stdout: ReadableStream<Uint8Array>): Promise<string | undefined> {
  let said = "";
  const decoder = new TextDecoder();
  for await (const chunk of stdout.values({ preventCancel: true })) {
    said += decoder.decode(chunk, { stream: true });
    const [address] = /rtsp:\/\/\S+(?=\s)/.exec(said) ?? [];
    if (address !== undefined) return address;
  }
  return undefined;
}

const server = taskCommand("serve", ["0", "--quiet"]).spawn();
let code = 1;
try {
  const address = await firstAddress(server.stdout);
  if (address !== undefined) {
    const args = [address, "--dump", "out", "--force", "--trace", ...Deno.args];
    code = (await taskCommand("play", args).output()).code;
  }
} finally {
  server.kill("SIGTERM");
  await server.stdout.cancel();
  await server.status;
}
Deno.exit(code);
