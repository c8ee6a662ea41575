import { assert, assertEquals } from "@std/assert";
import { at } from "../support/now.ts";
import { StandardPeer } from "../support/standard_peer.ts";
import { viewSession } from "../../lib/server/session_view.ts";
import { PageAssets } from "../../lib/web/page_assets.ts";
import { SessionMonitor } from "../../lib/web/session_monitor.ts";
import { WebFixture } from "./web_fixture.ts";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

const API = JSON.parse(
  new TextDecoder().decode((await PageAssets.load()).get("openapi.json")?.bytes),
);

/** What of a value a schema does not allow, a sentence each; members that it does not name count. */
function faults(value: unknown, schema: Schema, place: string): string[] {
  if (schema.$ref !== undefined) {
    const found = schema.$ref.slice(2).split("/").reduce((object, key) => object[key], API);
    return faults(value, found, place);
  }
  if (schema.anyOf !== undefined) {
    const each = schema.anyOf.map((one) => faults(value, one, place));
    return each.find((found) => found.length === 0) ?? each[0] ?? [];
  }
  const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  const types = [schema.type ?? "any"].flat();
  const isInteger = Number.isInteger(value) && types.includes("integer");
  if (!types.includes(type) && !isInteger) return [`${place} is ${type}, not ${types}`];
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${place} is ${value}`];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => faults(item, schema.items ?? {}, `${place}[${index}]`));
  }
  if (type !== "object") return [];
  const { properties = {}, required = [] } = schema;
  const entries = Object.entries(value as object);
  const missing = required.filter((name) => !entries.some(([key]) => key === name));
  return [
    ...missing.map((name) => `${place} has no ${name}`),
    ...entries.flatMap(([key, member]) =>
      properties[key] === undefined
        ? [`${place}.${key} is not described`]
        : faults(member, properties[key], `${place}.${key}`)
    ),
  ];
}

function schemaOf(path: string, status = "200"): Schema {
  return API.paths[path].get.responses[status].content["application/json"].schema;
}

for (const path of ["/api/movies", "/api/sessions", "/api/status", "/api/log"]) {
  Deno.test(`${path} answers as the OpenAPI file says`, async () => {
    const web = await WebFixture.create();
    web.play();
    web.log.add({ kind: "log", level: "warning", peer: "127.0.0.1:1", message: "x" }, 1);
    await (await web.ask("/api/movies")).body?.cancel();
    await web.clock.advance(0);
    web.handler.second();
    const value = await (await web.ask(path)).json();
    assert(JSON.stringify(value).length > 50);
    assertEquals(faults(value, schemaOf(path), "answer"), []);
  });
}

Deno.test("a session with reports is as the OpenAPI file says", () => {
  const peer = new StandardPeer();
  const id = peer.setup();
  const session = peer.server.machine.sessions.get(id);
  assert(session !== undefined);
  const reception = {
    fractionLost: 0.5,
    cumulativeLost: 3,
    jitterMs: 1.5,
    roundTripMs: 2.25,
    atUnixMs: 5,
  };
  const measured = { ...viewSession(session), reception, droppedFrames: 0 };
  const { sample, sessions } = new SessionMonitor().look(
    [measured],
    peer.server.machine.totals,
    at(0),
  );
  const { schemas } = API.components;
  assertEquals(faults(sessions[0], schemas.Session, "session"), []);
  assertEquals(faults(sample, schemas.Sample, "sample"), []);
  assert(sample !== null);
  assertEquals([sample.worstLoss, sample.worstJitterMs], [0.5, 1.5]);
});

Deno.test("a refusal is as the OpenAPI file says", async () => {
  const web = await WebFixture.create();
  const value = await (await web.ask("/snapshot/movie.Mjpeg.jpg?n=0")).json();
  assertEquals(faults(value, API.components.schemas.Error, "refusal"), []);
});
