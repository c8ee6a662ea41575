import type { Now } from "../bytes/now.ts";
import type { RandomSource } from "../bytes/random_source.ts";
import { RTP_HEADER_LENGTH, writeRtpHeader } from "../rtp/rtp_header.ts";
import { serializeInterleaved } from "../rtsp/interleaved_block.ts";
import type { ClientFrame } from "./client_frame.ts";
import type { ClientOutput } from "./client_output.ts";
import { type ExpectedStream, MediaReceiver } from "./media_receiver.ts";
import type { PlayReport } from "./play_report.ts";
import type { PlayStart } from "./playhead.ts";
import { ReceiverReports } from "./receiver_reports.ts";
import type { Reception } from "./reception.ts";
import { SenderGuard } from "./sender_guard.ts";
import type { RtcpFigures } from "./session_figures.ts";
import { StreamStretch, type StreamVerdict } from "./stream_stretch.ts";
import type { MediaPath } from "./transport_plan.ts";

/** Media and RTCP of a standard session, over whichever transport was agreed. */
export class StandardStream {
  readonly #receiver: MediaReceiver;
  readonly #reports: ReceiverReports;
  readonly #random: RandomSource;
  #path: MediaPath | undefined;
  #payloadType = 0;
  #guard = new SenderGuard();
  readonly #stretch = new StreamStretch();

  /** @param pastSsrc Of a stream before this one whose packets may come to the same UDP ports. */
  constructor(report: PlayReport, random: RandomSource, pastSsrc?: number) {
    this.#receiver = new MediaReceiver(report, pastSsrc);
    this.#reports = new ReceiverReports(this.#receiver, random);
    this.#random = random;
  }

  get reception(): Reception {
    return this.#receiver.reception;
  }

  get rtcp(): RtcpFigures {
    return this.#reports.figures;
  }

  /** The server's; `undefined` before it is known. */
  get ssrc(): number | undefined {
    return this.#receiver.ssrc;
  }

  /** Where media goes; `undefined` without a session. */
  get path(): MediaPath | undefined {
    return this.#path;
  }

  /** When its last packet came; `undefined` before the first since PLAY. */
  get lastMs(): number | undefined {
    return this.#receiver.lastMs;
  }

  /** Where in the movie the last frame is, in seconds. */
  get positionSeconds(): number | undefined {
    return this.#receiver.positionSeconds;
  }

  /** When `tick()` or `verdict()` has something to do or to say. */
  get wakeAtMs(): number | undefined {
    const wakeAtMs = Math.min(
      this.#receiver.wakeAtMs ?? Infinity,
      this.#reports.dueMs ?? Infinity,
      this.#stretch.due(this.#receiver)?.atMs ?? Infinity,
    );
    return wakeAtMs === Infinity ? undefined : wakeAtMs;
  }

  /** A session was set up. */
  begin(
    path: MediaPath,
    stream: ExpectedStream,
    framesPerSecond: number | undefined,
    now: Now,
  ): void {
    this.#path = path;
    this.#payloadType = stream.payloadType;
    this.#stretch.begin(framesPerSecond, stream.isOrdered);
    this.#guard = new SenderGuard();
    this.#receiver.begin(stream);
    this.#reports.begin(now);
  }

  /** The session is over; what waited comes out. */
  end(nowMs: number): ClientFrame[] {
    const frames = this.#receiver.flush(nowMs);
    this.#path = undefined;
    this.#stretch.end();
    this.#reports.end();
    return frames;
  }

