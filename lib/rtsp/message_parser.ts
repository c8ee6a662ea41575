import type { RtspItem, RtspRequest, RtspResponse } from "./message.ts";
import { parseMessageHead } from "./message_head.ts";
import { RtspStream } from "./rtsp_stream.ts";

/**
 * Push parser of the standard framing (RFC 2326 §4, §10.12), for the client's side: requests, responses
 * and `$` blocks in any cut. LF is taken for CRLF, empty lines before a message are passed over, folded
 * headers are joined. Bytes that belong to nothing are passed over and counted once a block was seen;
 * before that they break the stream.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const parser = new RtspMessageParser();
 * assertEquals(parser.push(new TextEncoder().encode("RTSP/1.0 200 OK\r\nCS")), []);
 * const [item] = parser.push(new TextEncoder().encode("eq: 1\r\n\r\n"));
 * assertEquals(item?.kind === "response" && item.headers.get("CSeq"), "1");
 * ```
 */
export class RtspMessageParser {
  readonly #stream: RtspStream<RtspRequest | RtspResponse>;

  /** @param keepsWire Whether messages bear their bytes as they came. */
  constructor({ keepsWire = false }: { readonly keepsWire?: boolean } = {}) {
    this.#stream = new RtspStream(parseMessageHead, { keepsWire });
  }

  /** How many bytes between blocks belonged to nothing. */
  get garbageBytes(): number {
    return this.#stream.garbageBytes;
  }

  /**
   * The items that are whole with this chunk, in wire order. Input that cannot be read ends the list with
   * one `broken` item, after which every push returns nothing. Throws nothing.
   *
   * @param chunk Not kept; payloads of blocks may be views of it.
   */
  push(chunk: Uint8Array): RtspItem[] {
    return this.#stream.push(chunk);
  }
}
