import { resolveControl } from "../rtsp/control_url.ts";
import { parseRange, type RtspRange, serializeRange } from "../rtsp/range_header.ts";
import { serializeRtpInfo } from "../rtsp/rtp_info_header.ts";
import type { RtspHeader } from "../rtsp/rtsp_headers.ts";
import { parseScale, serializeScale } from "../rtsp/scale_header.ts";
import { serializeSession } from "../rtsp/session_header.ts";
import { liveStart } from "./live_start.ts";
import { TRACK_CONTROL } from "./movie_url.ts";
import { MulticastCarrier } from "./multicast_carrier.ts";
import { pauseFrame, type PlayAsked, type ResolvedPlay, resolvePlay } from "./play_range.ts";
import type { Exchange, StandardContext } from "./standard_exchange.ts";
import { plainText } from "./standard_reply.ts";
import type { StandardSession } from "./standard_session.ts";

/** The range of what everybody sees at the same time, and nobody again (§3.6). */
const LIVE_RANGE: RtspRange = { unit: "npt", start: "now" };

/** Longest wait that a `time=` may ask for. */
const MAX_START_WAIT_MS = 24 * 3600 * 1000;

/** Answers PLAY (RFC 2326 §10.5): from the range, or on from where it stands. */
export function playRequest(
  context: StandardContext,
  exchange: Exchange,
  session: StandardSession,
): void {
  const { host } = context;
  const { now, request } = exchange;
  const asked = readAsked(exchange);
  const { playback, carrier } = session;
  if (carrier instanceof MulticastCarrier) return joinCarrier(context, exchange, session, carrier);
  if (Object.keys(asked).length === 0 && playback.order !== undefined) {
    return context.answer(exchange, { status: 200, headers: [sessionHeader(session)] }, "it plays");
  }
  const live = liveStart(session.lease.movie, now);
  const resolved = live === undefined
    ? resolvePlay(asked, situationOf(session, host.settings.loop))
    : { kind: "play" as const, order: live.order, range: LIVE_RANGE };
  if (resolved.kind === "invalid") {
    const reply = { status: 457, ...plainText(`Invalid range: ${resolved.reason}`) };
    return context.answer(exchange, reply, resolved.reason);
  }
  if (tellFailure(context, exchange, session)) return;
  const problem = playback.check(resolved.order)?.message;
  if (problem !== undefined) return context.answer(exchange, { status: 500 }, problem);
  const startAtUnixMs = "startAtUnixMs" in resolved ? resolved.startAtUnixMs : undefined;
  const waitMs = Math.max(0, (startAtUnixMs ?? now.unixMs) - now.unixMs);
  if (waitMs > MAX_START_WAIT_MS) {
    return context.answer(exchange, { status: 457 }, "time= is more than a day ahead");
  }
  playback.play(resolved.order, now, live?.startMs ?? now.monotonicMs + waitMs);
  session.state = "playing";
  const headers = [
    sessionHeader(session),
    ...playHeaders(resolved, request.headers.has("Scale"), request.headers.has("Speed")),
    rtpInfo(exchange, session),
  ];
  context.answer(exchange, { status: 200, headers }, `from frame ${resolved.order.from + 1}`);
  host.schedule(session, now);
  host.startReports(session, now);
}

/** Answers with the reason why the play before broke off, if it did; the next PLAY is a new try. */
function tellFailure(
  context: StandardContext,
  exchange: Exchange,
  session: StandardSession,
): boolean {
  const { failure } = session;
  if (failure === undefined) return false;
  delete session.failure;
  context.answer(exchange, { status: failure.kind === "network" ? 462 : 500 }, failure.reason);
  return true;
}

