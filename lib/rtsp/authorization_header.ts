import { type AuthScheme, parseAuthSchemes } from "./auth_parameters.ts";
import { type DigestHash, formatNonceCount } from "./digest.ts";
import { excerpt } from "./excerpt.ts";
import { isHeaderValue } from "./header_value.ts";
import { quote } from "./quoted_string.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";

/** Credentials of Basic (RFC 7617). */
export interface BasicCredentials {
  readonly scheme: "basic";
  readonly user: string;
  readonly password: string;
}

/** Credentials of Digest (RFC 7616 §3.4). */
export interface DigestCredentials {
  readonly scheme: "digest";
  readonly user: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  /** Lower-case hexadecimal digits. */
  readonly response: string;
  readonly hash: DigestHash;
  readonly sessionAlgorithm?: true;
  /** Whether the algorithm is named. */
  readonly algorithmNamed?: true;
  readonly opaque?: string;
  /** With `qop=auth`; without it the form of RFC 2069. */
  readonly qop?: {
    readonly name: "auth";
    readonly nonceCount: number;
    readonly clientNonce: string;
  };
}

/** Who a client says it is, and its proof. */
export type Credentials = BasicCredentials | DigestCredentials;

/**
 * Reads an `Authorization` header (RFC 2326 §12.5).
 *
 * @returns `undefined` for a scheme, hash or `qop` that we do not know: 401 is the answer.
 * @throws {RtspSyntaxError} For broken base64 and for Digest with parts missing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const credentials = { scheme: "basic", user: "Aladdin", password: "open sesame" } as const;
 * assertEquals(parseAuthorization("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), credentials);
 * assertEquals(serializeAuthorization(credentials), "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
 * ```
 */
export function parseAuthorization(value: string): Credentials | undefined {
  const schemes = parseAuthSchemes("Authorization", value);
  const [found] = schemes;
  if (found === undefined || schemes.length > 1) fail(`${schemes.length} schemes, 1 is wanted`);
  if (found.scheme === "basic") return parseBasic(found.token);
  return found.scheme === "digest" ? parseDigest(found) : undefined;
}

/**
 * Writes what `parseAuthorization()` reads.
 *
 * @throws {RangeError} For a colon in a Basic user's name and for texts that cannot be written.
 */
export function serializeAuthorization(credentials: Credentials): string {
  const text = credentials.scheme === "basic"
    ? `Basic ${writeBasic(credentials)}`
    : `Digest ${writeDigest(credentials)}`;
  if (!isHeaderValue(text)) {
    throw new RangeError("Cannot write Authorization: it holds control characters");
  }
  return text;
}

function parseBasic(token: string): BasicCredentials {
  let text: string;
  try {
    text = new TextDecoder().decode(Uint8Array.from(atob(token), (c) => c.charCodeAt(0)));
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    fail("Basic is not followed by base64");
  }
  const colon = text.indexOf(":");
  if (colon < 0) fail("Basic holds no colon between user and password");
  return { scheme: "basic", user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function writeBasic({ user, password }: BasicCredentials): string {
  if (user.includes(":")) {
    throw new RangeError(`Cannot write Authorization: colon in the user name ${excerpt(user)}`);
  }
  return btoa(String.fromCharCode(...new TextEncoder().encode(`${user}:${password}`)));
}

function parseDigest({ parameters }: AuthScheme): DigestCredentials | undefined {
  const need = (name: string) => parameters.get(name) ?? fail(`Digest without ${name}`);
  const named = parameters.get("algorithm");
  const [, hash, session] = /^(MD5|SHA-256)(-sess)?$/i.exec(named ?? "MD5") ?? [];
  const qop = parameters.get("qop");
  if (hash === undefined || (qop !== undefined && qop.toLowerCase() !== "auth")) return undefined;
  const response = need("response").toLowerCase();
  if (!/^(?:[0-9a-f]{32}){1,2}$/.test(response)) fail("Digest response is no hash");
  const opaque = parameters.get("opaque");
  return {
    scheme: "digest",
    user: need("username"),
    realm: need("realm"),
    nonce: need("nonce"),
    uri: need("uri"),
    response,
    hash: hash.toUpperCase() === "MD5" ? "MD5" : "SHA-256",
    ...session === undefined ? {} : { sessionAlgorithm: true },
    ...named === undefined ? {} : { algorithmNamed: true },
    ...opaque === undefined ? {} : { opaque },
    ...qop === undefined
      ? {}
      : { qop: { name: "auth", nonceCount: readCount(need("nc")), clientNonce: need("cnonce") } },
  };
}

function readCount(text: string): number {
  if (!/^[0-9a-f]{1,8}$/i.test(text)) fail(`Digest nc ${excerpt(text)} is not hexadecimal`);
  return parseInt(text, 16);
}

/** Quotes where RFC 7616 §3.4 wants them, and none around nc, qop and algorithm. */
function writeDigest(credentials: DigestCredentials): string {
  const { user, realm, nonce, uri, response, hash, opaque, qop } = credentials;
  const parts = [
    `username=${quote(user)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(uri)}`,
    `response=${quote(response)}`,
  ];
  if (credentials.algorithmNamed === true || hash !== "MD5" || credentials.sessionAlgorithm) {
    parts.push(`algorithm=${hash}${credentials.sessionAlgorithm === true ? "-sess" : ""}`);
  }
  if (opaque !== undefined) parts.push(`opaque=${quote(opaque)}`);
  if (qop !== undefined) {
    parts.push(`qop=${qop.name}`, `nc=${formatNonceCount(qop.nonceCount)}`);
    parts.push(`cnonce=${quote(qop.clientNonce)}`);
  }
  return parts.join(", ");
}

function fail(problem: string): never {
  throw new RtspSyntaxError(`Cannot parse Authorization: ${problem}`);
}
