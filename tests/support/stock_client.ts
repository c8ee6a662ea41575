import { type LabVariant, STOCK_VARIANT } from "./lab_variants.ts";
import type { StockFrames } from "./stock_frames.ts";
import { parseStockReply, type StockReply } from "./stock_reply.ts";
import { StockRtpReceiver } from "./stock_rtp_receiver.ts";
import { textOf } from "./text.ts";

/** Whom a stock client calls, and how. */
export interface StockClientOptions {
  /** The server's RTSP port, on 127.0.0.1. */
  readonly port: number;
  /** Default: `movie.Mjpeg`. */
  readonly file?: string;
  /** Default: the stock client's own requests. */
  readonly variant?: LabVariant;
  /** Bytes of its one read a reply: 256 (default) or 1,024. */
  readonly readSize?: number;
  /** How long a request waits for its reply before it is rejected; default 1000. */
  readonly replyTimeoutMs?: number;
}

/** The requests that have a button (or, in some programs, a fourth one). */
export type StockMethod = "SETUP" | "PLAY" | "PAUSE" | "TEARDOWN" | "DESCRIBE";

/** The stock client's state, which replies alone change. */
export type StockState = "init" | "ready" | "playing";

/** What came of a request. */
export interface StockOutcome extends StockReply {
  /** Whether the client took it for a success: status 200 and the session it knows. */
  readonly accepted: boolean;
}

interface Pending {
  readonly resolve: (outcome: StockOutcome) => void;
  readonly reject: (error: Error) => void;
}

const STATE_NEEDED: Readonly<Record<StockMethod, readonly StockState[]>> = {
  SETUP: ["init"],
  PLAY: ["ready"],
  PAUSE: ["playing"],
  TEARDOWN: ["ready", "playing"],
  DESCRIBE: ["init", "ready", "playing"],
};
const STATE_AFTER: Readonly<Partial<Record<StockMethod, StockState>>> = {
  SETUP: "ready",
  PLAY: "playing",
  PAUSE: "ready",
  TEARDOWN: "init",
};

/**
 * The exercise's client as it is on the wire: each request one write, each reply one read, parsed by
 * position; see `parseStockReply` and `StockFrames` for what it stumbles over. Unlike the original it
 * lets the system choose its RTP port, and opens it before SETUP.
 *
 * @example
 * ```ts
 * await using client = await StockClient.connect({ port });
 * await client.setup();
 * await client.play();
 * await client.shown(500);
 * await client.teardown();
 * ```
 */
export class StockClient {
  /** Every text that one read returned, in order. */
  readonly replies: string[] = [];
  /** The state after the last reply. */
  state: StockState = "init";
  /** The session that the first reply with the right CSeq had; `0` before it. */
  session = "0";
  readonly #connection: Deno.TcpConn;
  readonly #rtp: StockRtpReceiver = new StockRtpReceiver();
  readonly #options: Required<StockClientOptions>;
  readonly #replyThread: Promise<void>;
  #cseq: number;
  #requestSent: StockMethod | undefined;
  #pending: Pending | undefined;
  #died: Error | undefined;

  private constructor(connection: Deno.TcpConn, options: Required<StockClientOptions>) {
    this.#connection = connection;
    this.#options = options;
    this.#cseq = options.variant.firstCseq - 1;
    this.#replyThread = this.#readReplies();
  }

