/** The client's side of a session (RFC 2326 §A.1); it changes when a reply comes, never before. */
export type ClientState = "init" | "ready" | "playing";

type Row = ReadonlyMap<string, ClientState>;
type Table = Readonly<Record<ClientState, Row>>;

/** The exercise's one way through, in both dialects: what a state does not name is not sent in it. */
export const CLIENT_TRANSITIONS: Table = {
  init: new Map([["SETUP", "ready"]]),
  ready: new Map([["PLAY", "playing"], ["TEARDOWN", "init"]]),
  playing: new Map([["PAUSE", "ready"], ["TEARDOWN", "init"]]),
};

/** The methods that need no session and change none, in every state. */
const STATELESS: ReadonlySet<string> = new Set(["OPTIONS", "DESCRIBE"]);

/**
 * The state once `method` was answered with success, or `undefined` where it is not to be sent.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nextClientState(CLIENT_TRANSITIONS, "init", "SETUP"), "ready");
 * assertEquals(nextClientState(CLIENT_TRANSITIONS, "init", "PLAY"), undefined);
 * assertEquals(nextClientState(CLIENT_TRANSITIONS, "playing", "DESCRIBE"), "playing");
 * ```
 */
export function nextClientState(
  table: Table,
  state: ClientState,
  method: string,
): ClientState | undefined {
  return STATELESS.has(method) ? state : table[state].get(method);
}