  /** Opens the way for the server's datagrams through a NAT: something goes out from each port. */
  punch(now: Now): ClientOutput[] {
    const empty = this.#emptyPacket();
    return empty === undefined ? [] : [...this.#control(this.#reports.early(now)), empty];
  }

  /** An RTP packet without payload from our RTP port; it bears the SSRC of our reports. */
  #emptyPacket(): ClientOutput | undefined {
    if (this.#path?.protocol !== "udp" || this.#path.serverPorts === undefined) return undefined;
    const { address, serverPorts: [port] } = this.#path;
    const bytes = new Uint8Array(RTP_HEADER_LENGTH);
    writeRtpHeader(bytes, 0, {
      marker: false,
      payloadType: this.#payloadType,
      sequence: this.#random.uint32() & 0xffff,
      timestamp: 0,
      ssrc: this.#reports.ssrc,
    });
    return { kind: "datagram", channel: "rtp", address, port, bytes };
  }

  /** The last report, to be sent before TEARDOWN; nothing where nothing was received. */
  goodbye(now: Now): ClientOutput[] {
    return this.reception.received === 0 ? [] : this.#control(this.#reports.goodbye(now));
  }

  /** PLAY was sent: packets may come before its answer. */
  play(patienceMs: number, nowMs: number): void {
    this.#receiver.play(nowMs);
    this.#stretch.play(patienceMs, nowMs);
  }

  /** PLAY was answered. */
  started({ anchor, sequence, endSeconds }: PlayStart, nowMs: number): void {
    this.#receiver.anchor(anchor, sequence);
    this.#stretch.started(endSeconds, nowMs);
  }

  /** It stands still: silence means nothing. */
  paused(): void {
    this.#stretch.end();
  }

  /** The server answered a request: it is there, whether packets come or not. */
  answered(nowMs: number): void {
    this.#stretch.answered(nowMs);
  }

  /** The server was asked whether it is there, for want of packets; it has until then. */
  asked(untilMs: number): void {
    this.#stretch.asked(untilMs);
  }

  /**
   * A datagram or block came in.
   *
   * @param bytes Kept.
   * @param from The sender's literal address; `undefined` inside the connection.
   * @param serverAddress Where the RTSP connection goes.
   */
  packet(
    channel: "rtp" | "rtcp",
    bytes: Uint8Array,
    from: string | undefined,
    serverAddress: string,
    now: Now,
  ): ClientOutput[] {
    if (this.#path === undefined) return [];
    if (from !== undefined && !this.#isMine(from, serverAddress)) {
      if (channel === "rtp") this.#receiver.ignore();
      return [];
    }
    const { monotonicMs: nowMs } = now;
    this.#stretch.packet(nowMs);
    if (channel === "rtp") {
      const frames = this.#receiver.packet(bytes, nowMs);
      if (frames.length > 0) this.#stretch.frame(nowMs);
      return this.#outputs(frames);
    }
    const { goodbye } = this.#reports.receive(bytes, now);
    if (goodbye) this.#stretch.goodbye(nowMs);
    return [];
  }

  /** Time has passed: frames that waited come out, and reports that are due. */
  tick(now: Now): ClientOutput[] {
    const frames = this.#receiver.tick(now.monotonicMs);
    const outputs = this.#outputs(frames);
    if (now.monotonicMs < (this.#reports.dueMs ?? Infinity)) return outputs;
    const empty = this.#emptyPacket(); // keeps the way for RTP open as well
    const report = this.#control(this.#reports.report(now));
    return [...outputs, ...report, ...empty === undefined ? [] : [empty]];
  }

  /** What silence means by now, if anything. */
  verdict(nowMs: number): StreamVerdict | undefined {
    const due = this.#stretch.due(this.#receiver);
    return due !== undefined && nowMs >= due.atMs ? due.verdict : undefined;
  }

  /** The stream has ended for now: gives out what waited. */
  flush(nowMs: number): ClientOutput[] {
    this.#stretch.end();
    return this.#outputs(this.#receiver.flush(nowMs));
  }

  #isMine(from: string, serverAddress: string): boolean {
    const path = this.#path;
    const own = path?.protocol === "udp"
      ? path.address
      : path?.protocol === "multicast"
      ? path.source ?? serverAddress
      : serverAddress;
    return this.#guard.judge(from, own) !== "foreign";
  }

  #control(bytes: Uint8Array): ClientOutput[] {
    const path = this.#path;
    switch (path?.protocol) {
      case undefined:
        return [];
      case "tcp":
        return [{ kind: "write", bytes: serializeInterleaved(path.channels[1], bytes) }];
      case "udp": {
        if (path.serverPorts === undefined) return [];
        const { address, serverPorts: [, port] } = path;
        return [{ kind: "datagram", channel: "rtcp", address, port, bytes }];
      }
      case "multicast":
        return [{
          kind: "datagram",
          channel: "rtcp",
          address: path.group,
          port: path.ports[1],
          bytes,
        }];
      default:
        return path satisfies never;
    }
  }

  #outputs(frames: readonly ClientFrame[]): ClientOutput[] {
    return [
      ...this.#receiver.takeProblems().map((message) =>
        ({ kind: "log", level: "warning", message }) as const
      ),
      ...frames.map((frame) => ({ kind: "frame", frame }) as const),
    ];
  }
}
