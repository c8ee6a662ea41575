import type { ByteReader } from "../bytes/byte_reader.ts";
import { wordsOf } from "./rtcp_header.ts";

/** How one source is received (RFC 3550 §6.4.1): part of sender and receiver reports. */
export interface ReportBlock {
  /** Of the source reported on. */
  readonly ssrc: number;
  /** Lost since the last report, in 256ths of what was expected: 0 to 255. */
  readonly fractionLost: number;
  /** Expected less received since the beginning: 24 bits signed, negative when duplicates came. */
  readonly cumulativeLost: number;
  /** The highest sequence number in the low 16 bits, the count of wraps in the high ones. */
  readonly extendedHighestSequence: number;
  /** Interarrival jitter in timestamp units. */
  readonly jitter: number;
  /** The middle 32 bits of the NTP time in the last sender report; 0 before the first. */
  readonly lastSenderReport: number;
  /** Since that report came, in 65536ths of a second; 0 before the first. */
  readonly delaySinceLastSenderReport: number;
}

/** Reads one block of 24 bytes. */
export function readReportBlock(reader: ByteReader): ReportBlock {
  return {
    ssrc: reader.u32("SSRC of report"),
    fractionLost: reader.u8("fraction lost"),
    cumulativeLost: reader.u24("cumulative lost") << 8 >> 8,
    extendedHighestSequence: reader.u32("extended highest sequence number"),
    jitter: reader.u32("jitter"),
    lastSenderReport: reader.u32("last SR"),
    delaySinceLastSenderReport: reader.u32("delay since last SR"),
  };
}

/** The 24 bytes of a block. */
export function serializeReportBlock(block: ReportBlock): Uint8Array {
  return wordsOf(
    block.ssrc,
    block.fractionLost << 24 | block.cumulativeLost & 0xffffff,
    block.extendedHighestSequence,
    block.jitter,
    block.lastSenderReport,
    block.delaySinceLastSenderReport,
  );
}
