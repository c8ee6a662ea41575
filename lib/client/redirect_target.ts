import { leniently } from "./leniently.ts";
import { type StandardTarget, standardTarget } from "./standard_target.ts";

/** Most redirects in a row. */
export const MOST_REDIRECTS = 5;

/** Use Proxy (RFC 2326 §11.2.5): the server named is asked for the same URL. */
const USE_PROXY = 305;

/** The statuses that name another place (RFC 2326 §11.2). */
export const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, USE_PROXY]);

/**
 * Where a redirect leads, or why it is not followed: a clause.
 *
 * @param status 305 keeps the URL; 0 stands for a REDIRECT request.
 * @param location As in the header, which may hold a password: no message repeats it.
 */
export function redirectTarget(
  from: StandardTarget,
  status: number,
  location: string | undefined,
): StandardTarget | string {
  if (location === undefined) return "it names no Location";
  const target = leniently(() => standardTarget(location));
  if (target === undefined) return "its Location is no RTSP URL";
  if (from.secure && !target.secure) return "it leads from rtsps to rtsp, which is not protected";
  return status === USE_PROXY ? { ...from, host: target.host, port: target.port } : target;
}
