import type { MovieLease, MovieRefusal } from "../../lib/movie/movie_lease.ts";
import { RtspHeaders } from "../../lib/rtsp/rtsp_headers.ts";
import { RtspMessageParser } from "../../lib/rtsp/message_parser.ts";
import type { RtspResponse } from "../../lib/rtsp/message.ts";
import { serializeRequest } from "../../lib/rtsp/serialize_message.ts";
import type { ConnectionId } from "../../lib/server/server_output.ts";
import type { ServerSettings } from "../../lib/server/server_settings.ts";
import { FakeMovie } from "./fake_movie.ts";
import { sampleJpegs } from "./sample_jpegs.ts";
import { ServerHarness } from "./server_harness.ts";
import { bytesOf, textOf } from "./text.ts";

/** Where the tests' movie is. */
export const URL = "rtsp://127.0.0.1:8554/movie.Mjpeg";
export const TRACK_URL = `${URL}/trackID=0`;
export const UDP = "RTP/AVP;unicast;client_port=5000-5001";
export const TCP = "RTP/AVP/TCP;unicast;interleaved=0-1";

type HeaderFields = Readonly<Record<string, string>>;

/** A standard client that says what a test wants it to, in front of a server in memory. */
export class StandardPeer {
  readonly server: ServerHarness;
  readonly movie: FakeMovie;
  #cseq = 0;

  constructor(
    settings: Partial<ServerSettings> = {},
    movie: FakeMovie = new FakeMovie("movie.Mjpeg", sampleJpegs(40)),
  ) {
    this.movie = movie;
    this.server = new ServerHarness((path) => lookUp(path, movie), settings);
    this.server.connect();
  }

  /** Asks for something and reads the reply; interleaved blocks before it are passed over. */
  ask(
    method: string,
    uri: string = URL,
    headers: HeaderFields = {},
    body: string = "",
    id: ConnectionId = 1,
  ): RtspResponse {
    const reply = this.server.ask(this.request(method, uri, headers, body), id);
    return parseReply(reply);
  }

  /** The bytes of a request with the next CSeq. */
  request(method: string, uri: string, headers: HeaderFields = {}, body: string = ""): Uint8Array {
    return serializeRequest({
      kind: "request",
      method,
      uri,
      version: "RTSP/1.0",
      headers: new RtspHeaders([["CSeq", String(++this.#cseq)], ...Object.entries(headers)]),
      body: bytesOf(body),
    });
  }

  /** SETUP, by UDP unless told otherwise; the session's id. */
  setup(transport: string = UDP, id: ConnectionId = 1): string {
    const reply = this.ask("SETUP", TRACK_URL, { Transport: transport }, "", id);
    return reply.headers.get("Session")?.split(";")[0] ?? `status ${reply.status}`;
  }

  /** PLAY of a session. */
  play(session: string, headers: HeaderFields = {}): RtspResponse {
    return this.ask("PLAY", URL, { Session: session, ...headers });
  }
}

/** The first response among what a server wrote. */
export function parseReply(text: string): RtspResponse {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const reply = new RtspMessageParser().push(bytes).find(({ kind }) => kind === "response");
  if (reply?.kind !== "response") throw new Error(`Cannot find a response in ${textOf(bytes)}`);
  return reply;
}

function lookUp(path: string, movie: FakeMovie): MovieLease | MovieRefusal {
  if (path === movie.name) return movie.lease();
  return { kind: "refusal", status: 404, reason: `Cannot open "${path}": there is none` };
}
