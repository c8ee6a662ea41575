/** The server's side of a session (RFC 2326 §A.2); before SETUP and after TEARDOWN it is `init`. */
export type SessionState = "init" | "ready" | "playing";

type Row = ReadonlyMap<string, SessionState>; // a Map: method names are input
type Table = Readonly<Record<SessionState, Row>>;

/** The state after a method succeeded; where there is none, the answer is 455 (RFC 2326 §A.2). */
export const STANDARD_TRANSITIONS: Table = {
  init: new Map([["SETUP", "ready"], ["TEARDOWN", "init"]]),
  ready: new Map([
    ["SETUP", "ready"],
    ["PLAY", "playing"],
    ["PAUSE", "ready"],
    ["TEARDOWN", "init"],
  ]),
  playing: new Map([
    ["SETUP", "playing"],
    ["PLAY", "playing"],
    ["PAUSE", "ready"],
    ["TEARDOWN", "init"],
  ]),
};

/** The same for the lab, whose text has one way through: what its state does not name is refused. */
export const LAB_TRANSITIONS: Table = {
  init: new Map([["SETUP", "ready"], ["TEARDOWN", "init"]]),
  ready: new Map([["SETUP", "ready"], ["PLAY", "playing"], ["TEARDOWN", "init"]]),
  playing: new Map([["PAUSE", "ready"], ["TEARDOWN", "init"]]),
};

/** The methods that need no session and change none, in every state. */
const STATELESS: ReadonlySet<string> = new Set(["OPTIONS", "DESCRIBE"]);

/**
 * The state after `method` succeeded, or `undefined` where the answer is 455 (RFC 2326 §A.2).
 *
 * @param method As in the request line; need not be one we know.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nextState(LAB_TRANSITIONS, "ready", "PLAY"), "playing");
 * assertEquals(nextState(LAB_TRANSITIONS, "ready", "PAUSE"), undefined);
 * assertEquals(nextState(LAB_TRANSITIONS, "playing", "DESCRIBE"), "playing");
 * ```
 */
export function nextState(
  table: Table,
  state: SessionState,
  method: string,
): SessionState | undefined {
  return STATELESS.has(method) ? state : table[state].get(method);
}
