import type { Now } from "../bytes/now.ts";
import { ANSWER_WAIT_MS } from "./silence_watch.ts";
import { fallBack } from "./standard_replies.ts";
import type { StandardSession } from "./standard_session.ts";
import type { StreamVerdict } from "./stream_stretch.ts";

/**
 * Does what the silence of a stream asks for.
 *
 * @param isBusy Whether something is asked of the server anyway.
 */
export function heedSilence(
  session: StandardSession,
  verdict: StreamVerdict,
  isBusy: boolean,
  now: Now,
): void {
  switch (verdict) {
    case "ended":
      session.push(...session.stream.flush(now.monotonicMs));
      session.playhead.ended();
      session.push({ kind: "endOfStream" });
      return session.setState("ready");
    case "nothing came":
      return heedNothing(session);
    case "silent":
      return askWhetherPresent(session, isBusy, now);
    case "gone": {
      const { method } = session.keepalive;
      const why = `and ${method} was not answered within ${ANSWER_WAIT_MS / 1000} s`;
      return loseStream(session, why, now);
    }
    case "stalled":
      return loseStream(session, "though the server answers", now);
    default:
      verdict satisfies never;
  }
}

/** PLAY was answered, and no packet has come: over UDP a firewall may have them. */
function heedNothing(session: StandardSession): void {
  const seconds = session.firstPacketMs / 1000;
  const { protocol } = session.place.plan;
  session.stream.paused();
  if (protocol === "udp" && fallBack(session, `no packet came over UDP within ${seconds} s`)) {
    session.playhead.lost(undefined);
    return session.do("release", "setup", "play");
  }
  const hint = protocol === "udp"
    ? " (does a firewall let UDP in? --transport tcp needs none)"
    : "";
  const name = protocol.toUpperCase();
  session.fail(
    "failed",
    "play",
    `PLAY was answered 200 OK, but nothing came over ${name} within ${seconds} s${hint}`,
  );
}

/** A server that is there answers; what is asked of it already has its own time, and then this one's. */
function askWhetherPresent(session: StandardSession, isBusy: boolean, now: Now): void {
  const { link, awaited } = session;
  if (!isBusy) session.do("keepalive");
  const connectedMs = link.kind === "connecting" ? link.untilMs : now.monotonicMs;
  session.stream.asked(Math.max(connectedMs, awaited?.untilMs ?? 0) + ANSWER_WAIT_MS);
}

function loseStream(session: StandardSession, why: string, { monotonicMs }: Now): void {
  const { stream } = session;
  const seconds = Math.round((monotonicMs - (stream.lastMs ?? monotonicMs)) / 1000);
  session.push(...stream.flush(monotonicMs));
  session.fail("failed", "go on playing", `nothing has come for ${seconds} s, ${why}`);
}
