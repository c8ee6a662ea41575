import { assertEquals } from "@std/assert";
import {
  LAB_TRANSITIONS,
  nextState,
  type SessionState,
  STANDARD_TRANSITIONS,
} from "../../lib/server/session_states.ts";

const STATES: readonly SessionState[] = ["init", "ready", "playing"];

type Row = [method: string, ...cells: (SessionState | 455)[]];

/** The state after each method in `init`, `ready` and `playing`; 455 where it is refused. */
const LAB: Row[] = [
  ["OPTIONS", "init", "ready", "playing"],
  ["DESCRIBE", "init", "ready", "playing"],
  ["SETUP", "ready", "ready", 455],
  ["PLAY", 455, "playing", 455],
  ["PAUSE", 455, 455, "ready"],
  ["TEARDOWN", "init", "init", "init"],
  ["RECORD", 455, 455, 455],
  ["constructor", 455, 455, 455],
];
const STANDARD: Row[] = [
  ["OPTIONS", "init", "ready", "playing"],
  ["DESCRIBE", "init", "ready", "playing"],
  ["SETUP", "ready", "ready", "playing"],
  ["PLAY", 455, "playing", "playing"],
  ["PAUSE", 455, "ready", "ready"],
  ["TEARDOWN", "init", "init", "init"],
  ["RECORD", 455, 455, 455],
  ["__proto__", 455, 455, 455],
];

for (const dialect of ["lab", "standard"]) {
  const table = dialect === "lab" ? LAB_TRANSITIONS : STANDARD_TRANSITIONS;
  for (const [method, ...row] of dialect === "lab" ? LAB : STANDARD) {
    STATES.forEach((state, i) => {
      Deno.test(`App. A: ${method} in ${state} of the ${dialect} dialect is ${row[i]}`, () => {
        assertEquals(nextState(table, state, method) ?? 455, row[i]);
      });
    });
  }
}
