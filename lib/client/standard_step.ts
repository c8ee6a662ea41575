import type { RtspHeader } from "../rtsp/rtsp_headers.ts";
import { serializeTransport, type Transport } from "../rtsp/transport_header.ts";
import type { OutgoingRequest } from "./rtsp_exchange.ts";

/**
 * What is done with one request: `release` is a TEARDOWN after which another session follows on the same
 * connection, `keepalive` a request that says nothing.
 */
export type StepName =
  | "options"
  | "describe"
  | "setup"
  | "play"
  | "pause"
  | "release"
  | "teardown"
  | "keepalive";

/** One thing to do. */
export interface StandardStep {
  readonly name: StepName;
  /** Whether its user asked for this very request. */
  readonly asked: boolean;
  /** How many challenges were met for it. */
  readonly attempts: number;
}

/** What the requests of a session are made of. */
export interface RequestParts {
  /** The `User-Agent`. */
  readonly product: string;
  /** What was given to play. */
  readonly url: string;
  readonly presentationUrl: string;
  readonly trackUrl: string;
  /** Without its timeout; `undefined` before SETUP, and where the server gives none. */
  readonly session: string | undefined;
  readonly keepaliveMethod: "GET_PARAMETER" | "OPTIONS";
  readonly offer: Transport;
  /** Range, Scale and Speed of a PLAY. */
  readonly playHeaders: () => readonly RtspHeader[];
  readonly authorization: (method: string, uri: string) => string | undefined;
  readonly patienceMs: number;
}

const METHODS: Readonly<Record<Exclude<StepName, "keepalive">, string>> = {
  options: "OPTIONS",
  describe: "DESCRIBE",
  setup: "SETUP",
  play: "PLAY",
  pause: "PAUSE",
  release: "TEARDOWN",
  teardown: "TEARDOWN",
};

/** The request of a step (RFC 2326 §10). */
export function requestOf(step: StandardStep, parts: RequestParts): OutgoingRequest<StandardStep> {
  const { name } = step;
  const method = name === "keepalive" ? parts.keepaliveMethod : METHODS[name];
  const uri = uriOf(name, parts);
  const authorization = parts.authorization(method, uri);
  const isOfSession = name !== "options" && name !== "describe" && parts.session !== undefined;
  return {
    tag: step,
    method,
    uri,
    headers: [
      ["User-Agent", parts.product],
      ...isOfSession ? [["Session", parts.session ?? ""] as const] : [],
      ...authorization === undefined ? [] : [["Authorization", authorization] as const],
      ...name === "describe" ? [["Accept", "application/sdp"] as const] : [],
      ...name === "setup" ? [["Transport", serializeTransport([parts.offer])] as const] : [],
      ...name === "play" ? parts.playHeaders() : [],
    ],
    patienceMs: parts.patienceMs,
  };
}

function uriOf(name: StepName, { url, presentationUrl, trackUrl }: RequestParts): string {
  switch (name) {
    case "options":
    case "describe":
      return url;
    case "setup":
      return trackUrl;
    default:
      return presentationUrl;
  }
}
