import { WireError } from "../bytes/wire_error.ts";
import type { Movie } from "../movie/movie.ts";
import { MovieReadError } from "../movie/movie_read_error.ts";
import { resolveControl } from "../rtsp/control_url.ts";
import { carryFrame } from "./carry_frame.ts";
import { type MovieUrl, TRACK_CONTROL } from "./movie_url.ts";
import { describeMovie } from "./presentation.ts";
import type { Exchange, StandardContext } from "./standard_exchange.ts";
import { plainText, type StandardReply } from "./standard_reply.ts";

/** What a description is written in. */
const SDP_TYPE = "application/sdp";

/** Answers DESCRIBE (RFC 2326 §10.2), with or without a session. */
export function describeRequest(context: StandardContext, exchange: Exchange, url: MovieUrl): void {
  const { host } = context;
  const accept = exchange.request.headers.list("Accept");
  if (accept !== undefined && !acceptsSdp(accept)) {
    return context.answer(exchange, { status: 406 }, `${accept} has no ${SDP_TYPE}`);
  }
  host.openMovie(url.movie, (result, now) => {
    const late = { ...exchange, now };
    if (result.kind === "refusal") return context.answer(late, refused(result), result.reason);
    const { movie } = result;
    const problem = carryProblem(movie, host.settings.packetSize);
    if (problem === undefined) {
      if (result.warning !== undefined) host.log("warning", result.warning);
      context.answer(late, description(movie, url, host.peer.localAddress));
    } else {
      context.answer(late, { status: 415, ...plainText(problem) }, problem);
    }
    host.releaseMovie(result);
  });
}

/** The reply to a request whose movie is not to be had; why is told where it is about the file or the query. */
export function refused(
  refusal: { readonly status: number; readonly reason: string },
): StandardReply {
  const { status, reason } = refusal;
  return status === 400 || status === 415 ? { status, ...plainText(reason) } : { status };
}

/** Why a movie cannot be sent by RFC 2435, judged by its first frame. */
export function carryProblem(movie: Movie, packetSize: number): string | undefined {
  try {
    carryFrame(movie.frame(0), packetSize);
    return undefined;
  } catch (error) {
    if (!(error instanceof WireError) && !(error instanceof MovieReadError)) throw error;
    return `"${movie.name}" cannot be played: ${error.message}`;
  }
}

function description(movie: Movie, url: MovieUrl, serverAddress: string): StandardReply {
  const { presentationUrl } = url;
  // With a query, clients disagree on where a relative control goes: then it is absolute.
  const control = presentationUrl.includes("?")
    ? resolveControl(presentationUrl, TRACK_CONTROL)
    : TRACK_CONTROL;
  return {
    status: 200,
    headers: [
      ["Content-Base", `${presentationUrl}/`],
      ["Content-Type", SDP_TYPE],
      ["Cache-Control", "no-cache"],
    ],
    body: describeMovie(movie, { serverAddress, port: 0, control }),
  };
}

/** Whether an Accept list has SDP in it (RFC 2326 §12.1). */
function acceptsSdp(accept: string): boolean {
  return accept.split(",").some((entry) => {
    const [type = "", ...parameters] = entry.split(";").map((part) => part.trim().toLowerCase());
    const isRefused = parameters.some((parameter) => /^q\s*=\s*0(\.0*)?$/.test(parameter));
    return !isRefused && [SDP_TYPE, "application/*", "*/*"].includes(type);
  });
}
