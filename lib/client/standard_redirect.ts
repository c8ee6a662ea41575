import type { Now } from "../bytes/now.ts";
import { MOST_REDIRECTS, redirectTarget } from "./redirect_target.ts";
import type { StandardSession } from "./standard_session.ts";
import type { StandardStep, StepName } from "./standard_step.ts";
import type { StandardTarget } from "./standard_target.ts";

/** What a step needs at another server first. */
const BEFORE: Readonly<Record<StepName, readonly StepName[]>> = {
  options: [],
  describe: ["options"],
  setup: ["options", "describe"],
  play: ["options", "describe", "setup"],
  pause: [],
  release: [],
  teardown: [],
  keepalive: [],
};

/** A request was answered with another place (RFC 2326 §11.2): it is asked there. */
export function followRedirect(
  session: StandardSession,
  step: StandardStep,
  status: number,
  location: string | undefined,
  now: Now,
): void {
  const target = redirected(session, status, location);
  if (target === undefined) return;
  const { steps } = session;
  session.steps = [];
  session.close("redirected", now);
  session.place.moveTo(target);
  session.do(...BEFORE[step.name]);
  session.steps.push({ ...step, attempts: 0 }, ...steps);
}

/** The server sends us elsewhere by itself, perhaps in the middle of a play (RFC 2326 §10.10). */
export function obeyRedirect(
  session: StandardSession,
  location: string | undefined,
  now: Now,
): void {
  // Whoever plays has arrived: what follows is no loop, however often a long play is sent on.
  const hasArrived = session.state === "playing" && session.stream.lastMs !== undefined;
  if (hasArrived) session.place.redirects = 0;
  const target = redirected(session, 0, location);
  if (target === undefined) return;
  const { state, link, steps } = session;
  session.playhead.lost(session.stream.positionSeconds);
  if (state !== "init" && link.kind === "up") {
    session.push(...session.stream.goodbye(now));
    session.send({ name: "teardown", asked: false, attempts: 0 }, link, now);
  }
  session.steps = [];
  session.close("redirected", now);
  session.place.moveTo(target);
  if (state !== "init") session.do(...BEFORE.play);
  if (state === "playing") session.do("play");
  session.steps.push(...steps);
}

/** Where to go, or `undefined` after a failure that says why not. */
function redirected(
  session: StandardSession,
  status: number,
  location: string | undefined,
): StandardTarget | undefined {
  const { place } = session;
  const target = ++place.redirects > MOST_REDIRECTS
    ? `${MOST_REDIRECTS} redirects came before it`
    : redirectTarget(place.target, status, location);
  if (typeof target !== "string") {
    session.log("info", `The server redirects to ${target.url}`);
    return target;
  }
  session.fail("failed", session.deed, `the server redirects, but ${target}`);
  return undefined;
}
