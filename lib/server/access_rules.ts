import { WireError } from "../bytes/wire_error.ts";
import { excerpt } from "../rtsp/excerpt.ts";

/** `anyone` needs no login, `users` are all in the user file, a set names those who may. */
export type WhoMay = "anyone" | "users" | ReadonlySet<string>;

/** Who may see what is below one folder. */
export interface AccessRule {
  /** The names on the way to it; empty: everything. */
  readonly folder: readonly string[];
  readonly who: WhoMay;
}

/**
 * Reads one rule, `FOLDER=WHO`: the folder (or movie) as it is named on disk, `/` for everything; who is
 * `anyone`, `users`, or the names of users parted by commas.
 *
 * @throws {WireError} For no `=`, no folder, no user, `.` and `..` in the folder, and for `anyone` or
 * `users` among names.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseAccessRule("/=anyone"), { folder: [], who: "anyone" });
 * assertEquals(parseAccessRule("films/new=ann, bob"), {
 *   folder: ["films", "new"],
 *   who: new Set(["ann", "bob"]),
 * });
 * ```
 */
export function parseAccessRule(text: string): AccessRule {
  const equals = text.lastIndexOf("=");
  const place = text.slice(0, equals).trim();
  if (equals < 0 || place === "") {
    fail(text, "it names no folder", "FOLDER=WHO is wanted, / for everything");
  }
  const folder = place.split("/").filter((name) => name !== "");
  const odd = folder.find((name) => name === "." || name === "..");
  if (odd !== undefined) fail(text, `it has ${excerpt(odd)}`, "names of folders are wanted");
  const names = text.slice(equals + 1).split(",").map((name) => name.trim());
  const wanted = "anyone, users, or names parted by commas are wanted";
  if (names.includes("")) fail(text, "it leaves a name empty", wanted);
  const [only = ""] = names;
  if (names.length === 1 && (only === "anyone" || only === "users")) return { folder, who: only };
  const reserved = names.find((name) => name === "anyone" || name === "users");
  if (reserved !== undefined) fail(text, `it has ${reserved} among other names`, wanted);
  return { folder, who: new Set(names) };
}

/**
 * Who may see what. The rule of the longest folder on the way wins; where none is, all users may.
 *
 * Names are compared as they are. Since some file systems take `Films`, `films`, `films.` and other
 * Unicode forms for one folder, and since names may be percent-encoded twice, the path is also
 * compared with all of that ignored, and the stricter of both answers counts: a doubtful name never opens
 * what a rule closes.
 */
export class AccessRules {
  readonly #rules: readonly AccessRule[];

  /** @throws {WireError} For two rules of one folder. */
  constructor(rules: readonly AccessRule[]) {
    const folders = new Set<string>();
    for (const { folder } of rules) {
      const name = `/${folder.join("/")}`;
      if (folders.has(name)) {
        throw new WireError(`Cannot use rules: ${excerpt(name)} has two, one is wanted`);
      }
      folders.add(name);
    }
    this.#rules = rules;
  }

  /** Every user whom a rule names. */
  get userNames(): ReadonlySet<string> {
    return new Set(this.#rules.flatMap(({ who }) => typeof who === "string" ? [] : [...who]));
  }

  /** @param path Names from the media folder on, percent-decoded, without empty ones. */
  whoMay(path: readonly string[]): WhoMay {
    return stricter(this.#longest(path, (name) => name), this.#longest(path, loose));
  }

  #longest(path: readonly string[], reading: (name: string) => string): WhoMay {
    const names = path.map(reading);
    let length = -1;
    let who: WhoMay = "users";
    for (const rule of this.#rules) {
      if (rule.folder.length < length || rule.folder.length > names.length) continue;
      if (!rule.folder.every((name, index) => reading(name) === names[index])) continue;
      // Read loosely, two rules may be of one folder.
      who = rule.folder.length > length ? rule.who : stricter(who, rule.who);
      length = rule.folder.length;
    }
    return who;
  }
}

/** The name with everything ignored that some file system or second decoding ignores. */
function loose(name: string): string {
  let decoded = name;
  try {
    decoded = decodeURIComponent(name);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
  }
  return decoded.normalize("NFKC").toLowerCase().replace(/(?<![. ])[. ]+$/, "");
}

/** Only those whom both let in. */
function stricter(a: WhoMay, b: WhoMay): WhoMay {
  if (a === "anyone") return b;
  if (b === "anyone") return a;
  if (a === "users") return b;
  if (b === "users") return a;
  return new Set([...a].filter((name) => b.has(name)));
}

function fail(text: string, found: string, wanted: string): never {
  throw new WireError(`Cannot read rule ${excerpt(text)}: ${found}, ${wanted}`);
}
