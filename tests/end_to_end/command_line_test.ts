import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { runClient, runServer } from "../support/programs.ts";

const RUN = { server: runServer, client: runClient } as const;
const URL_OF_NOBODY = "rtsp://127.0.0.1:9/movie.Mjpeg";

/** Command lines that are wrong, and a word of the sentence that says so. */
const WRONG: readonly (readonly [program: "server" | "client", args: string[], word: string])[] = [
  ["server", ["70000"], "70000"],
  ["server", ["port"], "port"],
  ["server", ["8554", "8555"], "8555"],
  ["server", ["--unknown"], "--unknown"],
  ["server", ["0", "--fps", "0"], "--fps"],
  ["server", ["0", "--fps", "fast"], "fast"],
  ["server", ["0", "--lab-rtp", "ancient"], "ancient"],
  ["server", ["0", "--ssrc", "-1"], "--ssrc"],
  ["server", ["0", "--media"], "--media"],
  ["server", ["0", "--trace", "--quiet"], "--quiet"],
  ["client", [], "HOST"],
  ["client", ["127.0.0.1", "8554"], "HOST"],
  ["client", ["127.0.0.1", "0", "25000", "movie.Mjpeg"], "PORT"],
  ["client", ["127.0.0.1", "8554", "65536", "movie.Mjpeg"], "65536"],
  ["client", ["ftp://127.0.0.1/movie.Mjpeg"], "ftp"],
  ["client", [URL_OF_NOBODY, "--unknown"], "--unknown"],
  ["client", [URL_OF_NOBODY, "--frames", "0"], "--frames"],
  ["client", [URL_OF_NOBODY, "--duration", "soon"], "soon"],
  ["client", [URL_OF_NOBODY, "--script", "play fly"], "fly"],
  ["client", [URL_OF_NOBODY, "--force"], "--dump"],
  ["client", [URL_OF_NOBODY, "--stats", "LICENSE/file"], "LICENSE/file"],
  ["client", [URL_OF_NOBODY, "--trace", "--quiet"], "--quiet"],
  ["client", ["127.0.0.1", "8554", "0", "two\nlines"], "two\\nlines"],
];

for (const [program, args, word] of WRONG) {
  Deno.test(
    `usage: zoetrope-${program} ${args.join(" ")} is wrong`.replaceAll("\n", " "),
    async () => {
      const { code, stdout, stderr } = await RUN[program](args);
      assertEquals([code, stdout], [2, ""], stderr);
      const [sentence = ""] = stderr.split("\n");
      assertMatch(sentence, new RegExp(`^zoetrope-${program}: [A-Z-]`));
      assertStringIncludes(sentence, word);
    },
  );
}

for (const program of ["server", "client"] as const) {
  Deno.test(`zoetrope-${program} --help names every option of its kind, with examples`, async () => {
    for (const flag of ["--help", "-h"]) {
      const { code, stdout, stderr } = await RUN[program]([flag]);
      assertEquals([code, stderr], [0, ""]);
      assertStringIncludes(stdout, `zoetrope-${program} ${config.version}: `);
      for (
        const heading of ["Usage:", "Arguments:", "Output:", "Examples:", "--help", "--version"]
      ) {
        assertStringIncludes(stdout, heading);
      }
      assertEquals(stdout.split("\n").filter((line) => line.length > 80), []);
    }
  });

  Deno.test(`zoetrope-${program} --version names program and version`, async () => {
    for (const flag of ["--version", "-V"]) {
      const finished = await RUN[program]([flag]);
      const stdout = `zoetrope-${program} ${config.version}\n`;
      assertEquals(finished, { code: 0, stdout, stderr: "" });
    }
  });
}
