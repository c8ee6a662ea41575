import { assertEquals, assertStringIncludes } from "@std/assert";
import { RunningProgram } from "../support/programs.ts";
import { bytesOf, textOf } from "../support/text.ts";
import { labMovieFile } from "../support/lab_movie.ts";
import { OWN_FRAMES } from "./movies.ts";

/** Names that must not be opened, and what the log says of them. */
const HOSTILE: readonly (readonly [name: string, why: string])[] = [
  ["../secret.Mjpeg", `the name has a part ".."`],
  ["folder/../../secret.Mjpeg", `the name has a part ".."`],
  ["%2e%2e/secret.Mjpeg", `the name has a part ".."`],
  ["..%2fsecret.Mjpeg", "the name has an encoded slash"],
  ["..%5csecret.Mjpeg", "backslash"],
  ["..\\secret.Mjpeg", "the name has a backslash"],
  ["/etc/passwd", "the name is empty, absolute, or has an empty part"],
  ["folder//inner.Mjpeg", "the name is empty, absolute, or has an empty part"],
  ["movie.Mjpeg%00.jpg", "the name has a NUL"],
  ["link_out.Mjpeg", "it leads out of the media folder"],
  ["link_folder/secret.Mjpeg", "it leads out of the media folder"],
  ["link_device.Mjpeg", "it leads out of the media folder"],
  ["folder", "it is a folder"],
  [".", `the name has a part "."`],
  ["constructor", "there is no such file or folder"],
  [`${"a".repeat(180)}.Mjpeg`, "there is no such file or folder"],
];

/** A media folder with all that a name could lead to, and a secret beside it. */
async function makeMedia(root: string): Promise<string> {
  const media = `${root}/media`;
  const movie = labMovieFile(OWN_FRAMES.slice(0, 2));
  await Deno.mkdir(`${media}/folder`, { recursive: true });
  await Deno.mkdir(`${root}/outside`);
  await Deno.writeFile(`${root}/secret.Mjpeg`, movie);
  await Deno.writeFile(`${root}/outside/secret.Mjpeg`, movie);
  await Deno.writeFile(`${media}/movie.Mjpeg`, movie);
  await Deno.writeFile(`${media}/folder/inner.Mjpeg`, movie);
  await Deno.symlink(`${root}/secret.Mjpeg`, `${media}/link_out.Mjpeg`);
  await Deno.symlink(`${root}/outside`, `${media}/link_folder`);
  await Deno.symlink("/dev/zero", `${media}/link_device.Mjpeg`);
  await Deno.symlink("movie.Mjpeg", `${media}/link_within.Mjpeg`);
  return media;
}

/** One SETUP, and what one read returns. */
async function setup(connection: Deno.TcpConn, name: string, cseq: number): Promise<string> {
  const transport = "Transport: RTP/UDP; client_port= 25000";
  await connection.write(bytesOf(`SETUP ${name} RTSP/1.0\nCSeq: ${cseq}\n${transport}`));
  const buffer = new Uint8Array(256);
  return textOf(buffer.subarray(0, await connection.read(buffer) ?? 0));
}

Deno.test("names that lead out of the media folder are 404, and the log says why", async () => {
  const root = await Deno.makeTempDir({ prefix: "zoetrope-names-" });
  try {
    await using server = await RunningProgram.server(["--media", await makeMedia(root)]);
    using connection = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
    let cseq = 0;
    for (const [name] of HOSTILE) {
      const reply = await setup(connection, name, ++cseq);
      assertEquals(reply, `RTSP/1.0 404 Not Found\r\nCSeq: ${cseq}\r\nSession: 0\r\n\r\n`, name);
    }
    for (const name of ["movie.Mjpeg", "folder/inner.Mjpeg", "link_within.Mjpeg"]) {
      assertStringIncludes(await setup(connection, name, ++cseq), "RTSP/1.0 200 OK\r\n", name);
    }
    using other = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
    assertStringIncludes(await setup(other, "movie.Mjpeg\0", 1), "RTSP/1.0 404 Not Found\r\n");
    const { stderr } = await server.stop();
    const warnings = stderr.split("\n").filter((line) => line.includes(": 404 Not Found, "));
    assertEquals(warnings.length, HOSTILE.length + 1, stderr);
    for (const [i, [name, why]] of HOSTILE.entries()) {
      assertStringIncludes(warnings[i] ?? "", why, name);
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
