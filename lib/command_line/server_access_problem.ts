import type { TransportWish } from "../client/play_wishes.ts";

/** What a command line says of how to get at a standard server. */
export interface ServerAccess {
  /** Whether the URL is `rtsps`. */
  readonly secure: boolean;
  readonly transport: TransportWish;
  readonly insecure: boolean;
  readonly ca?: string | undefined;
  readonly user?: string | undefined;
}

/** What is contradictory or useless in it: one sentence. */
export function serverAccessProblem(access: ServerAccess): string | undefined {
  const { secure, transport, insecure, ca, user } = access;
  if (secure && (transport === "udp" || transport === "multicast")) {
    return `--transport ${transport} contradicts rtsps: what is inside TLS stays there, over tcp`;
  }
  if (!secure && (insecure || ca !== undefined)) {
    return `--${insecure ? "insecure" : "ca"} means nothing without rtsps://`;
  }
  if (insecure && ca !== undefined) return "--insecure and --ca contradict each other";
  // deno-lint-ignore no-control-regex
  const hasControls = user !== undefined && /[\0-\x1f\x7f]/.test(user);
  if (hasControls) return "--user holds control characters";
  const isLogin = user === undefined || /^[^:]+:/.test(user);
  return isLogin ? undefined : "--user needs NAME:PASSWORD, a name and a colon at least";
}
