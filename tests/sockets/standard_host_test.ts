import { assert, assertEquals } from "@std/assert";
import type { ClientFrame } from "../../lib/client/client_frame.ts";
import { PLAY_THROUGH, type PlayPlan } from "../../lib/client/play_plan.ts";
import { PlayReport } from "../../lib/client/play_report.ts";
import type { PlayResult } from "../../lib/client/play_result.ts";
import { PlayRunner } from "../../lib/client/play_runner.ts";
import type { PlayWishes } from "../../lib/client/play_wishes.ts";
import { StandardClient } from "../../lib/client/standard_client.ts";
import { standardTarget } from "../../lib/client/standard_target.ts";
import { type Impairment, NO_IMPAIRMENT } from "../../lib/net_impair/impairment.ts";
import { ClientHost, type PlayEvent } from "../../lib/sockets/client_host.ts";
import type { TlsTrust } from "../../lib/sockets/connect_client.ts";
import { SecureRandom } from "../../lib/sockets/secure_random.ts";
import { RunningProgram } from "../support/programs.ts";

/** Enough for a few of everything, and short. */
const FRAMES = 12;

interface Played {
  readonly result: PlayResult;
  readonly frames: readonly ClientFrame[];
  readonly events: readonly PlayEvent[];
}

/** Plays from one of our servers. */
async function play(
  url: string,
  wishes: Partial<PlayWishes> = {},
  trust?: TlsTrust,
  plan: Partial<PlayPlan> = {},
  impair?: Impairment,
): Promise<Played> {
  const target = standardTarget(url);
  const report = new PlayReport();
  const machine = new StandardClient({
    target,
    wishes: { transport: "auto", ...wishes },
    product: "test",
    mayBeLab: false,
    report,
    random: new SecureRandom(),
  });
  const runner = new PlayRunner(machine, report, target, {
    ...PLAY_THROUGH,
    frames: FRAMES,
    ...plan,
  });
  const frames: ClientFrame[] = [];
  const events: PlayEvent[] = [];
  const host = new ClientHost({
    runner,
    rtpPort: 0,
    ...trust !== undefined && { trust },
    ...impair !== undefined && { impair },
    notice: (event) => {
      events.push(event);
      if (event.kind === "frame") frames.push(event.frame);
    },
  });
  return { result: await host.play(), frames, events };
}

function assertWhole({ result, frames }: Played, protocol: "udp" | "tcp"): void {
  assertEquals([result.outcome, frames.length], ["played", FRAMES], result.sentence);
  const { packets, frames: counts, transport } = result.summary;
  assertEquals([packets.lost, counts.broken, transport?.protocol], [0, 0, protocol]);
  for (const { jpeg } of frames) {
    assertEquals([...jpeg.subarray(0, 2), ...jpeg.subarray(-2)], [0xff, 0xd8, 0xff, 0xd9]);
  }
}

for (const transport of ["udp", "tcp"] as const) {
  Deno.test(`ClientHost plays our server by the standard dialect over ${transport}`, async () => {
    await using server = await RunningProgram.server();
    const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
    assertWhole(await play(url, { transport }), transport);
  });
}

Deno.test("ClientHost plays our server over IPv6, by UDP and by TCP", async () => {
  await using server = await RunningProgram.server(["--host", "::1"]);
  const url = `rtsp://[::1]:${server.port}/movie.Mjpeg`;
  assertWhole(await play(url, { transport: "udp" }), "udp");
  assertWhole(await play(url, { transport: "tcp" }), "tcp");
});

Deno.test("ClientHost says once that over TCP a bad network has no effect", async () => {
  await using server = await RunningProgram.server();
  const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  const played = await play(url, {}, undefined, {}, { ...NO_IMPAIRMENT, loss: 1 });
  assertWhole(played, "tcp");
  const warnings = played.events.flatMap((event) =>
    event.kind === "log" && event.level === "warning" ? [event.message] : []
  );
  assertEquals(warnings, [
    "The bad network has no effect: it damages datagrams, " +
    "and media comes inside the RTSP connection, over TCP",
  ]);
});

Deno.test("ClientHost plays a part of the movie to its end, which BYE tells", async () => {
  await using server = await RunningProgram.server();
  const url = `rtsp://127.0.0.1:${server.port}/movie.Mjpeg`;
  const { result, frames, events } = await play(
    url,
    { startSeconds: 2, endSeconds: 2.5 },
    undefined,
    { frames: 1000 },
  );
  assertEquals([result.outcome, frames.length], ["played", 10]);
  assert(events.some(({ kind }) => kind === "endOfStream"));
  assert(Math.abs((frames[0]?.positionSeconds ?? 0) - 2) < 0.01);
  assert(Math.abs((frames.at(-1)?.ntpUnixMs ?? 0) - Date.now()) < 5_000);
});

Deno.test("ClientHost plays rtsps, and trusts only whom it is told to trust", async (t) => {
  const folder = await Deno.makeTempDir();
  try {
    const [cert, key] = [`${folder}/cert.pem`, `${folder}/key.pem`];
    if (!await makeCertificate(cert, key)) {
      // deno-lint-ignore no-console
      console.log("skipped: rtsps, since openssl is not installed");
      return;
    }
    await using server = await RunningProgram.server(["--tls-cert", cert, "--tls-key", key]);
    const url = `rtsps://127.0.0.1:${server.port}/movie.Mjpeg`;
    await t.step("not whom the system does not know", async () => {
      const { result } = await play(url);
      assertEquals(result.outcome, "failed");
      assert(result.sentence.includes("the server's certificate is not trusted"), result.sentence);
    });
    await t.step("whom a file names", async () => {
      const certificates = [await Deno.readTextFile(cert)];
      assertWhole(await play(url, {}, { insecure: false, certificates }), "tcp");
    });
    await t.step("anybody", async () => {
      assertWhole(await play(url, {}, { insecure: true, certificates: [] }), "tcp");
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("ClientHost says that a server without TLS speaks none", async () => {
  await using server = await RunningProgram.server();
  const url = `rtsps://127.0.0.1:${server.port}/movie.Mjpeg`;
  for (const insecure of [false, true]) {
    const { result } = await play(url, {}, { insecure, certificates: [] });
    assertEquals(result.outcome, "failed");
    assertEquals(
      result.sentence,
      `Cannot play movie.Mjpeg from 127.0.0.1:${server.port}: ` +
        "the server does not speak TLS there: rtsp:// instead of rtsps:// may do",
    );
  }
});

/** A certificate for 127.0.0.1 that is no authority's, and not one itself. */
async function makeCertificate(cert: string, key: string): Promise<boolean> {
  const args = [
    ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test"],
    ...["-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"],
    ...["-keyout", key, "-out", cert],
  ];
  try {
    const { success } = await new Deno.Command("openssl", { args, stderr: "null" }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
