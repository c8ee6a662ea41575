import type { Now } from "../bytes/now.ts";
import type { RandomSource } from "../bytes/random_source.ts";
import { WireError } from "../bytes/wire_error.ts";
import {
  type BasicCredentials,
  type Credentials,
  type DigestCredentials,
  parseAuthorization,
} from "../rtsp/authorization_header.ts";
import { digestResponse, digestSecret } from "../rtsp/digest.ts";
import { excerpt } from "../rtsp/excerpt.ts";
import { pathSegments } from "../rtsp/path_segments.ts";
import { type Challenge, serializeWwwAuthenticate } from "../rtsp/www_authenticate_header.ts";
import type { AccessRules } from "./access_rules.ts";
import { LoginThrottle, type LoginThrottleSettings } from "./login_throttle.ts";
import { equalInConstantTime, NonceKeeper, type NonceSettings } from "./nonce_keeper.ts";
import type { UserFile, UserSecrets } from "./user_file.ts";

/** What the owner of a server decides about logins. */
export interface AuthSettings {
  readonly users: UserFile;
  readonly rules: AccessRules;
  /** `sha256` offers SHA-256 beside MD5, not in its place. */
  readonly digest: "md5" | "sha256";
  /** Whether Basic is offered, which shows the password to whoever reads along. */
  readonly basic: boolean;
  readonly nonces?: NonceSettings;
  readonly throttle?: LoginThrottleSettings;
}

/** What of a request (RTSP or HTTP) tells whether it is allowed. */
export interface AuthRequest {
  readonly method: string;
  /** As in the request line. */
  readonly uri: string;
  /**
   * The names of what is asked for from the media folder on, percent-decoded: of the movie, also where the
   * URL is of its track.
   */
  readonly path: readonly string[];
  /** What the server itself has to show is for users only, even where a rule lets anyone see the movies. */
  readonly usersOnly?: boolean;
  /** The value of `Authorization`. */
  readonly authorization?: string | undefined;
  /** The peer's address, literal. */
  readonly peerAddress: string;
}

/** What to do with a request. `delayMs` is how long to hold the answer back. */
export type AuthResult =
  /** Serve it. Without a user where no login is needed: credentials are not looked at there. */
  | { readonly kind: "allowed"; readonly user?: string }
  /** 401, each challenge as one `WWW-Authenticate` header, in this order. */
  | {
    readonly kind: "challenge";
    readonly challenges: readonly string[];
    readonly stale: boolean;
    readonly delayMs: number;
  }
  /** 403: we know who it is, and that user may not. */
  | { readonly kind: "forbidden"; readonly user: string; readonly reason: string }
  /** 400: the credentials cannot be read, or are for another resource. */
  | { readonly kind: "bad"; readonly reason: string; readonly delayMs: number };

/**
 * Decides whether a request is allowed: Digest (RFC 7616, RFC 2617, and RFC 2069's form without `qop`) and
 * Basic (RFC 7617) against an htdigest file and rules per folder.
 *
 * A right response with a nonce that is not good is answered `stale`, whatever the nonce's fault: clients
 * then go on without asking for the password again, also after the server was started anew.
 */
export class Authenticator {
  readonly #settings: AuthSettings;
  readonly #nonces: NonceKeeper;
  readonly #throttle: LoginThrottle;
  /** The secrets of who is not in the file: as much work, and nobody's. */
  readonly #nobody: Required<UserSecrets>;

  /** @param random A secure source, except in tests. */
  constructor(settings: AuthSettings, random: RandomSource) {
    this.#settings = settings;
    this.#nonces = new NonceKeeper(random, settings.nonces);
    this.#throttle = new LoginThrottle(settings.throttle);
    const digits = Array.from({ length: 8 }, () => random.uint32().toString(16).padStart(8, "0"));
    this.#nobody = { md5: digits.slice(0, 4).join(""), sha256: digits.join("") };
  }

  /** What in the settings will keep users out, a sentence each: for the log at the start. */
  get warnings(): readonly string[] {
    const { users: { name: file, users }, rules, digest } = this.#settings;
    const unknown = [...rules.userNames].filter((name) => !users.has(name));
    const only = (has: keyof UserSecrets, lacks: keyof UserSecrets) =>
      [...users].filter(([, secrets]) => secrets[has] !== undefined && secrets[lacks] === undefined)
        .map(([name]) => name);
    return [
      ...unknown.map((name) => `A rule names ${excerpt(name)}, who is not in ${file}`),
      ...only("sha256", "md5").map((name) =>
        `${excerpt(name)} has no MD5 line in ${file}: most players know no other hash`
      ),
      ...digest === "md5"
        ? []
        : only("md5", "sha256").map((name) =>
          `${
            excerpt(name)
          } has no SHA-256 line in ${file}: programs that know SHA-256 cannot log in`
        ),
    ];
  }

  /**
   * Whether the rules let somebody see this; for lists of what there is.
   *
   * @param user Who is logged in.
   * @param path As in `AuthRequest`.
   */
  maySee(user: string | undefined, path: readonly string[]): boolean {
    const who = this.#settings.rules.whoMay(path);
    if (who === "anyone") return true;
    return user !== undefined && (who === "users" || who.has(user));
  }

