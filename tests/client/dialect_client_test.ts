import { assert, assertEquals } from "@std/assert";
import { DialectClient } from "../../lib/client/dialect_client.ts";
import { LabClient } from "../../lib/client/lab_client.ts";
import { PlayReport } from "../../lib/client/play_report.ts";
import { StandardClient } from "../../lib/client/standard_client.ts";
import { standardTarget } from "../../lib/client/standard_target.ts";
import type { ClientOutput } from "../../lib/client/client_output.ts";
import { at } from "../support/now.ts";
import { SeededRandom } from "../support/random.ts";
import { bytesOf, textOf } from "../support/text.ts";

function newClient(): DialectClient {
  const target = standardTarget("rtsp://h:8554/movie.Mjpeg");
  const report = new PlayReport();
  const standard = new StandardClient({
    target,
    wishes: { transport: "auto" },
    product: "test",
    mayBeLab: true,
    report,
    random: new SeededRandom(1),
  });
  return new DialectClient(standard, () => new LabClient(target, report));
}

const LINK = { serverAddress: "192.0.2.7", rtpPort: 6000 };
const kindsOf = (outputs: readonly ClientOutput[]) =>
  outputs.map(({ kind }) => kind).filter((kind) => kind !== "log" && kind !== "message");
const linesOf = (outputs: readonly ClientOutput[]) =>
  outputs.flatMap((output) =>
    output.kind === "write" ? [textOf(output.bytes).split(/\r?\n/)[0]] : []
  );

Deno.test("DialectClient goes over to the lab after 2 s of silence, and does there what was asked", () => {
  const client = newClient();
  client.command({ kind: "setup" }, at(0));
  client.command({ kind: "play" }, at(0));
  assertEquals(linesOf(client.connected(LINK, at(0))), [
    "OPTIONS rtsp://h:8554/movie.Mjpeg RTSP/1.0",
  ]);
  assertEquals(client.wakeAtMs, 2000);
  const outputs = client.tick(at(2000));
  assertEquals(kindsOf(outputs), ["close", "connect"]);
  const warnings = outputs.flatMap((output) => output.kind === "log" ? [output.message] : []);
  assert(warnings.at(-1)?.includes("OPTIONS was not answered within 2 s"), warnings.join());
  assertEquals(linesOf(client.connected(LINK, at(2001))), ["SETUP movie.Mjpeg RTSP/1.0"]);
  client.receive(bytesOf("RTSP/1.0 200 OK\nCSeq: 1\nSession: 5\n\n"), at(2002));
  assertEquals([client.state, client.figures.dialect], ["ready", "lab"]);
});

Deno.test("DialectClient stays with a server that answers in the standard dialect", () => {
  const client = newClient();
  client.command({ kind: "setup" }, at(0));
  client.connected(LINK, at(0));
  client.receive(bytesOf("RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: SETUP\r\n\r\n"), at(1));
  const outputs = client.tick(at(2001));
  assertEquals(kindsOf(outputs), ["failure", "close"]);
  assertEquals(client.figures.dialect, "standard");
});

Deno.test("DialectClient does not try again where nobody listens", () => {
  const client = newClient();
  client.command({ kind: "setup" }, at(0));
  assertEquals(kindsOf(client.disconnected("nobody listens there", at(1))), ["failure"]);
});
