import type { Prober } from "../client/prober.ts";
import type { ProberOutput } from "../client/prober_output.ts";
import { Alarm } from "./alarm.ts";
import type { ClientConnection } from "./client_connection.ts";
import { clientFailureText } from "./client_failure_text.ts";
import { ClientUdp } from "./client_udp.ts";
import { readClock } from "./clock.ts";
import { connectClient, type TlsTrust } from "./connect_client.ts";
import { ConnectionWriter } from "./connection_writer.ts";

const READ_LENGTH = 16 * 1024;

type ProbeConnect = Extract<ProberOutput, { kind: "connect" }>;
type ProbeMessage = Extract<ProberOutput, { kind: "message" }>;
type ProbeEnd = Extract<ProberOutput, { kind: "ended" }>;

interface OpenConnection {
  readonly socket: ClientConnection;
  readonly writer: ConnectionWriter;
}

/** Joins a `Prober` with Deno's sockets; decides nothing. */
export class ProbeHost {
  readonly #prober: Prober;
  readonly #trust: TlsTrust;
  readonly #show: (message: ProbeMessage) => void;
  readonly #alarm = new Alarm(() => this.#do(this.#prober.tick(readClock())));
  readonly #ended = Promise.withResolvers<ProbeEnd>();
  /** Nothing is played: what comes by UDP all the same is nobody's. */
  readonly #udp = new ClientUdp(0, { datagrams: () => {}, quiet: () => {} });
  #connection: OpenConnection | undefined;
  /** Counts the connections: one that was given up may still come about. */
  #attempt = 0;
  #closing: Promise<void> = Promise.resolve();
  #isOver = false;

  /** @param show Told of each message. */
  constructor(prober: Prober, trust: TlsTrust, show: (message: ProbeMessage) => void) {
    this.#prober = prober;
    this.#trust = trust;
    this.#show = show;
  }

  /** Probes; resolves when it is done and the sockets are closed. To be called once. */
  async probe(): Promise<ProbeEnd> {
    this.#do(this.#prober.start(readClock()));
    const end = await this.#ended.promise;
    this.#alarm.clear();
    await this.#closing;
    await this.#udp.close();
    return end;
  }

  /** Its user wants it to end: a signal. */
  stop(): void {
    this.#do(this.#prober.stop(readClock()));
  }

  #do(outputs: readonly ProberOutput[]): void {
    for (const output of outputs) this.#doOne(output);
    if (!this.#isOver) this.#alarm.set(this.#prober.wakeAtMs);
  }

  #doOne(output: ProberOutput): void {
    switch (output.kind) {
      case "connect":
        this.#connect(output);
        return;
      case "message":
        this.#show(output);
        return;
      case "write":
        this.#connection?.writer.write(output.bytes);
        return;
      case "close":
        this.#closing = this.#close();
        return;
      case "ended":
        this.#isOver = true;
        this.#ended.resolve(output);
        return;
      default:
        output satisfies never;
    }
  }

  async #connect({ host, port, secure, udp }: ProbeConnect): Promise<void> {
    const attempt = ++this.#attempt;
    let socket: ClientConnection;
    try {
      socket = await connectClient(host, port, secure, this.#trust);
    } catch (error) {
      if (attempt === this.#attempt) this.#lost(clientFailureText(error));
      return;
    }
    if (attempt !== this.#attempt) return socket.close();
    const problem = this.#udp.open(socket.remoteAddress.includes(":") ? "IPv6" : "IPv4", udp);
    if (problem !== undefined) {
      socket.close();
      return this.#lost(problem);
    }
    const writer = new ConnectionWriter(socket, (reason) => this.#broken(socket, reason));
    this.#connection = { socket, writer };
    const link = { serverAddress: socket.remoteAddress, rtpPort: this.#udp.rtpPort };
    this.#do(this.#prober.connected(link, readClock()));
    await this.#read(socket);
  }

  async #read(socket: ClientConnection): Promise<void> {
    const buffer = new Uint8Array(READ_LENGTH);
    let reason = "the server closed the connection";
    try {
      for (;;) {
        const length = await socket.read(buffer);
        if (length === null) break;
        if (this.#connection?.socket !== socket) return;
        this.#do(this.#prober.receive(buffer.slice(0, length), readClock()));
      }
    } catch (error) {
      reason = clientFailureText(error);
    }
    this.#broken(socket, reason);
  }

  /** The server is gone, unless we closed this connection ourselves. */
  #broken(socket: ClientConnection, reason: string): void {
    if (this.#connection?.socket !== socket) return;
    this.#connection = undefined;
    socket.close();
    this.#lost(reason);
  }

  #lost(reason: string): void {
    this.#do(this.#prober.disconnected(reason, readClock()));
  }

  async #close(): Promise<void> {
    this.#attempt++;
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection === undefined) return;
    await connection.writer.flushed();
    connection.socket.close();
  }
}
