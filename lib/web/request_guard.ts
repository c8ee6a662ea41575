import type { HostRules } from "./host_rules.ts";

/** Most characters of a path with its query. */
const MAX_TARGET_LENGTH = 2048;
/** Most characters of all header fields. */
const MAX_HEADERS_LENGTH = 16 * 1024;

/** Why a request is not looked at any further. */
export interface GuardRefusal {
  readonly status: 400 | 403 | 413 | 414 | 421 | 431;
  /** One sentence. */
  readonly reason: string;
}

/**
 * Refuses what a page elsewhere sends through somebody's browser, and what is too large; before anybody is
 * asked for a login.
 *
 * - The address has to be one.
 * - `Host` has to be one of ours (DNS rebinding).
 * - `Origin`, where there is one, has to name the same host and port: browsers send it with all that changes
 *   something, and nobody else's pages may read. Its scheme may differ, behind a proxy that does TLS.
 * - `Sec-Fetch-Site`, where there is one, has to say that our page asks, or the user: a link from
 *   elsewhere may open the page itself, and show or change nothing else.
 * - No request has a body.
 */
export function guardRequest(request: Request, hosts: HostRules): GuardRefusal | undefined {
  const { headers, method } = request;
  // It is made of `Host` and what was asked for, neither of which has been looked at.
  if (!URL.canParse(request.url)) {
    return { status: 400, reason: `Cannot read the address ${JSON.stringify(request.url)}` };
  }
  const url = new URL(request.url);
  const host = headers.get("host") ?? url.host;
  if (!hosts.allows(host)) {
    return {
      status: 421,
      reason: `This server is not called ${JSON.stringify(host)}: allow the name with --http-host`,
    };
  }
  const size = sizeRefusal(url, headers);
  if (size !== undefined) return size;
  const origin = headers.get("origin");
  if (origin !== null && origin.replace(/^https?:\/\//, "") !== host.toLowerCase()) {
    return { status: 403, reason: `Pages of ${JSON.stringify(origin)} may not use this server` };
  }
  const site = headers.get("sec-fetch-site");
  if (site === null || site === "same-origin" || site === "none") return undefined;
  const isLink = method === "GET" && url.pathname === "/" &&
    headers.get("sec-fetch-mode") === "navigate" && headers.get("sec-fetch-dest") === "document";
  if (isLink) return undefined;
  return { status: 403, reason: "Pages of other sites may not use this server" };
}

function sizeRefusal(url: URL, headers: Headers): GuardRefusal | undefined {
  if (headers.has("transfer-encoding") || (headers.get("content-length") ?? "0") !== "0") {
    return { status: 413, reason: "No request to this server has a body" };
  }
  if (url.pathname.length + url.search.length > MAX_TARGET_LENGTH) {
    const reason = `The path and query are longer than ${MAX_TARGET_LENGTH} characters`;
    return { status: 414, reason };
  }
  let length = 0;
  for (const [name, value] of headers) length += name.length + value.length;
  if (length <= MAX_HEADERS_LENGTH) return undefined;
  return { status: 431, reason: `The header fields are longer than ${MAX_HEADERS_LENGTH} bytes` };
}
