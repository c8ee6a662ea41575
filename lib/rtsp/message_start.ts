import { isRtspMethod } from "./methods.ts";

/** Longest word that is taken for a method: RFC 2326's longest has 13 letters. */
const MOST_LETTERS = 20;
const [SPACE, SLASH, UNDERSCORE, A, Z] = [0x20, 0x2f, 0x5f, 0x41, 0x5a];

/**
 * Whether a message starts at `at`, in a connection that carries interleaved blocks as well; `undefined`
 * where the bytes so far do not tell.
 *
 * @param onlyKnown Inside garbage only the methods of RFC 2326 count; at a place where a message may start
 * any word of three or more capitals does, so that an unknown method is answered 501.
 */
export function isMessageStart(
  bytes: Uint8Array,
  at: number,
  onlyKnown: boolean,
): boolean | undefined {
  let word = "";
  for (let i = at; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte === SLASH) return word === "RTSP";
    if (byte === SPACE) return isRtspMethod(word) || (!onlyKnown && word.length >= 3);
    if ((byte < A || byte > Z) && byte !== UNDERSCORE) return false;
    word += String.fromCharCode(byte);
    if (word.length > MOST_LETTERS) return false;
  }
  return undefined;
}
