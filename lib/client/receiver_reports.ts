import type { Now } from "../bytes/now.ts";
import type { RandomSource } from "../bytes/random_source.ts";
import { parseCompound, type RtcpPacket, serializeCompound } from "../rtcp/compound.ts";
import { middleOf, unixMsOf } from "../rtcp/ntp_time.ts";
import type { ReportBlock } from "../rtcp/report_block.ts";
import { averageRtcpLength, reportIntervalMs } from "../rtcp/report_interval.ts";
import { delayUnits } from "../rtcp/round_trip.ts";
import type { SenderReport } from "../rtcp/sender_report.ts";
import { describeSource } from "../rtcp/source_description.ts";
import type { ReceptionReport } from "../rtp/reception_statistics.ts";
import type { MediaReceiver } from "./media_receiver.ts";
import type { RtcpFigures } from "./session_figures.ts";

/** IPv4 and UDP headers, which count into the length of RTCP datagrams (RFC 3550 §6.2). */
const UDP_HEADERS_LENGTH = 28;
/** First guess of an RTCP datagram's length, with headers. */
const FIRST_LENGTH = 100;

/** So a server knows by its SSRC whose report this is before a packet has come. */
const NOTHING_RECEIVED: ReceptionReport = {
  fractionLost: 0,
  cumulativeLost: 0,
  extendedHighestSequence: 0,
  jitter: 0,
};

/** What the server said. */
export interface ControlNews {
  /** Whether its stream is over (RFC 3550 §6.6). */
  readonly goodbye: boolean;
}

/** The client's side of RTCP: hears the server's reports, and sends its own (RFC 3550 §6). */
export class ReceiverReports {
  readonly #receiver: MediaReceiver;
  readonly #random: RandomSource;
  readonly #cname: string;
  #ssrc: number;
  #dueMs: number | undefined;
  #startMs = 0;
  #isFirst = true;
  #averageLength = FIRST_LENGTH;
  #lastSenderReport: { readonly middle: number; readonly atMs: number } | undefined;
  #counts = { sent: 0, received: 0, dropped: 0 };
  #lastBlock: ReportBlock | undefined;

  /** @param random For the SSRC, the name and the intervals. */
  constructor(receiver: MediaReceiver, random: RandomSource) {
    this.#receiver = receiver;
    this.#random = random;
    this.#ssrc = random.uint32();
    const digits = Array.from({ length: 3 }, () => random.uint32().toString(16).padStart(8, "0"));
    this.#cname = digits.join(""); // says nothing of the user (RFC 7022 §4.2)
  }

  get figures(): RtcpFigures {
    return {
      ...this.#counts,
      fractionLost: this.#lastBlock && this.#lastBlock.fractionLost / 256,
      cumulativeLost: this.#lastBlock?.cumulativeLost,
    };
  }

  /** Our own SSRC. */
  get ssrc(): number {
    return this.#ssrc;
  }

  /** When `report()` is due; `undefined` while there is no session. */
  get dueMs(): number | undefined {
    return this.#dueMs;
  }

  /** A session was set up: reports begin. */
  begin(now: Now): void {
    this.#isFirst = true;
    this.#startMs = now.monotonicMs;
    this.#lastSenderReport = undefined;
    this.#schedule(now);
  }

  /** The session is over. */
  end(): void {
    this.#dueMs = undefined;
  }

  /** A report, sent before its time: to open the way through a NAT. */
  early(now: Now): Uint8Array {
    return this.#compound(now);
  }

  /** The report that is due; the next one is then due at its own time. */
  report(now: Now): Uint8Array {
    const bytes = this.#compound(now);
    this.#isFirst = false;
    this.#schedule(now);
    return bytes;
  }

  /** The last report, with a goodbye (RFC 3550 §6.6). */
  goodbye(now: Now): Uint8Array {
    return this.#compound(now, [{ kind: "goodbye", ssrcs: [this.#ssrc] }]);
  }

  /**
   * A datagram or block of RTCP came in.
   *
   * @param now When.
   */
  receive(bytes: Uint8Array, now: Now): ControlNews {
    const result = parseCompound(bytes);
    if (result.kind === "dropped") {
      this.#counts.dropped++;
      return { goodbye: false };
    }
    this.#counts.received++;
    this.#averageLength = averageRtcpLength(
      this.#averageLength,
      bytes.length + UDP_HEADERS_LENGTH,
    );
    let goodbye = false;
    for (const packet of result.packets) {
      if (packet.kind === "sender report") this.#takeSenderReport(packet, now);
      if (packet.kind === "goodbye") goodbye ||= this.#isServer(packet.ssrcs);
    }
    return { goodbye };
  }

  #takeSenderReport(report: SenderReport, now: Now): void {
    const { ssrc, ntpTime, rtpTimestamp } = report;
    if (ssrc === this.#ssrc) this.#ssrc = this.#random.uint32(); // a collision (RFC 3550 §8.2)
    if (this.#receiver.ssrc !== undefined && this.#receiver.ssrc !== ssrc) return;
    this.#lastSenderReport = { middle: middleOf(ntpTime), atMs: now.monotonicMs };
    // A time of 0 says that the server has no clock (RFC 3550 §6.4.1).
    if (ntpTime.seconds === 0 && ntpTime.fraction === 0) return;
    this.#receiver.setClock(ssrc, rtpTimestamp, unixMsOf(ntpTime));
  }

  /** Some servers name nobody, or have not been heard of before. */
  #isServer(ssrcs: readonly number[]): boolean {
    const { ssrc } = this.#receiver;
    return ssrcs.length === 0 || ssrc === undefined || ssrcs.includes(ssrc);
  }

  #compound(now: Now, more: readonly RtcpPacket[] = []): Uint8Array {
    const block = this.#block(now);
    this.#lastBlock = block ?? this.#lastBlock;
    const bytes = serializeCompound([
      {
        kind: "receiver report",
        ssrc: this.#ssrc,
        reports: block === undefined ? [] : [block],
        extension: new Uint8Array(),
      },
      describeSource(this.#ssrc, this.#cname),
      ...more,
    ]);
    this.#counts.sent++;
    this.#averageLength = averageRtcpLength(
      this.#averageLength,
      bytes.length + UDP_HEADERS_LENGTH,
    );
    return bytes;
  }

  #block(now: Now): ReportBlock | undefined {
    const { ssrc } = this.#receiver;
    if (ssrc === undefined) return undefined;
    const report = this.#receiver.takeReport() ?? NOTHING_RECEIVED;
    const last = this.#lastSenderReport;
    return {
      ssrc,
      ...report,
      lastSenderReport: last?.middle ?? 0,
      delaySinceLastSenderReport: last === undefined ? 0 : delayUnits(now.monotonicMs - last.atMs),
    };
  }

  #schedule(now: Now): void {
    const seconds = Math.max(1, (now.monotonicMs - this.#startMs) / 1000);
    this.#dueMs = now.monotonicMs + reportIntervalMs({
      sessionBytesPerSecond: this.#receiver.payloadBytes / seconds,
      members: 2,
      senders: 1,
      weSent: false,
      averageLength: this.#averageLength,
      initial: this.#isFirst,
    }, this.#random);
  }
}
