import { type AuthScheme, parseAuthSchemes } from "./auth_parameters.ts";
import type { DigestHash } from "./digest.ts";
import { isHeaderValue } from "./header_value.ts";
import { quote } from "./quoted_string.ts";

/** A demand for Basic (RFC 7617). */
export interface BasicChallenge {
  readonly scheme: "basic";
  readonly realm: string;
}

/** A demand for Digest (RFC 7616 §3.3). */
export interface DigestChallenge {
  readonly scheme: "digest";
  readonly realm: string;
  readonly nonce: string;
  readonly hash: DigestHash;
  /** The `-sess` form of the hash. */
  readonly sessionAlgorithm?: true;
  /** Whether the algorithm was named: some clients stumble over `algorithm=MD5`. */
  readonly algorithmNamed?: true;
  /** Whether `auth` is offered; without it the form of RFC 2069 is meant. */
  readonly qopAuth?: true;
  readonly opaque?: string;
  /** The credentials were right, the nonce is too old. */
  readonly stale?: true;
}

/** A demand that we can meet. */
export type Challenge = BasicChallenge | DigestChallenge;

/**
 * Reads all `WWW-Authenticate` headers of a response (RFC 2326 §12.44): several challenges may stand in
 * one header or in several. Schemes, hashes and `qop` that we do not know are left out.
 *
 * @param values As from `headers.getAll("WWW-Authenticate")`.
 * @throws {RtspSyntaxError} For what is no list of challenges.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const values = ['Digest realm="r", nonce="n"', 'Basic realm="r"'];
 * assertEquals(parseWwwAuthenticate(values), [
 *   { scheme: "digest", realm: "r", nonce: "n", hash: "MD5" },
 *   { scheme: "basic", realm: "r" },
 * ]);
 * ```
 */
export function parseWwwAuthenticate(values: readonly string[]): Challenge[] {
  return values.flatMap((value) => parseAuthSchemes("WWW-Authenticate", value))
    .map(toChallenge)
    .filter((challenge) => challenge !== undefined);
}

/**
 * Writes one challenge, one header each.
 *
 * @throws {RangeError} For a text that cannot be written.
 */
export function serializeWwwAuthenticate(challenge: Challenge): string {
  const parts = [`realm=${quote(challenge.realm)}`];
  if (challenge.scheme === "digest") {
    const { nonce, opaque, hash, sessionAlgorithm, algorithmNamed, qopAuth, stale } = challenge;
    parts.push(`nonce=${quote(nonce)}`);
    if (opaque !== undefined) parts.push(`opaque=${quote(opaque)}`);
    if (stale === true) parts.push("stale=true");
    if (algorithmNamed === true || hash !== "MD5" || sessionAlgorithm === true) {
      parts.push(`algorithm=${hash}${sessionAlgorithm === true ? "-sess" : ""}`);
    }
    if (qopAuth === true) parts.push('qop="auth"');
  }
  const text = `${challenge.scheme === "basic" ? "Basic" : "Digest"} ${parts.join(", ")}`;
  if (!isHeaderValue(text)) {
    throw new RangeError(`Cannot write WWW-Authenticate: ${JSON.stringify(text)} is not allowed`);
  }
  return text;
}

function toChallenge({ scheme, parameters }: AuthScheme): Challenge | undefined {
  const realm = parameters.get("realm") ?? "";
  if (scheme === "basic") return { scheme, realm };
  const nonce = parameters.get("nonce");
  if (scheme !== "digest" || nonce === undefined) return undefined;
  const named = parameters.get("algorithm");
  const [, hash, session] = /^(MD5|SHA-256)(-sess)?$/i.exec(named ?? "MD5") ?? [];
  const qops = (parameters.get("qop") ?? "").toLowerCase().split(/[,\s]+/);
  const onlyUnknown = parameters.has("qop") && !qops.includes("auth") && !qops.includes("");
  if (hash === undefined || onlyUnknown) return undefined;
  const opaque = parameters.get("opaque");
  return {
    scheme,
    realm,
    nonce,
    hash: hash.toUpperCase() === "MD5" ? "MD5" : "SHA-256",
    ...session === undefined ? {} : { sessionAlgorithm: true },
    ...named === undefined ? {} : { algorithmNamed: true },
    ...qops.includes("auth") ? { qopAuth: true } : {},
    ...opaque === undefined ? {} : { opaque },
    ...parameters.get("stale")?.toLowerCase() === "true" ? { stale: true } : {},
  };
}