  /** Never throws, whatever the peer sent. */
  check(request: AuthRequest, now: Now): AuthResult {
    const { authorization, peerAddress } = request;
    const ruled = this.#settings.rules.whoMay(request.path);
    const who = ruled === "anyone" && request.usersOnly === true ? "users" : ruled;
    if (who === "anyone") return { kind: "allowed" };
    const waitMs = this.#throttle.delayMs(peerAddress, undefined, now);
    if (authorization === undefined) return this.#challenge(false, waitMs, peerAddress, now);
    let credentials: Credentials | undefined;
    try {
      credentials = parseAuthorization(authorization);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return this.#bad(error.message, undefined, peerAddress, now);
    }
    if (credentials === undefined || !this.#isOffered(credentials)) {
      return this.#challenge(false, waitMs, peerAddress, now);
    }
    const refusal = this.#judge(credentials, request, now);
    if (refusal !== undefined) return refusal;
    const { user } = credentials;
    this.#throttle.succeeded(peerAddress, user, now);
    if (who === "users" || who.has(user)) return { kind: "allowed", user };
    const reason = `User ${excerpt(user)} may not use ${excerpt(`/${request.path.join("/")}`)}`;
    return { kind: "forbidden", user, reason };
  }

  /** Why the credentials do not prove who it is; `undefined` where they do. */
  #judge(credentials: Credentials, request: AuthRequest, now: Now): AuthResult | undefined {
    const { user } = credentials;
    const { peerAddress, method, uri } = request;
    const waitMs = this.#throttle.delayMs(peerAddress, user, now);
    // Not judged yet: stale lets the client try again by itself when the answer comes.
    if (waitMs > 0) return this.#challenge(true, waitMs, peerAddress, now);
    if (credentials.scheme === "digest" && !isFor(credentials.uri, request)) {
      const reason = `Digest is for ${excerpt(credentials.uri)}, the request for ${excerpt(uri)}`;
      return this.#bad(reason, user, peerAddress, now);
    }
    const isRight = credentials.scheme === "digest"
      ? this.#isRightDigest(credentials, method)
      : this.#isRightBasic(credentials);
    if (!isRight) {
      const delayMs = this.#throttle.failed(peerAddress, user, now);
      return this.#challenge(false, delayMs, peerAddress, now);
    }
    if (credentials.scheme === "basic") return undefined;
    const count = credentials.qop?.nonceCount;
    const state = this.#nonces.check(credentials.nonce, count, now, peerAddress);
    return state === "good" ? undefined : this.#challenge(true, 0, peerAddress, now);
  }

  #isOffered(credentials: Credentials): boolean {
    if (credentials.scheme === "basic") return this.#settings.basic;
    if (credentials.sessionAlgorithm === true) return false;
    return credentials.hash === "MD5" || this.#settings.digest === "sha256";
  }

  #isRightDigest(credentials: DigestCredentials, method: string): boolean {
    const { user, hash, uri, nonce, qop, response } = credentials;
    const kind = hash === "MD5" ? "md5" : "sha256";
    const { users, realm } = this.#settings.users;
    const known = users.get(user)?.[kind];
    const secret = known ?? this.#nobody[kind];
    const input = { hash, secret, method, uri, nonce, ...qop === undefined ? {} : { qop } };
    const isSame = equalInConstantTime(response, digestResponse(input));
    return isSame && known !== undefined && credentials.realm === realm;
  }

  /** Both hashes are computed for everybody: the time does not tell who has which. */
  #isRightBasic({ user, password }: BasicCredentials): boolean {
    const { users, realm } = this.#settings.users;
    const known = users.get(user);
    const { md5, sha256 } = { ...this.#nobody, ...known };
    const isMd5 = equalInConstantTime(digestSecret("MD5", user, realm, password), md5);
    const isSha256 = equalInConstantTime(digestSecret("SHA-256", user, realm, password), sha256);
    return known !== undefined && (isMd5 || isSha256);
  }

  #bad(reason: string, user: string | undefined, peerAddress: string, now: Now): AuthResult {
    return { kind: "bad", reason, delayMs: this.#throttle.failed(peerAddress, user, now) };
  }

  /** MD5 comes last of the Digest challenges: FFmpeg and live555 (VLC) know only MD5, and take the last. */
  #challenge(stale: boolean, delayMs: number, peerAddress: string, now: Now): AuthResult {
    const { users: { realm }, digest, basic } = this.#settings;
    const nonce = this.#nonces.issue(now, peerAddress);
    const md5 = {
      scheme: "digest",
      realm,
      nonce,
      hash: "MD5",
      qopAuth: true,
      ...stale ? { stale } : {},
    } as const;
    const challenges: Challenge[] = [
      ...digest === "sha256" ? [{ ...md5, hash: "SHA-256" } as const] : [],
      md5,
      ...basic ? [{ scheme: "basic", realm } as const] : [],
    ];
    return {
      kind: "challenge",
      challenges: challenges.map(serializeWwwAuthenticate),
      stale,
      delayMs,
    };
  }
}

/**
 * Whether Digest's `uri` is for this request: the same text, or another way to write the same path (the host
 * is not compared: behind NAT, it has several names), or, as live555 sends it with every request, the movie
 * where the request is for its track. A query must be the same, or missing with the movie.
 */
function isFor(digestUri: string, { uri, path }: AuthRequest): boolean {
  if (digestUri === uri) return true;
  const [claimed, asked] = [readUri(digestUri), readUri(uri)];
  if (claimed === undefined || asked === undefined) return false;
  if (isSame(claimed.names, asked.names)) return claimed.query === asked.query;
  const isMovie = isSame(claimed.names, path) && isSame(asked.names.slice(0, path.length), path);
  return path.length > 0 && isMovie && (claimed.query === "" || claimed.query === asked.query);
}

/** Path and query of a URL or an absolute path; `undefined` for what is no safe path. */
function readUri(uri: string): { names: string[]; query: string } | undefined {
  const [, path = "", query = ""] =
    /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/is.exec(uri) ?? [];
  try {
    return { names: pathSegments(path), query };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return undefined;
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}
