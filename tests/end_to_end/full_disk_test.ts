import { assert, assertEquals, assertMatch } from "@std/assert";
import { findProgram } from "../support/find_program.ts";
import { commandLine, ROOT, runClient, RunningProgram } from "../support/programs.ts";
import { readFrames } from "./play.ts";

/** In blocks of 512 bytes: two seconds of the built-in movie. */
const MOST_BLOCKS = 800;
const MOST_BYTES = 512 * MOST_BLOCKS;

/** Runs the client under a limit of the system for its files: a write beyond it fails, as on a full disk. */
async function runLimited(args: readonly string[]): Promise<{ code: number; stderr: string }> {
  const script = `trap "" XFSZ; ulimit -f ${MOST_BLOCKS}; exec "$@"`;
  const command = new Deno.Command("sh", {
    args: ["-c", script, "sh", ...commandLine("client", args)],
    cwd: ROOT,
    stdout: "null",
  });
  const { code, stderr } = await command.output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

/** The frames that an AVI's main header and its index tell of. */
function framesOf(avi: Uint8Array): [header: number, index: number] {
  const view = new DataView(avi.buffer);
  const text = new TextDecoder("latin1").decode(avi);
  return [view.getUint32(48, true), view.getUint32(text.lastIndexOf("idx1") + 4, true) / 16];
}

Deno.test({
  name:
    "a disk without room ends capture and recording whole, each with a sentence and exit code 1",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const folder = await Deno.makeTempDir({ prefix: "zoetrope-full-" });
    try {
      await using server = await RunningProgram.server(["--fps", "50"]);
      const [capture, recording] = [`${folder}/wire.pcapng`, `${folder}/all.avi`];
      const { code, stderr } = await runLimited([
        ...[`rtsp://127.0.0.1:${server.port}/movie.Mjpeg`, "--frames", "100"],
        ...["--pcap", capture, "--record", recording],
      ]);
      assertEquals(code, 1, stderr);
      const why = "the system allows no larger file";
      const [, written] = new RegExp(
        `^zoetrope-client: Cannot record "${recording}" any further at frame \\d+: ${why}; ` +
          "(\\d+) frames were written$",
        "m",
      ).exec(stderr) ?? [];
      assert(Number(written) > 10 && Number(written) < 100, stderr);
      assertMatch(
        stderr,
        new RegExp(`^zoetrope-client: Cannot write all of "${capture}": ${why}$`, "m"),
      );
      assertEquals(stderr.match(/^zoetrope-client: /gm)?.length, 2, stderr);
      const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
      assertEquals(names.sort(), ["all.avi", "wire.pcapng"]);

      const avi = await Deno.readFile(recording);
      assertEquals(framesOf(avi), [Number(written), Number(written)]);
      assertEquals(new DataView(avi.buffer).getUint32(4, true) + 8, avi.length);
      const converted = await runClient(["convert", recording, `${folder}/frames/`]);
      assertEquals(converted.code, 0, converted.stderr);
      assertEquals((await readFrames(`${folder}/frames`)).length, Number(written));

      const { size } = await Deno.stat(capture);
      assert(size <= MOST_BYTES && size > MOST_BYTES - 4096, `${size} bytes`);
      if (!await findProgram("tshark", ["--version"])) return;
      const tshark = new Deno.Command("tshark", {
        args: ["-r", capture, "-T", "fields", "-e", "frame.number"],
      });
      const read = await tshark.output();
      assertEquals(read.code, 0, new TextDecoder().decode(read.stderr)); // 2 where it is cut short
      assert(new TextDecoder().decode(read.stdout).split("\n").length > 100);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test({
  name: "standard output on a full disk is one sentence and exit code 1",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await using server = await RunningProgram.server(["--fps", "50"]);
    const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
    const command = new Deno.Command("sh", {
      args: ["-c", 'exec "$@" > /dev/full', "sh", ...commandLine("client", [url, "--frames", "3"])],
      cwd: ROOT,
    });
    const { code, stderr } = await command.output();
    assertEquals([code, new TextDecoder().decode(stderr)], [
      1,
      "State: READY\nState: PLAYING\nState: INIT\n" +
      "zoetrope-client: Cannot write to standard output: the disk is full\n",
    ]);
  },
});
