import { formatHex } from "../bytes/hex.ts";
import { maskCredentials } from "../client/mask_credentials.ts";
import { messageLines } from "../client/message_lines.ts";
import type { PlayRunner } from "../client/play_runner.ts";
import type { SessionFigures } from "../client/session_figures.ts";
import { formatImpairment } from "../net_impair/format_impairment.ts";
import { type Impairment, parseImpairment } from "../net_impair/impairment.ts";
import type { PlayEvent } from "../sockets/client_host.ts";
import { readClock } from "../sockets/clock.ts";
import type { WireBytes } from "../sockets/wire_tap.ts";
import { RTP_HEADER_LENGTH } from "../rtp/rtp_header.ts";
import { ClientWindow } from "../web/client_window.ts";
import type { WindowFigures, WindowRequest } from "../web/window_messages.ts";
import { endPlace } from "./end_place.ts";
import type { PlaySteering } from "./play_steering.ts";
import { seekPlace } from "./seek_place.ts";

/** How often a page gets figures. */
const FIGURES_MS = 500;

/** Of an interleaved block (RFC 2326 §10.12): `$`, channel and length. */
const BLOCK_HEADER_LENGTH = 4;

/** What a page asks of the play. */
type SteeringRequest = Exclude<WindowRequest, { kind: "drawn" }>;

/** What a window is opened for. */
export interface PlayWindowOptions {
  readonly port: number;
  readonly version: string;
  /** For people: host, port and movie. */
  readonly source: string;
  readonly buttons: 3 | 4;
  readonly runner: PlayRunner;
  /** What damages datagrams at first; absent: nothing. */
  readonly impairment?: Impairment | undefined;
  /** What its buttons and fields act on. */
  readonly steering: PlaySteering;
}

/** Shows a play in a window: its frames, events and figures. */
export class PlayWindow {
  readonly #runner: PlayRunner;
  readonly #window: ClientWindow;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #steering: PlaySteering;
  /** What damages datagrams, as `--impair` has it. */
  #impairment = "";
  #rtpHeader: string | null = null;
  #newestRtp: Uint8Array | undefined;
  #positionSeconds: number | null = null;
  #before = { atMs: readClock().monotonicMs, payloadBytes: 0, frames: 0, lost: 0, expected: 0 };

  private constructor({ runner, steering, impairment }: PlayWindowOptions, window: ClientWindow) {
    this.#runner = runner;
    this.#steering = steering;
    this.#window = window;
    this.#timer = setInterval(() => this.#tellFigures(), FIGURES_MS);
    this.#setImpairment(impairment);
  }

  /** @throws {Error} One sentence: the port cannot be had. */
  static async open(options: PlayWindowOptions): Promise<PlayWindow> {
    const { port, version, source, buttons } = options;
    let opened: PlayWindow | undefined;
    const window = await ClientWindow.open({
      port,
      hello: { version, source, buttons },
      request: (request) => {
        if (opened !== undefined) opened.#request(request);
      },
    });
    return opened = new PlayWindow(options, window);
  }

  /** Where to point a browser. */
  get address(): string {
    return this.#window.address;
  }

