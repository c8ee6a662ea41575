import type { StockServerOptions } from "./stock_server.ts";
import { StockStream } from "./stock_stream.ts";
import { bytesOf, textOf } from "./text.ts";

/** What kills the stock server's thread, and with it the connection: a Python exception. */
class StockWorkerDied extends Error {
  override readonly name = "StockWorkerDied";
}

/**
 * One connection of the stock server. A request is what one read returned, three lines read by position:
 * method and file, CSeq, and in SETUP the fourth word of line 3 as the client's port. Replies are 200
 * or nothing; TEARDOWN leaves the state as it is, so that a second SETUP gets no answer. Whatever makes
 * the Python raise closes the connection, sometimes behind a reply.
 */
export class StockWorker {
  readonly #connection: Deno.TcpConn;
  readonly #session: number;
  readonly #options: StockServerOptions;
  readonly #record: (text: string) => void;
  readonly #done: Promise<void>;
  #state: "init" | "ready" | "playing" = "init";
  #stream: StockStream | undefined;
  #rtpPort: number | undefined;
  #missing = false;
  #closed = false;
  #played = false;

  /** @param record Told the text of each request. */
  constructor(
    connection: Deno.TcpConn,
    session: number,
    options: StockServerOptions,
    record: (text: string) => void,
  ) {
    this.#connection = connection;
    this.#session = session;
    this.#options = options;
    this.#record = record;
    this.#done = this.#serve();
  }

  /** Ends the connection and the stream without a word. */
  async close(): Promise<void> {
    this.#drop();
    await this.#done;
    await this.#stream?.close();
  }

  async #serve(): Promise<void> {
    const buffer = new Uint8Array(this.#options.readSize ?? 256);
    try {
      for (;;) {
        const length = await this.#connection.read(buffer);
        if (length === null) break; // the stock server spins here, and goes on sending
        const text = textOf(buffer.subarray(0, length));
        this.#record(text);
        await this.#process(text);
      }
    } catch (error) {
      const known = error instanceof StockWorkerDied ||
        error instanceof Deno.errors.ConnectionReset;
      if (!this.#closed && !known) throw error;
    }
    await this.#stream?.pause();
    this.#drop();
  }

  async #process(text: string): Promise<void> {
    const lines = text.split("\n");
    const method = word(lines, 0, 0);
    const file = word(lines, 0, 1);
    const cseq = lines[1]?.split(" ");
    if (cseq === undefined) throw new StockWorkerDied(`IndexError: no line 2 in ${text}`);
    if (this.#options.silentTo?.includes(method)) return;
    const status = this.#options.refuse?.[method];
    if (status !== undefined) return await this.#refuse(status, cseq[1]);
    switch (method) {
      case "SETUP":
        return await this.#setup(file, lines, cseq[1]);
      case "PLAY":
        return await this.#play(cseq[1]);
      case "PAUSE":
        if (this.#state !== "playing") return;
        this.#state = "ready";
        await this.#stream?.pause();
        return await this.#accept(cseq[1]);
      case "TEARDOWN":
        if (!this.#played) throw new StockWorkerDied("KeyError: 'event'");
        await this.#stream?.close();
        return await this.#accept(cseq[1]);
    }
  }

  async #setup(file: string, lines: readonly string[], cseq: string | undefined): Promise<void> {
    if (this.#state !== "init") return;
    this.#missing = file !== (this.#options.file ?? "movie.Mjpeg");
    if (!this.#missing) {
      this.#stream = new StockStream(this.#options.frames, this.#options);
      this.#state = "ready";
    }
    await this.#accept(cseq);
    this.#rtpPort = portOf(word(lines, 2, 3)); // behind the reply, as in the original
  }

  async #play(cseq: string | undefined): Promise<void> {
    if (this.#missing && this.#options.missingFile === "drop") {
      throw new StockWorkerDied("KeyError: 'videoStream'");
    }
    if (this.#state !== "ready") return;
    this.#state = "playing";
    this.#played = true;
    await this.#accept(cseq);
    if (this.#rtpPort === undefined) return; // the stock server prints "Connection Error"
    const { hostname } = this.#connection.remoteAddr;
    const to: Deno.NetAddr = { transport: "udp", hostname, port: this.#rtpPort };
    this.#stream?.play(to, (sent) => {
      if (sent !== this.#options.dropAfterFrames) return;
      this.#drop();
      void this.#stream?.pause(); // not awaited: this is called from within the stream
    });
  }

  async #accept(cseq: string | undefined): Promise<void> {
    await this.#reply("200 OK", cseq, `\nSession: ${this.#session}`);
  }

  async #refuse(status: string, cseq: string | undefined): Promise<void> {
    const { refuseSession = "0" } = this.#options;
    const session = refuseSession === "own" ? this.#session : 0;
    await this.#reply(status, cseq, refuseSession === "none" ? "" : `\nSession: ${session}`);
  }

  async #reply(status: string, cseq: string | undefined, session: string): Promise<void> {
    if (cseq === undefined) throw new StockWorkerDied("IndexError: no second word on line 2");
    await this.#connection.write(bytesOf(`RTSP/1.0 ${status}\nCSeq: ${cseq}${session}`));
  }

  #drop(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.close();
  }
}

function word(lines: readonly string[], line: number, index: number): string {
  const found = lines[line]?.split(" ")[index];
  if (found !== undefined) return found;
  throw new StockWorkerDied(`IndexError: no word ${index + 1} on line ${line + 1}`);
}

function portOf(text: string): number | undefined {
  const port = /^\s*\d+\s*$/.test(text) ? Number(text) : 0;
  return port > 0 && port < 65_536 ? port : undefined;
}
