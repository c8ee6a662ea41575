import type { RandomSource } from "../bytes/random_source.ts";
import { serializeAuthorization } from "../rtsp/authorization_header.ts";
import { digestResponse, digestSecret } from "../rtsp/digest.ts";
import {
  type Challenge,
  type DigestChallenge,
  parseWwwAuthenticate,
} from "../rtsp/www_authenticate_header.ts";
import { leniently } from "./leniently.ts";
import type { Login } from "./login.ts";

/** Challenges to one request that may be met: the first, and one more because its nonce was stale. */
const MOST_ATTEMPTS = 2;

/** Whether a request is to be sent again after 401, or why that is of no use: a clause. */
export type ChallengeVerdict =
  | { readonly kind: "retry" }
  | { readonly kind: "hopeless"; readonly reason: string };

/**
 * Meets a server's challenges (RFC 7616, RFC 7617): takes the strongest that it offers and keeps to it for
 * all later requests, so that each is challenged once at most.
 */
export class Authentication {
  readonly #login: Login | undefined;
  readonly #random: RandomSource;
  #challenge: Challenge | undefined;
  #nonceCount = 0;

  /** @param random For client nonces: a secure one. */
  constructor(login: Login | undefined, random: RandomSource) {
    this.#login = login;
    this.#random = random;
  }

  /**
   * A request was answered 401.
   *
   * @param values All `WWW-Authenticate` headers of the reply.
   * @param attempts How many challenges to this same request were met before.
   */
  challenged(values: readonly string[], attempts: number): ChallengeVerdict {
    if (this.#login === undefined) {
      return hopeless("the server wants a user and password: --user NAME:PASSWORD gives them");
    }
    const challenge = strongest(values);
    if (challenge === undefined) return hopeless("the server offers no login that is known here");
    if (challenge.scheme === "basic" && this.#login.user.includes(":")) {
      return hopeless("the server offers Basic only, which knows no user with a colon in the name");
    }
    const isStale = challenge.scheme === "digest" && challenge.stale === true;
    if (attempts > 0 && !(isStale && attempts < MOST_ATTEMPTS)) {
      return hopeless("the user or the password is wrong");
    }
    this.#challenge = challenge;
    this.#nonceCount = 0;
    return { kind: "retry" };
  }

  /** The `Authorization` of a request; `undefined` before any challenge. */
  authorization(method: string, uri: string): string | undefined {
    const [challenge, login] = [this.#challenge, this.#login];
    if (challenge === undefined || login === undefined) return undefined;
    if (challenge.scheme === "basic") return serializeAuthorization({ scheme: "basic", ...login });
    return this.#digest(challenge, login, method, uri);
  }

  #digest(challenge: DigestChallenge, login: Login, method: string, uri: string): string {
    const { realm, nonce, hash, opaque, sessionAlgorithm, algorithmNamed } = challenge;
    const { user, password } = login;
    const needsCount = challenge.qopAuth === true;
    const qop = needsCount
      ? { name: "auth", nonceCount: ++this.#nonceCount, clientNonce: this.#clientNonce() } as const
      : undefined;
    const isSession = sessionAlgorithm === true && qop !== undefined;
    const response = digestResponse({
      hash,
      secret: digestSecret(hash, user, realm, password),
      method,
      uri,
      nonce,
      ...qop !== undefined && { qop },
      ...isSession && { sessionAlgorithm: true },
    });
    return serializeAuthorization({
      scheme: "digest",
      user,
      realm,
      nonce,
      uri,
      response,
      hash,
      ...isSession && { sessionAlgorithm: true },
      ...algorithmNamed && { algorithmNamed },
      ...opaque !== undefined && { opaque },
      ...qop !== undefined && { qop },
    });
  }

  #clientNonce(): string {
    return Array.from({ length: 4 }, () => this.#random.uint32().toString(16).padStart(8, "0"))
      .join("");
  }
}

/** SHA-256 before MD5 before Basic; the server's order within. */
function strongest(values: readonly string[]): Challenge | undefined {
  const challenges = leniently(() => parseWwwAuthenticate(values)) ?? [];
  return challenges.find((one) => one.scheme === "digest" && one.hash === "SHA-256") ??
    challenges.find((one) => one.scheme === "digest") ??
    challenges[0];
}

function hopeless(reason: string): ChallengeVerdict {
  return { kind: "hopeless", reason };
}
