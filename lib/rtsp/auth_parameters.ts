import { excerpt } from "./excerpt.ts";
import { unquote } from "./quoted_string.ts";
import { RtspSyntaxError } from "./rtsp_syntax_error.ts";
import { splitHeader } from "./split_header.ts";
import { isToken } from "./token.ts";

/** One challenge or one set of credentials as the grammar has it (RFC 7235 §2.1). */
export interface AuthScheme {
  /** Lower case: `digest`. */
  readonly scheme: string;
  /** Behind the scheme where it is no list of parameters: the base64 of Basic. */
  readonly token: string;
  /** By lower-case name, unquoted. A `Map`: names come from the wire. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Reads one header, which may hold several challenges.
 *
 * @param header Its name, for messages.
 * @throws {RtspSyntaxError} For parameters before any scheme, and for names twice in one.
 */
export function parseAuthSchemes(header: string, value: string): AuthScheme[] {
  const schemes: { scheme: string; token: string; parameters: Map<string, string> }[] = [];
  for (const part of splitHeader(value, ",")) {
    const [, scheme, rest = ""] = /^([^\s=]+)(?:\s+(?!=)(.*))?$/s.exec(part) ?? [];
    if (scheme !== undefined && isToken(scheme)) {
      schemes.push({ scheme: scheme.toLowerCase(), token: "", parameters: new Map() });
    }
    const text = scheme === undefined ? part : rest;
    const current = schemes.at(-1);
    if (current === undefined) fail(header, `${excerpt(part)} starts with no scheme`);
    const [, name, raw = ""] = /^([^\s="]+)\s*=\s*("(?:.*)|[^\s=]*)$/s.exec(text) ?? [];
    // Behind the scheme, `YWI6Yw=` is base64, and no parameter without a value.
    const isBase64 = scheme !== undefined && raw === "";
    if (name === undefined || !isToken(name) || isBase64) {
      if (scheme === undefined) fail(header, `${excerpt(part)} is no parameter`);
      current.token = text;
      continue;
    }
    const key = name.toLowerCase();
    if (current.parameters.has(key)) fail(header, `parameter ${excerpt(name)} stands twice`);
    current.parameters.set(key, unquote(raw));
  }
  return schemes;
}

function fail(header: string, problem: string): never {
  throw new RtspSyntaxError(`Cannot parse ${header}: ${problem}`);
}
