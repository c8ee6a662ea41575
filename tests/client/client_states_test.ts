import { assertEquals } from "@std/assert";
import {
  CLIENT_TRANSITIONS,
  type ClientState,
  nextClientState,
} from "../../lib/client/client_states.ts";
import { type LabBenchCommand, LabClientBench } from "./lab_client_bench.ts";

/** Each cell: the state after success, or `-` where nothing is sent. */
const CELLS: readonly (readonly [ClientState, Readonly<Record<string, ClientState | "-">>])[] = [
  ["init", {
    OPTIONS: "init",
    DESCRIBE: "init",
    SETUP: "ready",
    PLAY: "-",
    PAUSE: "-",
    TEARDOWN: "-",
  }],
  ["ready", {
    OPTIONS: "ready",
    DESCRIBE: "ready",
    SETUP: "-",
    PLAY: "playing",
    PAUSE: "-",
    TEARDOWN: "init",
  }],
  ["playing", {
    OPTIONS: "playing",
    DESCRIBE: "playing",
    SETUP: "-",
    PLAY: "-",
    PAUSE: "ready",
    TEARDOWN: "init",
  }],
];

for (const [state, row] of CELLS) {
  for (const [method, wanted] of Object.entries(row)) {
    const next = wanted === "-" ? undefined : wanted;
    Deno.test(`nextClientState() in ${state} takes ${method} to ${wanted}`, () => {
      assertEquals(nextClientState(CLIENT_TRANSITIONS, state, method), next);
    });
    const kind = method.toLowerCase() as LabBenchCommand;

    Deno.test(`LabClient in ${state} takes ${method} to ${wanted}, on the reply and not before`, () => {
      const bench = LabClientBench.in(state);
      bench.command(kind);
      if (next === undefined) {
        assertEquals(bench.requests, []);
        assertEquals(bench.outputs, [{ kind: "impossible", command: kind, state }]);
        return;
      }
      assertEquals(bench.requests.map((request) => request.split(" ")[0]), [method]);
      assertEquals(bench.machine.state, state);
      bench.answer("200 OK");
      assertEquals(bench.machine.state, next);
      assertEquals(bench.states, next === state ? [] : [next]);
    });

    if (next === undefined) continue;
    Deno.test(`LabClient in ${state} stays there when ${method} is refused`, () => {
      const bench = LabClientBench.in(state);
      bench.command(kind);
      bench.answer("455 Method Not Valid in This State", { session: "0" });
      assertEquals([bench.machine.state, bench.states], [state, []]);
      assertEquals(bench.failures.map(({ outcome }) => outcome), ["refused"]);
    });
  }
}

Deno.test("nextClientState() knows no method that an object inherits", () => {
  assertEquals(nextClientState(CLIENT_TRANSITIONS, "ready", "constructor"), undefined);
});
