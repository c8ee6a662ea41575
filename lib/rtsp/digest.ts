import { md5 } from "./md5.ts";
import { sha256 } from "./sha256.ts";

/** The hashes of RFC 7616 that RTSP programs know, weakest first. */
export type DigestHash = "MD5" | "SHA-256";

/** What a Digest response is computed from. */
export interface DigestInput {
  readonly hash: DigestHash;
  /** `digestSecret()` of user, realm and password: what an htdigest file keeps. */
  readonly secret: string;
  readonly method: string;
  /** The `uri` parameter exactly as it is sent. */
  readonly uri: string;
  readonly nonce: string;
  /** With `qop=auth` (RFC 7616); without it the form of RFC 2069, which many RTSP programs use. */
  readonly qop?: {
    readonly name: "auth";
    /** Counts the requests with this nonce, from 1. */
    readonly nonceCount: number;
    readonly clientNonce: string;
  };
  /** `MD5-sess` and `SHA-256-sess`: the nonces go into the secret as well; needs `qop`. */
  readonly sessionAlgorithm?: boolean;
}

/** The hash of a text's UTF-8 bytes in lower-case hexadecimal digits. */
export function digestHash(hash: DigestHash, text: string): string {
  const bytes = new TextEncoder().encode(text);
  switch (hash) {
    case "MD5":
      return md5(bytes);
    case "SHA-256":
      return sha256(bytes);
    default:
      return hash satisfies never;
  }
}

/** H(A1) without nonces (RFC 7616 §3.4.2): `H(user:realm:password)`. */
export function digestSecret(
  hash: DigestHash,
  user: string,
  realm: string,
  password: string,
): string {
  return digestHash(hash, `${user}:${realm}:${password}`);
}

/**
 * The `response` parameter (RFC 7616 §3.4.1, RFC 2069 §2.1.2).
 *
 * @throws {RangeError} For a `-sess` algorithm without `qop`, which has no client nonce.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * // RFC 7616 §3.9.1
 * const response = digestResponse({
 *   hash: "MD5",
 *   secret: digestSecret("MD5", "Mufasa", "http-auth@example.org", "Circle of Life"),
 *   method: "GET",
 *   uri: "/dir/index.html",
 *   nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
 *   qop: {
 *     name: "auth",
 *     nonceCount: 1,
 *     clientNonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
 *   },
 * });
 * assertEquals(response, "8ca523f5e9506fed4657c9700eebdbec");
 * ```
 */
export function digestResponse(input: DigestInput): string {
  const { hash, method, uri, nonce, qop, sessionAlgorithm = false } = input;
  if (sessionAlgorithm && qop === undefined) {
    throw new RangeError("Cannot compute Digest: a -sess algorithm needs qop and a client nonce");
  }
  const secret = sessionAlgorithm
    ? digestHash(hash, `${input.secret}:${nonce}:${qop?.clientNonce}`)
    : input.secret;
  const request = digestHash(hash, `${method}:${uri}`);
  if (qop === undefined) return digestHash(hash, `${secret}:${nonce}:${request}`);
  const count = formatNonceCount(qop.nonceCount);
  return digestHash(
    hash,
    `${secret}:${nonce}:${count}:${qop.clientNonce}:${qop.name}:${request}`,
  );
}

/** `nc` as it is sent: eight hexadecimal digits. */
export function formatNonceCount(count: number): string {
  return count.toString(16).padStart(8, "0");
}
