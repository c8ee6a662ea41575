/** What every answer says: no code but ours, no frame around us, nothing to be guessed or told on. */
const ALWAYS: readonly (readonly [name: string, value: string])[] = [
  [
    "Content-Security-Policy",
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  ],
  ["X-Content-Type-Options", "nosniff"],
  ["X-Frame-Options", "DENY"],
  ["Referrer-Policy", "no-referrer"],
  ["Cross-Origin-Resource-Policy", "same-origin"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
];

/** What an answer may have. */
export interface ReplyFields {
  readonly status?: number;
  readonly type: string;
  /** `no-store` unless given. */
  readonly cache?: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

const ENCODER = new TextEncoder();

/** An answer with the header fields that all have, and its length where that is known. */
export function reply(
  body: Uint8Array | string | ReadableStream<Uint8Array> | null,
  { status = 200, type, cache = "no-store", headers = [] }: ReplyFields,
): Response {
  const fields = new Headers();
  for (const [name, value] of ALWAYS) fields.set(name, value);
  fields.set("Content-Type", type);
  fields.set("Cache-Control", cache);
  for (const [name, value] of headers) fields.append(name, value);
  const bytes = typeof body === "string" ? ENCODER.encode(body) : body;
  if (bytes instanceof Uint8Array) fields.set("Content-Length", String(bytes.length));
  return new Response(bytes as BodyInit | null, { status, headers: fields });
}

/** A value as JSON. */
export function replyJson(value: unknown): Response {
  return reply(JSON.stringify(value), { type: "application/json" });
}

/** A refusal: one sentence, as JSON, so that the page can show it. */
export function replyError(
  status: number,
  error: string,
  headers: readonly (readonly [name: string, value: string])[] = [],
): Response {
  return reply(JSON.stringify({ error }), { status, type: "application/json", headers });
}
