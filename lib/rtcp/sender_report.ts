import type { ByteReader } from "../bytes/byte_reader.ts";
import type { NtpTime } from "./ntp_time.ts";
import { readReportBlock, type ReportBlock, serializeReportBlock } from "./report_block.ts";
import { RTCP_SR, rtcpPacketOf, wordsOf } from "./rtcp_header.ts";

/** What a sender says of its stream, and of those that it receives (RFC 3550 §6.4.1). */
export interface SenderReport {
  readonly kind: "sender report";
  readonly ssrc: number;
  /** When the report was sent. */
  readonly ntpTime: NtpTime;
  /** The same moment in the units of the RTP timestamps. */
  readonly rtpTimestamp: number;
  /** RTP packets sent so far, modulo 2^32. */
  readonly packetCount: number;
  /** Their payload so far, not including headers or padding, modulo 2^32. */
  readonly octetCount: number;
  /** At most 31. */
  readonly reports: readonly ReportBlock[];
  /** What a profile adds; mostly empty, a multiple of 4 bytes. */
  readonly extension: Uint8Array;
}

/**
 * Reads the body.
 *
 * @param count Of the header: how many report blocks.
 */
export function readSenderReport(reader: ByteReader, count: number): SenderReport {
  return {
    kind: "sender report",
    ssrc: reader.u32("SSRC"),
    ntpTime: { seconds: reader.u32("NTP seconds"), fraction: reader.u32("NTP fraction") },
    rtpTimestamp: reader.u32("RTP timestamp"),
    packetCount: reader.u32("packet count"),
    octetCount: reader.u32("octet count"),
    reports: Array.from({ length: count }, () => readReportBlock(reader)),
    extension: reader.rest(),
  };
}

/** The whole packet, header and all. */
export function serializeSenderReport(report: SenderReport): Uint8Array {
  const { ssrc, ntpTime, rtpTimestamp, packetCount, octetCount, reports, extension } = report;
  return rtcpPacketOf(RTCP_SR, reports.length, [
    wordsOf(ssrc, ntpTime.seconds, ntpTime.fraction, rtpTimestamp, packetCount, octetCount),
    ...reports.map(serializeReportBlock),
    extension,
  ]);
}
