import type { ByteReader } from "../bytes/byte_reader.ts";
import { joinBytes } from "../bytes/join_bytes.ts";
import { RTCP_SDES, rtcpPacketOf, wordsOf } from "./rtcp_header.ts";

/** The item that names a participant over all its SSRCs: the one that must be sent. */
export const SDES_CNAME = 1;

/** One fact on a source (RFC 3550 §6.5). */
export interface SdesItem {
  /** 1 to 255: 1 is CNAME, 2 NAME, 6 TOOL. */
  readonly type: number;
  /** Mostly UTF-8, at most 255 bytes; bytes here, since peers send others. */
  readonly value: Uint8Array;
}

/** All that is said of one source. */
export interface SdesChunk {
  readonly ssrc: number;
  readonly items: readonly SdesItem[];
}

/** Who the sources are (RFC 3550 §6.5). */
export interface SourceDescription {
  readonly kind: "source description";
  /** At most 31. */
  readonly chunks: readonly SdesChunk[];
}

/**
 * The description that every compound packet holds: one source and its CNAME.
 *
 * @param cname At most 255 bytes in UTF-8; says nothing of the user (RFC 7022).
 */
export function describeSource(ssrc: number, cname: string): SourceDescription {
  const value = new TextEncoder().encode(cname);
  const items = [{ type: SDES_CNAME, value }];
  return { kind: "source description", chunks: [{ ssrc, items }] };
}

/**
 * Reads the body.
 *
 * @param count Of the header: how many chunks.
 */
export function readSourceDescription(reader: ByteReader, count: number): SourceDescription {
  return {
    kind: "source description",
    chunks: Array.from({ length: count }, () => readChunk(reader)),
  };
}

function readChunk(reader: ByteReader): SdesChunk {
  const start = reader.offset;
  const ssrc = reader.u32("SSRC of chunk");
  const items: SdesItem[] = [];
  for (let type = reader.u8("item type"); type !== 0; type = reader.u8("item type")) {
    items.push({ type, value: reader.bytes("item", reader.u8("item length")) });
  }
  reader.skip("end of chunk", (start - reader.offset) & 3);
  return { ssrc, items };
}

/**
 * The whole packet, header and all.
 *
 * @throws {RangeError} An item has the type 0 or is longer than 255 bytes.
 */
export function serializeSourceDescription({ chunks }: SourceDescription): Uint8Array {
  return rtcpPacketOf(RTCP_SDES, chunks.length, chunks.map(serializeChunk));
}

function serializeChunk({ ssrc, items }: SdesChunk): Uint8Array {
  const parts = [wordsOf(ssrc)];
  for (const { type, value } of items) {
    if (type < 1 || type > 255 || value.length > 255) {
      throw new RangeError(
        `Cannot serialize SDES item: type ${type} with ${value.length} bytes, ` +
          "1 to 255 and at most 255 fit",
      );
    }
    parts.push(Uint8Array.of(type, value.length), value);
  }
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return joinBytes([...parts, new Uint8Array(4 - length % 4)]);
}
