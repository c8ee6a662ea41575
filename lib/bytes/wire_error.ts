/**
 * Bytes that somebody else sent are not what they have to be: the peer's fault, or the file's.
 *
 * Thrown by parsers only, and safe to catch: drop the packet, answer 400 or close. Every other error
 * that comes out of a parser (`RangeError`, `TypeError`) is a bug of ours and is never caught.
 *
 * Messages read `Cannot <verb> <thing>: <found> <wanted> (byte <offset> of <length>: <hex>)`.
 */
export class WireError extends SyntaxError {
  override readonly name = "WireError";
}