  /** Something has happened in the play; returns at once. */
  event(event: PlayEvent): void {
    switch (event.kind) {
      case "frame":
        this.#positionSeconds = event.frame.positionSeconds ?? null;
        return this.#window.frame({
          number: event.frame.number,
          positionSeconds: this.#positionSeconds,
          jpeg: event.frame.jpeg,
        });
      case "state":
        if (event.state === "init") this.#positionSeconds = null;
        if (event.state === "playing") this.#window.problem("");
        return this.#window.state(event.state);
      case "reply":
        if (event.body.length > 0) this.#window.description(new TextDecoder().decode(event.body));
        return;
      case "endOfStream":
        this.#positionSeconds = endPlace(this.#positionSeconds, this.#runner.figures);
        this.#window.ended();
        return this.#window.note("note", "End of stream");
      case "failure":
        this.#window.problem(event.sentence);
        return this.#window.note("warning", event.sentence);
      case "impossible":
        return;
      case "message": {
        const text = messageLines(new TextDecoder().decode(event.bytes)).join("\n");
        return this.#window.message(event.from, text, maskCredentials(event.bytes));
      }
      case "log":
        return this.#window.note(event.level === "warning" ? "warning" : "note", event.message);
      default:
        event satisfies never;
    }
  }

  /**
   * Looks at what comes in for the newest RTP packet; returns at once. Over TCP it sees those packets that
   * begin a read.
   */
  wire({ direction, transport, bytes }: WireBytes): void {
    if (direction !== "in") return;
    const isBlock = transport === "tcp" && bytes[0] === 0x24;
    if (transport === "tcp" && !isBlock) return;
    const packet = isBlock ? bytes.subarray(BLOCK_HEADER_LENGTH) : bytes;
    const [first = 0, second = 0] = packet;
    const isRtcp = second >= 200 && second <= 207; // RFC 5761 §4
    if (packet.length < RTP_HEADER_LENGTH || first >> 6 !== 2 || isRtcp) return;
    this.#newestRtp = packet.slice(0, RTP_HEADER_LENGTH);
  }

  /** Ends it; resolves when it has. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#window.close();
  }

  #request(request: SteeringRequest): void {
    if (request.kind === "impair") return this.#impair(request.text);
    if (request.kind === "seek") return this.#seek(request.seconds);
    // Another pace mends nothing of what went wrong.
    if (request.kind !== "scale") this.#window.problem("");
    this.#steering.command(request);
  }

  /** Where it is to go on is shown at once; it mends nothing of what went wrong. */
  #seek(seconds: number): void {
    this.#positionSeconds = seconds;
    this.#steering.command({ kind: "seek", seconds: seekPlace(seconds, this.#runner.figures) });
  }

  #impair(text: string): void {
    const wanted = impairmentOf(text);
    if (typeof wanted === "string") return this.#window.impairment(this.#impairment, wanted);
    this.#steering.impair(wanted);
    this.#setImpairment(wanted);
  }

  #setImpairment(impairment: Impairment | undefined): void {
    this.#impairment = impairment === undefined ? "" : formatImpairment(impairment);
    this.#window.impairment(this.#impairment);
  }

  #tellFigures(): void {
    if (this.#newestRtp !== undefined) this.#rtpHeader = formatHex(this.#newestRtp);
    const figures = this.#figures();
    if (this.#window.isWatched) this.#window.tell({ kind: "figures", figures });
  }

  #figures(): WindowFigures {
    const { packets, frames, payloadBytes, jitterMs, playingSeconds, transport, dialect } =
      this.#runner.summary;
    const { received, lost, expected, late, duplicate, reordered } = packets;
    const atMs = readClock().monotonicMs;
    const before = this.#before;
    this.#before = { atMs, payloadBytes, frames: frames.whole, lost, expected };
    const seconds = Math.max(0.001, (atMs - before.atMs) / 1000);
    const due = expected - before.expected;
    return {
      atSeconds: atMs / 1000,
      bitsPerSecond: 8 * Math.max(0, payloadBytes - before.payloadBytes) / seconds,
      framesPerSecond: Math.max(0, frames.whole - before.frames) / seconds,
      loss: due <= 0 ? null : Math.min(1, Math.max(0, lost - before.lost) / due),
      ...{ jitterMs, lost, late, duplicate, reordered, playingSeconds },
      packets: received,
      frames: frames.whole,
      broken: frames.broken,
      dialect,
      transport: transport?.protocol ?? null,
      positionSeconds: this.#positionSeconds,
      ...placeFigures(this.#runner.figures),
      rtpHeader: this.#rtpHeader,
    };
  }
}

/** What damages datagrams, `undefined`: nothing; or what is wrong with the text: a sentence. */
function impairmentOf(text: string): Impairment | undefined | string {
  try {
    return text === "" ? undefined : parseImpairment(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return `${error.message}.`;
  }
}

function placeFigures(
  { movie, scale }: SessionFigures,
): Pick<WindowFigures, "range" | "scale"> {
  const { wanted = 1, asked = null, used = null } = scale ?? {};
  return {
    range: movie === undefined
      ? null
      : { startSeconds: movie.startSeconds, endSeconds: movie.endSeconds ?? null },
    scale: scale === undefined ? null : { wanted, asked, used },
  };
}
