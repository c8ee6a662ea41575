import { assert, assertEquals } from "@std/assert";
import { at } from "../support/now.ts";
import { StandardPeer } from "../support/standard_peer.ts";
import { viewSession } from "../../lib/server/session_view.ts";
import { PageAssets } from "../../lib/web/page_assets.ts";
import { SessionMonitor } from "../../lib/web/session_monitor.ts";
import { type JsonSchema, schemaFaults } from "../support/schema_faults.ts";
import { WebFixture } from "./web_fixture.ts";

const API = JSON.parse(
  new TextDecoder().decode((await PageAssets.load()).get("openapi.json")?.bytes),
);

function schemaOf(path: string, status = "200"): JsonSchema {
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
    assertEquals(schemaFaults(value, schemaOf(path), API, "answer"), []);
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
  assertEquals(schemaFaults(sessions[0], schemas.Session, API, "session"), []);
  assertEquals(schemaFaults(sample, schemas.Sample, API, "sample"), []);
  assert(sample !== null);
  assertEquals([sample.worstLoss, sample.worstJitterMs], [0.5, 1.5]);
});

Deno.test("a refusal is as the OpenAPI file says", async () => {
  const web = await WebFixture.create();
  const value = await (await web.ask("/snapshot/movie.Mjpeg.jpg?n=0")).json();
  assertEquals(schemaFaults(value, API.components.schemas.Error, "refusal"), []);
});
