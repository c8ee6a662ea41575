import type { ByteReader } from "../bytes/byte_reader.ts";
import { readReportBlock, type ReportBlock, serializeReportBlock } from "./report_block.ts";
import { RTCP_RR, rtcpPacketOf, wordsOf } from "./rtcp_header.ts";

/** What one who sends nothing says of the streams that it receives (RFC 3550 §6.4.2). */
export interface ReceiverReport {
  readonly kind: "receiver report";
  readonly ssrc: number;
  /** At most 31; empty while nothing is received. */
  readonly reports: readonly ReportBlock[];
  /** What a profile adds; mostly empty, a multiple of 4 bytes. */
  readonly extension: Uint8Array;
}

/**
 * Reads the body.
 *
 * @param count Of the header: how many report blocks.
 */
export function readReceiverReport(reader: ByteReader, count: number): ReceiverReport {
  return {
    kind: "receiver report",
    ssrc: reader.u32("SSRC"),
    reports: Array.from({ length: count }, () => readReportBlock(reader)),
    extension: reader.rest(),
  };
}

/** The whole packet, header and all. */
export function serializeReceiverReport({ ssrc, reports, extension }: ReceiverReport): Uint8Array {
  const parts = [wordsOf(ssrc), ...reports.map(serializeReportBlock), extension];
  return rtcpPacketOf(RTCP_RR, reports.length, parts);
}
