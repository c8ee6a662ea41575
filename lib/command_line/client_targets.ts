import { type ClientTarget, parseClientTarget } from "./client_target.ts";
import { isUrl } from "./is_url.ts";

/** What a client plays, in the order in which it was named. */
export type ClientTargets = readonly [ClientTarget, ...ClientTarget[]];

const LAB_ARGUMENTS = 4;

/**
 * The targets that a client's arguments name, or what is wrong with them: one sentence.
 *
 * @param args `HOST PORT RTP_PORT FILE`, or one or more URLs.
 */
export function parseClientTargets(args: readonly string[]): ClientTargets | string {
  const [url, other] = [args.find(isUrl), args.find((arg) => !isUrl(arg))];
  if (url !== undefined && other !== undefined) {
    return `Cannot play ${JSON.stringify(other)} beside a URL: ` +
      "give URLs alone, or HOST PORT RTP_PORT FILE";
  }
  if (url === undefined) {
    const extra = args[LAB_ARGUMENTS];
    if (extra !== undefined) {
      return `Too many arguments: ${
        JSON.stringify(extra)
      } is one more than HOST PORT RTP_PORT FILE`;
    }
    const target = parseClientTarget(args);
    return typeof target === "string" ? target : [target];
  }
  const targets: ClientTarget[] = [];
  for (const arg of args) {
    const target = parseClientTarget([arg]);
    if (typeof target === "string") return target;
    targets.push(target);
  }
  const [first, ...more] = targets;
  if (first === undefined) throw new TypeError("There is a URL, but no target");
  return [first, ...more];
}
