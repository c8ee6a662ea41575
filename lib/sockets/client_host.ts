import type { PlayStep } from "../client/play_plan.ts";
import type { PlayOutput, PlayResult } from "../client/play_result.ts";
import type { PlayRunner } from "../client/play_runner.ts";
import { Alarm } from "./alarm.ts";
import { clientFailureText } from "./client_failure_text.ts";
import { ClientRtpSocket } from "./client_rtp_socket.ts";
import { readClock } from "./clock.ts";
import { ConnectionWriter } from "./connection_writer.ts";

/** Bytes read from the connection at once. */
const READ_LENGTH = 16 * 1024;

/** What only the sockets have to do with; all else is told to `ClientHostOptions.notice`. */
type SocketOutput = "connect" | "write" | "close" | "ended";

/** What happens in a play, for those who look on. */
export type PlayEvent = Exclude<PlayOutput, { kind: SocketOutput }>;

/** What a client host works with. */
export interface ClientHostOptions {
  readonly runner: PlayRunner;
  /** The UDP port for RTP; 0: chosen by the system. */
  readonly rtpPort: number;
  /** Told of everything that happens; returns at once, so that nothing holds up the receiver. */
  notice(event: PlayEvent): void;
}

interface OpenConnection {
  readonly socket: Deno.TcpConn;
  readonly writer: ConnectionWriter;
}

/**
 * Joins a `PlayRunner` with Deno's sockets: hands it what comes in and the time, and does what it says.
 * Decides nothing.
 */
export class ClientHost {
  readonly #options: ClientHostOptions;
  readonly #runner: PlayRunner;
  readonly #alarm = new Alarm(() => this.#do(this.#runner.tick(readClock())));
  readonly #ended = Promise.withResolvers<PlayResult>();
  #connection: OpenConnection | undefined;
  /** Counts the attempts at a connection: one that was given up may still come about. */
  #attempt = 0;
  #rtp: ClientRtpSocket | undefined;
  #receiving: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(options: ClientHostOptions) {
    this.#options = options;
    this.#runner = options.runner;
  }

  /** Plays; resolves when the play has ended and its sockets are closed. To be called once. */
  async play(): Promise<PlayResult> {
    this.#do(this.#runner.start(readClock()));
    const result = await this.#ended.promise;
    await this.#receiving;
    return result;
  }

  /** Its user asks for something. */
  command(step: PlayStep): void {
    if (!this.#isOver) this.#do(this.#runner.command(step, readClock()));
  }

  /** Its user wants it to end: a signal. */
  stop(): void {
    if (!this.#isOver) this.#do(this.#runner.stop(readClock()));
  }

  #do(outputs: readonly PlayOutput[]): void {
    for (const output of outputs) this.#doOne(output);
    if (!this.#isOver) this.#alarm.set(this.#runner.wakeAtMs);
  }

  #doOne(output: PlayOutput): void {
    switch (output.kind) {
      case "connect":
        this.#connect(output.host, output.port);
        return;
      case "write":
        this.#connection?.writer.write(output.bytes);
        return;
      case "close":
        this.#close();
        return;
      case "ended":
        this.#end(output.result);
        return;
      default:
        this.#options.notice(output);
    }
  }

  async #connect(hostname: string, port: number): Promise<void> {
    const attempt = ++this.#attempt;
    const isWanted = () => attempt === this.#attempt && !this.#isOver;
    let socket: Deno.TcpConn;
    try {
      socket = await Deno.connect({ hostname, port });
    } catch (error) {
      if (isWanted()) this.#do(this.#runner.disconnected(clientFailureText(error), readClock()));
      return;
    }
    if (!isWanted()) return socket.close();
    const serverAddress = socket.remoteAddr.hostname;
    const rtp = this.#openRtp(serverAddress.includes(":") ? "IPv6" : "IPv4");
    if (typeof rtp === "string") {
      socket.close();
      return this.#do(this.#runner.disconnected(rtp, readClock()));
    }
    socket.setNoDelay(true);
    const writer = new ConnectionWriter(socket, (reason) => this.#lost(socket, reason));
    this.#connection = { socket, writer };
    this.#do(this.#runner.connected({ serverAddress, rtpPort: rtp.port }, readClock()));
    await this.#read(socket);
  }

  /** The RTP socket, which stays the same over connections, or why there is none. */
  #openRtp(family: "IPv4" | "IPv6"): ClientRtpSocket | string {
    if (this.#rtp !== undefined) return this.#rtp;
    const { rtpPort } = this.#options;
    try {
      this.#rtp = new ClientRtpSocket(family, rtpPort);
    } catch (error) {
      const why = error instanceof Deno.errors.AddrInUse
        ? "another program has it"
        : clientFailureText(error);
      return `UDP port ${rtpPort} for RTP cannot be had: ${why}`;
    }
    this.#receiving = this.#receive(this.#rtp);
    return this.#rtp;
  }

  async #receive(rtp: ClientRtpSocket): Promise<void> {
    for (;;) {
      const arrival = await rtp.receive();
      switch (arrival.kind) {
        case "closed":
          return;
        case "timeout":
          if (!this.#isOver) this.#do(this.#runner.tick(readClock()));
          break;
        case "datagram": {
          const { bytes, from } = arrival;
          if (!this.#isOver) this.#do(this.#runner.datagram("rtp", bytes, from, readClock()));
          break;
        }
        default:
          arrival satisfies never;
      }
    }
  }

  async #read(socket: Deno.TcpConn): Promise<void> {
    const buffer = new Uint8Array(READ_LENGTH);
    let reason = "the server closed the connection";
    try {
      for (;;) {
        const length = await socket.read(buffer);
        if (length === null) break;
        if (this.#connection?.socket !== socket) return;
        this.#do(this.#runner.receive(buffer.slice(0, length), readClock()));
      }
    } catch (error) {
      reason = clientFailureText(error);
    }
    this.#lost(socket, reason);
  }

  /** The server is gone, unless we closed this connection ourselves. */
  #lost(socket: Deno.TcpConn, reason: string): void {
    if (this.#connection?.socket !== socket) return;
    this.#connection = undefined;
    socket.close();
    if (!this.#isOver) this.#do(this.#runner.disconnected(reason, readClock()));
  }

  /** Closes the connection after what was written, or gives up the attempt at one. */
  async #close(): Promise<void> {
    this.#attempt++;
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection === undefined) return;
    await connection.writer.flushed();
    connection.socket.close();
  }

  #end(result: PlayResult): void {
    this.#isOver = true;
    this.#alarm.clear();
    this.#close();
    this.#rtp?.close();
    this.#ended.resolve(result);
  }
}
