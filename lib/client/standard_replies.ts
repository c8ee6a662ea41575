import type { Now } from "../bytes/now.ts";
import type { RtspResponse } from "../rtsp/message.ts";
import { parsePublic } from "../rtsp/public_header.ts";
import { parseSession } from "../rtsp/session_header.ts";
import { parseTransport } from "../rtsp/transport_header.ts";
import { METHOD_OF } from "./client_command.ts";
import { readDescribeAnswer } from "./describe_answer.ts";
import { deedOf } from "./failure_sentence.ts";
import { leniently } from "./leniently.ts";
import { REDIRECTS } from "./redirect_target.ts";
import { replyProblem } from "./reply_problem.ts";
import type { AwaitedRequest, RtspEvent } from "./rtsp_exchange.ts";
import { followRedirect } from "./standard_redirect.ts";
import type { StandardSession } from "./standard_session.ts";
import type { StandardStep } from "./standard_step.ts";
import { mediaPath } from "./transport_plan.ts";

/** A reply and its request. */
export type StandardAnswer = Extract<RtspEvent<StandardStep>, { kind: "answered" }>;

/** Does what a reply asks for: goes on, tries again, goes elsewhere, or fails. */
export function takeAnswer(session: StandardSession, answer: StandardAnswer, now: Now): void {
  const { request, response, reason } = answer;
  const { tag: step, method, uri } = request;
  const { status, headers } = response;
  session.place.hasAnswered = true;
  session.stream.answered(now.monotonicMs);
  measure(session, request, now);
  if (status === 401) return takeChallenge(session, answer, now);
  tell(session, answer);
  if (REDIRECTS.has(status) && step.name !== "keepalive") {
    return followRedirect(session, step, status, headers.get("Location"), now);
  }
  if (status < 300) return succeed(session, step, uri, response, now);
  const protocol = session.place.plan.protocol.toUpperCase();
  const isNoTransport = step.name === "setup" && status === 461;
  if (isNoTransport && fallBack(session, `SETUP by ${protocol} was answered 461 ${reason}`)) {
    session.steps.unshift(step);
    return;
  }
  if (status === 454) session.end(now);
  const what = `${method} was answered ${replyProblem(response, reason)}`;
  refuse(session, step, what, status, now);
}

/** A request was not answered in its time. */
export function giveUp(
  session: StandardSession,
  { tag: { name }, method, sentMs, untilMs }: AwaitedRequest<StandardStep>,
  now: Now,
): void {
  const what = `${method} was not answered within ${(untilMs - sentMs) / 1000} s`;
  switch (name) {
    case "keepalive":
      return session.log("warning", `${what}, which was to keep the session alive`);
    case "teardown":
    case "release":
      session.log("warning", `${what}; the connection is closed all the same`);
      return session.close("TEARDOWN was not answered", now);
    default:
      session.failPerhapsLab(what, now);
  }
}

/** Goes over to the next transport, if there is one. */
export function fallBack(session: StandardSession, reason: string): boolean {
  const { plan } = session.place;
  if (!plan.fallBack(reason)) return false;
  session.log("info", `Goes over to ${plan.protocol.toUpperCase()}: ${reason}`);
  return true;
}

function takeChallenge(session: StandardSession, answer: StandardAnswer, now: Now): void {
  const { request: { tag: step, method }, response: { headers }, reason } = answer;
  const values = headers.getAll("WWW-Authenticate");
  const verdict = session.place.authentication.challenged(values, step.attempts);
  if (verdict.kind === "retry") {
    session.steps.unshift({ ...step, attempts: step.attempts + 1 });
    return;
  }
  tell(session, answer);
  const what = `${method} was answered 401 ${reason}: ${verdict.reason}`;
  if (step.name === "options") session.fail("refused", "play", what, 401);
  else refuse(session, step, what, 401, now);
}

/** Tells of a reply; nobody wants to hear of keepalives. */
function tell(session: StandardSession, { request, response, reason }: StandardAnswer): void {
  const { method, tag: { name, asked } } = request;
  const { status, body } = response;
  if (name !== "keepalive") session.push({ kind: "reply", method, status, reason, asked, body });
}

