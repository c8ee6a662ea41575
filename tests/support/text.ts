const ENCODER = new TextEncoder();
const DECODER = new TextDecoder("latin1");

/** The UTF-8 bytes of a text. */
export function bytesOf(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** The text of bytes, each byte a character. */
export function textOf(bytes: Uint8Array): string {
  return DECODER.decode(bytes);
}
