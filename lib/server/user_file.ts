import { WireError } from "../bytes/wire_error.ts";
import { excerpt } from "../rtsp/excerpt.ts";
import { isHeaderValue } from "../rtsp/header_value.ts";

/** What stands in the file instead of a password: `digestSecret()` of it, lower-case digits. */
export interface UserSecrets {
  /** 32 digits. */
  readonly md5?: string;
  /** 64 digits. */
  readonly sha256?: string;
}

/** Who may log in: the content of an htdigest file. */
export interface UserFile {
  /** As the owner knows it, for messages. */
  readonly name: string;
  /** What every user's secret was made for. */
  readonly realm: string;
  /** By the user's name, at least one. A `Map`: names come from the wire. */
  readonly users: ReadonlyMap<string, UserSecrets>;
}

interface Line {
  readonly number: number;
  readonly user: string;
  readonly realm: string;
  readonly hash: keyof UserSecrets;
  readonly secret: string;
}

const WANTED = "user:realm:hash, with a hash of 32 (MD5) or 64 (SHA-256) hexadecimal digits,";

/**
 * Reads an htdigest file: `user:realm:hash` a line, the hash being `H(user:realm:password)` by MD5 or
 * SHA-256 (RFC 7616 §3.4.2); a user has a line for each. Empty lines and lines that start with `#` are
 * passed over. A realm may hold colons, a user's name may not.
 *
 * Messages show no hash, because who has it can log in.
 *
 * @param name Of the file, for messages.
 * @throws {WireError} For lines that are something else, for two realms, for a user's second line of
 * one hash, and for a file without users.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const file = parseUserFile("# staff\nann:films:0123456789abcdef0123456789ABCDEF\n", "users");
 * assertEquals(file.realm, "films");
 * assertEquals(file.users.get("ann"), { md5: "0123456789abcdef0123456789abcdef" });
 * ```
 */
export function parseUserFile(text: string, name: string): UserFile {
  const lines = text.replace(/^\ufeff/, "").split(/\r?\n/)
    .map((line, index) => ({ text: line.trim(), number: index + 1 }))
    .filter((line) => line.text !== "" && !line.text.startsWith("#"))
    .map((line) => parseLine(line.text, line.number, name));
  const [first] = lines;
  if (first === undefined) fail(name, "it holds no user", `at least one line ${WANTED} is wanted`);
  const users = new Map<string, UserSecrets>();
  for (const { number, user, realm, hash, secret } of lines) {
    if (realm !== first.realm) {
      fail(
        `${name}, line ${number}`,
        `its realm is ${excerpt(realm)}`,
        `${excerpt(first.realm)} is wanted, as in line ${first.number}`,
      );
    }
    if (users.get(user)?.[hash] !== undefined) {
      const former = lines.find((line) => line.user === user && line.hash === hash)?.number;
      fail(
        `${name}, line ${number}`,
        `user ${excerpt(user)} comes a second time with this hash`,
        `one line is wanted, and line ${former} is there`,
      );
    }
    users.set(user, { ...users.get(user), [hash]: secret });
  }
  return { name, realm: first.realm, users };
}

function parseLine(line: string, number: number, name: string): Line {
  const where = `${name}, line ${number}`;
  const [, user, realm, digits = ""] = /^([^:]*):(.*):([^:]*)$/s.exec(line) ?? [];
  if (user === undefined || realm === undefined) {
    fail(where, `it has ${line.split(":").length} fields parted by colons`, `${WANTED} is wanted`);
  }
  for (const [what, found] of [["user", user], ["realm", realm]] as const) {
    if (found === "" || !isHeaderValue(found)) {
      const wanted = "one without control characters and without spaces at its ends is wanted";
      fail(where, `the ${what} is ${excerpt(found)}`, wanted);
    }
  }
  if (!/^(?:[0-9a-f]{32}){1,2}$/i.test(digits)) {
    const kind = /^[0-9a-f]*$/i.test(digits) ? "digits" : "characters that are not all digits";
    fail(where, `the hash has ${digits.length} ${kind}`, `${WANTED} is wanted`);
  }
  const hash = digits.length === 32 ? "md5" : "sha256";
  return { number, user, realm, hash, secret: digits.toLowerCase() };
}

function fail(where: string, found: string, wanted: string): never {
  throw new WireError(`Cannot read users from ${where}: ${found}, ${wanted}`);
}