/** A member of a group hears what is being sent to all; the first one starts it. */
function joinCarrier(
  context: StandardContext,
  exchange: Exchange,
  session: StandardSession,
  carrier: MulticastCarrier,
): void {
  const { host } = context;
  const { now } = exchange;
  if (tellFailure(context, exchange, session)) return;
  const { playback } = carrier;
  session.state = "playing";
  if (playback.order === undefined) {
    const live = liveStart(session.lease.movie, now);
    const resolved = resolvePlay({}, situationOf(session, host.settings.loop));
    if (live !== undefined) playback.play(live.order, now, live.startMs);
    else if (resolved.kind === "play") playback.play(resolved.order, now);
    carrier.state = "playing";
    host.schedule(carrier, now);
    host.startReports(carrier, now);
  }
  const start = playback.nextFrame / session.lease.movie.framesPerSecond;
  context.answer(exchange, {
    status: 200,
    headers: [
      sessionHeader(session),
      ["Range", serializeRange({ unit: "npt", start })],
      rtpInfo(exchange, session),
    ],
  }, `with ${carrier.members.size} members of the group`);
}

/** Answers PAUSE (RFC 2326 §10.6): now, or before the frame that a Range names. */
export function pauseRequest(
  context: StandardContext,
  exchange: Exchange,
  session: StandardSession,
): void {
  const { playback, carrier } = session;
  if (carrier instanceof MulticastCarrier) return leaveCarrier(context, exchange, session, carrier);
  const header = exchange.request.headers.get("Range");
  const range = header === undefined ? undefined : parseRange(header);
  const frame = range && pauseFrame(range, situationOf(session, false));
  if (frame !== undefined) {
    if (!playback.pauseAt(frame)) {
      return context.answer(exchange, { status: 457 }, "the play does not come to this point");
    }
    return context.answer(
      exchange,
      { status: 200, headers: [sessionHeader(session)] },
      `pauses before frame ${frame + 1}`,
    );
  }
  playback.pause();
  session.state = "ready";
  const start = playback.nextFrame / session.lease.movie.framesPerSecond;
  context.answer(exchange, {
    status: 200,
    headers: [sessionHeader(session), ["Range", serializeRange({ unit: "npt", start })]],
  }, `before frame ${playback.nextFrame + 1}`);
}

/** The others of the group go on hearing it. */
function leaveCarrier(
  context: StandardContext,
  exchange: Exchange,
  session: StandardSession,
  carrier: MulticastCarrier,
): void {
  session.state = "ready";
  if (carrier.isIdle) {
    carrier.playback.pause();
    carrier.state = "ready";
  }
  context.answer(exchange, { status: 200, headers: [sessionHeader(session)] });
}

function readAsked({ request: { headers } }: Exchange): PlayAsked {
  const [range, scale, speed] = ["Range", "Scale", "Speed"].map((name) => headers.get(name));
  const parsed: RtspRange | undefined = range === undefined ? undefined : parseRange(range);
  return {
    ...parsed === undefined ? {} : { range: parsed },
    ...scale === undefined ? {} : { scale: parseScale("Scale", scale) },
    ...speed === undefined ? {} : { speed: parseScale("Speed", speed) },
  };
}

function situationOf(session: StandardSession, loop: boolean) {
  const { movie } = session.lease;
  const { startUnixMs } = movie;
  return {
    clock: movie,
    position: session.playback.nextFrame,
    loop,
    ...startUnixMs === undefined ? {} : { startUnixMs },
  };
}

function sessionHeader(session: StandardSession): RtspHeader {
  return ["Session", serializeSession({ id: session.id })];
}

/** What is really played: always the range, scale and speed where they were asked for. */
function playHeaders(resolved: ResolvedPlay, hasScale: boolean, hasSpeed: boolean): RtspHeader[] {
  const { scale, speed } = resolved.order;
  return [
    ...hasScale ? [["Scale", serializeScale(scale)] as const] : [],
    ...hasSpeed ? [["Speed", serializeScale(speed)] as const] : [],
    ["Range", serializeRange(resolved.range)],
  ];
}

/** Number and timestamp of the first packet to come (RFC 2326 §12.33). */
function rtpInfo({ now }: Exchange, session: StandardSession): RtspHeader {
  const { playback, url } = session;
  return [
    "RTP-Info",
    serializeRtpInfo([{
      url: resolveControl(url.presentationUrl, TRACK_CONTROL),
      sequence: playback.nextSequence,
      rtpTime: playback.nextTimestamp(now),
    }]),
  ];
}
