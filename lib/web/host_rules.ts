/**
 * Under which names browsers may reach the pages. A page elsewhere can give its own name our address (DNS
 * rebinding) and would then be of our origin: only names that it cannot own are taken.
 */
export class HostRules {
  readonly #names: ReadonlySet<string>;
  readonly #anyAddress: boolean;

  /**
   * @param listening The local address that is listened on. With `0.0.0.0` or `::`, every literal address is
   * taken: nobody can give an address to a name that is one.
   * @param allowed Further names, as `--http-host` gives them.
   */
  constructor(listening: string, allowed: readonly string[]) {
    this.#anyAddress = listening === "0.0.0.0" || listening === "::";
    this.#names = new Set(["localhost", "127.0.0.1", "[::1]", listening, ...allowed].map(nameOf));
  }

  /**
   * Whether a `Host` header is ours. The port is not compared: it may have been forwarded from another.
   *
   * @param host As in the header: `localhost:8080`, `[::1]:8080`.
   */
  allows(host: string): boolean {
    const [, name = ""] = /^(\[[0-9a-f:.]+\]|[^\s:/?#@[\]]+)(?::\d{1,5})?$/i.exec(host) ?? [];
    if (name === "") return false;
    const plain = nameOf(name);
    if (this.#names.has(plain) || plain.endsWith(".localhost")) return true;
    return this.#anyAddress && (plain.startsWith("[") || /^\d+(?:\.\d+){3}$/.test(plain));
  }
}

/** As names are compared: small letters, no dot at the end, IPv6 in brackets. */
function nameOf(name: string): string {
  const plain = name.toLowerCase().replace(/\.$/, "");
  return plain.includes(":") && !plain.startsWith("[") ? `[${plain}]` : plain;
}
