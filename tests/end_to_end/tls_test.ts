import { assertEquals, assertMatch } from "@std/assert";
import { findProgram } from "../support/find_program.ts";
import { runClient, RunningProgram } from "../support/programs.ts";

/** A certificate for 127.0.0.1 that is valid for a day, and its key, as files in a new folder. */
async function makeCertificate(): Promise<{ folder: string; cert: string; key: string }> {
  const folder = await Deno.makeTempDir({ prefix: "zoetrope-tls-" });
  const [cert, key] = [`${folder}/cert.pem`, `${folder}/key.pem`];
  const { success } = await new Deno.Command("openssl", {
    args: [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"],
      ...["-keyout", key, "-out", cert, "-subj", "/CN=localhost"],
      ...["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
      ...["-addext", "basicConstraints=critical,CA:FALSE"],
    ],
    stdout: "null",
    stderr: "null",
  }).output();
  assertEquals(success, true);
  return { folder, cert, key };
}

const OPTIONS = new TextEncoder().encode("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n");

/** What comes back before the connection ends, or the first read's bytes. */
async function firstReply(connection: Deno.Conn): Promise<string> {
  const buffer = new Uint8Array(1024);
  const length = await connection.read(buffer);
  return new TextDecoder("latin1").decode(buffer.subarray(0, length ?? 0));
}

Deno.test({
  name: "rtsps:// is served inside TLS, and plain RTSP on that port harms nobody",
  ignore: !await findProgram("openssl"),
  fn: async () => {
    const { folder, cert, key } = await makeCertificate();
    try {
      await using server = await RunningProgram.server(["--tls-cert", cert, "--tls-key", key]);
      assertMatch(server.stdout, /rtsps:\/\/127\.0\.0\.1:\d+\/movie\.Mjpeg/);
      const { port } = server;
      using plain = await Deno.connect({ hostname: "127.0.0.1", port });
      await plain.write(OPTIONS);
      assertEquals((await firstReply(plain)).includes("RTSP/1.0"), false);
      const caCerts = [await Deno.readTextFile(cert)];
      using secure = await Deno.connectTls({ hostname: "127.0.0.1", port, caCerts });
      await secure.write(OPTIONS);
      assertMatch(await firstReply(secure), /^RTSP\/1\.0 200 OK\r\nCSeq: 1\r\n/);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test({
  name: "rtsp:// to a TLS port, and rtsps:// to a plain one, are told in one sentence",
  ignore: !await findProgram("openssl"),
  fn: async () => {
    const { folder, cert, key } = await makeCertificate();
    try {
      await using secure = await RunningProgram.server(["--tls-cert", cert, "--tls-key", key]);
      await using plain = await RunningProgram.server();
      const cases = [
        [
          `rtsp://127.0.0.1:${secure.port}`,
          "seems to speak TLS there: rtsps:// instead of rtsp://",
        ],
        [
          `rtsps://127.0.0.1:${plain.port}`,
          "does not speak TLS there: rtsp:// instead of rtsps://",
        ],
      ] as const;
      for (const [place, what] of cases) {
        const rest = `movie.Mjpeg from ${place.replace(/.*\/\//, "")}: the server ${what} may do\n`;
        const played = await runClient([`${place}/movie.Mjpeg`]);
        assertEquals([played.code, played.stderr], [1, `zoetrope-client: Cannot play ${rest}`]);
        const probed = await runClient(["probe", `${place}/movie.Mjpeg`]);
        assertEquals([probed.code, probed.stderr], [1, `zoetrope-client: Cannot probe ${rest}`]);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
