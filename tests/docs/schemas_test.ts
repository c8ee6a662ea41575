import { assert, assertEquals } from "@std/assert";
import statistics from "../../docs/statistics.schema.json" with { type: "json" };
import probe from "../../docs/probe.schema.json" with { type: "json" };
import { labForm } from "../end_to_end/lab_form.ts";
import { ROOT, runClient, RunningProgram, type RunningServer } from "../support/programs.ts";
import { type JsonSchema, schemaFaults } from "../support/schema_faults.ts";

/** Nobody listens there. */
const NOWHERE = "rtsp://127.0.0.1:1/none";
const PLAY = ["--frames", "30"];

/** What is played, and the exit code that comes of it. */
const PLAYS: readonly (readonly [
  name: string,
  arguments: (server: RunningServer) => readonly string[],
  code: number,
])[] = [
  ["a play by UDP", (server) => [movie(server), ...PLAY], 0],
  ["a play by TCP", (server) => [movie(server), "--transport", "tcp", ...PLAY], 0],
  ["a play in the lab dialect", (server) => [...labForm(server), ...PLAY], 0],
  ["a play with loss", (server) => [movie(server), "--impair", "loss=5%,seed=1", ...PLAY], 0],
  ["a movie that is not there", (server) => [movie(server, "none")], 3],
  ["a server that is not there", () => [NOWHERE], 1],
  ["several sources", (server) => [movie(server), movie(server, "none"), ...PLAY], 3],
];

function movie(server: RunningServer, name = "movie.Mjpeg"): string {
  return `rtsp://127.0.0.1:${server.port}/${name}`;
}

for (const [name, args, wanted] of PLAYS) {
  Deno.test(`docs/statistics.schema.json describes the statistics of ${name}`, async () => {
    await using server = await RunningProgram.server(["--fps", "50"]);
    const { code, stdout } = await runClient([...args(server), "-q", "--stats", "-"]);
    assertEquals(code, wanted);
    assertEquals(schemaFaults(JSON.parse(stdout), statistics as JsonSchema, statistics), []);
  });
}

Deno.test("docs/probe.schema.json describes what a probe prints", async () => {
  await using server = await RunningProgram.server();
  for (const [url, wanted] of [[movie(server), 0], [movie(server, "none"), 3], [NOWHERE, 1]]) {
    const { code, stdout } = await runClient(["probe", String(url), "--json"]);
    assertEquals(code, wanted);
    assertEquals(schemaFaults(JSON.parse(stdout), probe as JsonSchema, probe), []);
  }
});

Deno.test("schemaFaults() finds what is wrong with statistics", async () => {
  await using server = await RunningProgram.server(["--fps", "50"]);
  const { stdout } = await runClient([movie(server), "--frames", "3", "-q", "--stats", "-"]);
  const good = JSON.parse(stdout);
  const bad = [
    { ...good, version: 1 },
    { ...good, jitterMs: "0" },
    { ...good, jitterMs: -1 },
    { ...good, more: 1 },
    { ...good, packets: { ...good.packets, lossRate: 1.5 } },
    { ...good, rtcp: undefined },
    [good],
  ];
  for (const value of bad) {
    const faults = schemaFaults(
      JSON.parse(JSON.stringify(value)),
      statistics as JsonSchema,
      statistics,
    );
    assert(faults.length > 0, JSON.stringify(value));
  }
});

/** The names of all fields that a schema describes, as the page writes them: `perSecond[].lost`. */
function fieldsOf(schema: JsonSchema, name: string): string[] {
  const { properties, items, additionalProperties } = schema;
  if (items !== undefined) return fieldsOf(items, `${name}[]`);
  if (additionalProperties !== undefined) return [`${name}.REASON`];
  if (properties === undefined) return [name];
  return Object.entries(properties).flatMap(([key, member]) =>
    fieldsOf(member, name === "" ? key : `${name}.${key}`)
  );
}

Deno.test("docs/statistics.md has a line for each field of its schema, and no other", async () => {
  const page = await Deno.readTextFile(new URL("docs/statistics.md", ROOT));
  const table = /## The JSON document\n.*?\n(\|.*?)\n\n/s.exec(page)?.[1] ?? "";
  const named = table.split("\n").flatMap((row) =>
    [...row.split("|")[1]?.matchAll(/`([^`]+)`/g) ?? []].map(([, field = ""]) => field)
  );
  assertEquals(named.toSorted(), fieldsOf(statistics.$defs.play as JsonSchema, "").toSorted());
});