/** Round trips are measured where the server has nothing to do for the reply. */
function measure(
  session: StandardSession,
  { tag: { name }, sentMs }: AwaitedRequest<StandardStep>,
  now: Now,
): void {
  if (name !== "options" && name !== "keepalive") return;
  const lastMs = now.monotonicMs - sentMs;
  const { minMs = lastMs } = session.roundTrip ?? {};
  session.roundTrip = { minMs: Math.min(lastMs, minMs), lastMs };
}

function succeed(
  session: StandardSession,
  { name }: StandardStep,
  uri: string,
  response: RtspResponse,
  now: Now,
): void {
  const { headers } = response;
  switch (name) {
    case "options": {
      const methods = new Set(parsePublic(headers.list("Public") ?? ""));
      session.place.methods = methods;
      return session.keepalive.offered(methods);
    }
    case "describe":
      return takeDescription(session, uri, response);
    case "setup":
      return takeTransport(session, response, now);
    case "play":
      return takePlay(session, response, now);
    case "pause":
      session.stream.paused();
      session.playhead.paused(headers, session.stream.positionSeconds);
      return session.setState("ready");
    case "release":
      return session.end(now);
    case "teardown":
      return session.close("torn down", now);
    case "keepalive":
      return;
    default:
      name satisfies never;
  }
}

function takeDescription(session: StandardSession, uri: string, response: RtspResponse): void {
  const answer = readDescribeAnswer(response, uri);
  if (answer.kind === "problem") {
    const what = `what DESCRIBE brought cannot be played: ${answer.reason}`;
    return session.fail("failed", "play", what);
  }
  session.place.description = answer.description;
  session.playhead.begin(answer.description);
}

function takeTransport(session: StandardSession, { headers }: RtspResponse, now: Now): void {
  const { link, place: { description } } = session;
  if (link.kind !== "up" || description === undefined) return;
  const named = leniently(() => parseSession(headers.get("Session") ?? ""));
  const answered = leniently(() => parseTransport(headers.get("Transport") ?? ""))?.[0];
  const path = mediaPath(session.offer(link), answered, link.serverAddress);
  session.id = named?.id;
  session.keepalive.begin(named?.timeoutSeconds, now.monotonicMs);
  session.setState("ready");
  if (typeof path === "string") {
    return session.fail("failed", "play", `SETUP was answered 200 OK, but ${path}`);
  }
  session.place.plan.took(path.protocol);
  const { payloadType, size, framesPerSecond } = description;
  const isOrdered = path.protocol === "tcp";
  const stream = { payloadType, ssrc: answered?.ssrc, isOrdered, size };
  session.stream.begin(path, stream, framesPerSecond, now);
  if (path.protocol === "multicast") {
    const { group, ports: [rtpPort, rtcpPort] } = path;
    session.push({ kind: "joinGroup", group, rtpPort, rtcpPort });
  }
  session.push(...session.stream.punch(now));
}

function takePlay(session: StandardSession, { headers }: RtspResponse, now: Now): void {
  const { stream, playhead, place: { description } } = session;
  const start = playhead.answered(headers, description?.trackUrl ?? "");
  for (const warning of start.warnings) session.log("warning", warning);
  stream.started(start, now.monotonicMs);
  session.push(...stream.punch(now));
  session.setState("playing");
}

function refuse(
  session: StandardSession,
  step: StandardStep,
  what: string,
  status: number,
  now: Now,
): void {
  switch (step.name) {
    case "options":
      if (step.asked) return session.fail("refused", "describe", what, status);
      session.place.methods = new Set(); // some servers know no OPTIONS: DESCRIBE decides
      return;
    case "keepalive":
      if (session.state === "init") return session.fail("failed", "go on playing", what);
      session.log("warning", `The session could not be kept alive: ${what}`);
      return session.keepalive.refused();
    case "teardown":
      session.log("warning", what);
      return session.close("TEARDOWN was refused", now);
    case "release":
      return session.end(now);
    default: {
      if (step.name === "play") session.playhead.refused();
      const deed = step.asked ? deedOf(METHOD_OF[step.name]) : "play";
      return session.fail("refused", deed, what, status);
    }
  }
}