  /** Opens the connection; nothing is sent yet. */
  static async connect(options: StockClientOptions): Promise<StockClient> {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port: options.port });
    return new StockClient(connection, {
      file: "movie.Mjpeg",
      variant: STOCK_VARIANT,
      readSize: 256,
      replyTimeoutMs: 1000,
      ...options,
    });
  }

  /** What it made of the datagrams. */
  get frames(): StockFrames {
    return this.#rtp.frames;
  }

  /** The ports that datagrams came from, each once. */
  get sourcePorts(): ReadonlySet<number> {
    return this.#rtp.sourcePorts;
  }

  /** Why it takes no more replies: a closed connection, or `StockClientDied`. */
  get died(): Error | undefined {
    return this.#died;
  }

  /** The port that SETUP asks frames to be sent to. */
  get rtpPort(): number {
    return this.#rtp.port;
  }

  /** The CSeq of the last request. */
  get cseq(): number {
    return this.#cseq;
  }

  setup(): Promise<StockOutcome> {
    return this.#request("SETUP");
  }

  play(): Promise<StockOutcome> {
    return this.#request("PLAY");
  }

  pause(): Promise<StockOutcome> {
    return this.#request("PAUSE");
  }

  /** Asks for a description, as the programs with a fourth button do; changes no state. */
  describe(): Promise<StockOutcome> {
    return this.#request("DESCRIBE");
  }

  /** Asks for the end and, as the stock client does, closes the connection at any reply. */
  async teardown(): Promise<StockOutcome> {
    const outcome = await this.#request("TEARDOWN");
    this.#connection.close();
    return outcome;
  }

  /**
   * Sends a request in any state, which the stock client's buttons would not.
   *
   * @returns As `setup()` and the others: resolves with the first reply of its CSeq. Rejects where none
   * comes in time, where the server closes, and where the reply kills the client.
   */
  send(method: StockMethod): Promise<StockOutcome> {
    if (this.#pending !== undefined) throw new TypeError("A stock client sends one at a time");
    if (this.#died !== undefined) return Promise.reject(this.#died);
    const request = this.#serialize(method);
    const { promise, resolve, reject } = Promise.withResolvers<StockOutcome>();
    this.#requestSent = method;
    this.#pending = { resolve, reject };
    const timer = setTimeout(
      () => reject(new Error(`No reply to ${method} in ${this.#options.replyTimeoutMs} ms`)),
      this.#options.replyTimeoutMs,
    );
    this.#connection.write(request).catch(reject);
    return promise.finally(() => {
      clearTimeout(timer);
      this.#pending = undefined;
    });
  }

  /** Waits until `count` frames have been shown; rejects after `withinMs`. */
  shown(count: number, withinMs = 5000): Promise<void> {
    return this.#rtp.reached("frames", () => this.frames.shown.length, count, withinMs);
  }

  /** Waits until `count` datagrams have come, shown or not; rejects after `withinMs`. */
  heard(count: number, withinMs = 5000): Promise<void> {
    return this.#rtp.reached("datagrams", () => this.frames.headers.length, count, withinMs);
  }

  /** Waits until no datagram has come for `forMs`. */
  silence(forMs = 100): Promise<void> {
    return this.#rtp.silence(forMs);
  }

  /** Closes both sockets without a word, as a killed program does; may be called again. */
  async close(): Promise<void> {
    try {
      this.#connection.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error; // closed at TEARDOWN
    }
    await Promise.all([this.#replyThread, this.#rtp.close()]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #request(method: StockMethod): Promise<StockOutcome> {
    if (!STATE_NEEDED[method].includes(this.state)) {
      throw new TypeError(`A stock client in state ${this.state} does not send ${method}`);
    }
    return this.send(method);
  }

  #serialize(method: StockMethod): Uint8Array {
    const { variant, file } = this.#options;
    this.#cseq = method === "SETUP" && variant.resetsCseq ? variant.firstCseq : this.#cseq + 1;
    switch (method) {
      case "SETUP":
        return variant.setup(file, this.rtpPort, this.#cseq);
      case "PLAY":
        return variant.play(file, this.#cseq, this.session);
      case "PAUSE":
        return variant.pause(file, this.#cseq, this.session);
      case "TEARDOWN":
        return variant.teardown(file, this.#cseq, this.session);
      case "DESCRIBE":
        if (variant.describe === undefined) throw new TypeError("The variant has no DESCRIBE");
        return variant.describe(file, this.#cseq, this.session);
      default:
        return method satisfies never;
    }
  }

  /** The reply thread: one read, one reply, until an exception ends it for good. */
  async #readReplies(): Promise<void> {
    const buffer = new Uint8Array(this.#options.readSize);
    try {
      for (;;) {
        const length = await this.#connection.read(buffer);
        if (length === null) throw new Error("The server closed the connection");
        this.#take(textOf(buffer.subarray(0, length)));
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#died = error;
      this.#pending?.reject(error);
    }
  }

  #take(text: string): void {
    this.replies.push(text);
    const reply = parseStockReply(text, this.#cseq);
    if (reply === undefined) return;
    if (this.session === "0") this.session = reply.session;
    const accepted = reply.status === 200 && reply.session === this.session;
    const sent = this.#requestSent; // a late reply counts as well
    if (accepted && sent !== undefined) this.state = STATE_AFTER[sent] ?? this.state;
    this.#pending?.resolve({ ...reply, accepted });
  }
}
