import type { Login } from "../client/login.ts";

/**
 * `NAME:PASSWORD`; a password may hold further colons.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseLogin("ann:a:b"), { user: "ann", password: "a:b" });
 * ```
 */
export function parseLogin(text: string): Login {
  const [user = "", ...password] = text.split(":");
  return { user, password: password.join(":") };
}
