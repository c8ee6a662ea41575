import type { Now } from "../bytes/now.ts";
import type { PlayStep } from "../client/play_plan.ts";
import type { PlayOutput, PlayResult } from "../client/play_result.ts";
import type { PlayRunner } from "../client/play_runner.ts";
import type { Impairment } from "../net_impair/impairment.ts";
import { Alarm } from "./alarm.ts";
import type { ArrivedDatagram } from "./arrived_datagram.ts";
import type { ClientConnection } from "./client_connection.ts";
import { clientFailureText } from "./client_failure_text.ts";
import type { ReadingPatience } from "./client_rtp_socket.ts";
import { ClientUdp, type UdpNeed } from "./client_udp.ts";
import { readClock } from "./clock.ts";
import { connectClient, SYSTEM_TRUST, type TlsTrust } from "./connect_client.ts";
import { ConnectionWriter } from "./connection_writer.ts";
import { type Arrival, ImpairedArrivals } from "./impaired_arrivals.ts";
import { openLinuxLibc } from "./linux_libc.ts";
import type { WireBytes, WireTap } from "./wire_tap.ts";

/** Bytes read from the connection at once. */
const READ_LENGTH = 16 * 1024;

/** Said once, when media comes where no bad network acts. */
const NO_EFFECT = "The bad network has no effect: it damages datagrams, " +
  "and media comes inside the RTSP connection, over TCP";

/** What only the sockets have to do with; all else is told to `ClientHostOptions.notice`. */
type SocketOutput =
  | "connect"
  | "write"
  | "close"
  | "datagram"
  | "joinGroup"
  | "leaveGroup"
  | "releasePorts"
  | "ended";

/** What happens in a play, for those who look on. */
export type PlayEvent = Exclude<PlayOutput, { kind: SocketOutput }>;

/** What a client host works with. */
export interface ClientHostOptions {
  readonly runner: PlayRunner;
  /** The UDP port for RTP; 0: chosen by the system. */
  readonly rtpPort: number;
  /** Whom to trust inside TLS; without it, whom the system trusts. */
  readonly trust?: TlsTrust;
  /** Told of all bytes that go over the wire; returns at once. */
  readonly capture?: WireTap;
  /** What happens to datagrams between socket and machine; without it, nothing. */
  readonly impair?: Impairment;
  /**
   * With which RTP is read, which saves processor time; nothing where somebody waits for the frames. When a
   * datagram came is known all the same.
   */
  readonly patience?: ReadingPatience;
  /** Told of everything that happens; returns at once, so that nothing holds up the receiver. */
  notice(event: PlayEvent): void;
}

type ConnectOutput = Extract<PlayOutput, { kind: "connect" }>;

interface OpenConnection {
  readonly socket: ClientConnection;
  /** Of the server. */
  readonly remotePort: number;
  readonly writer: ConnectionWriter;
}

/**
 * Joins a `PlayRunner` with Deno's sockets: hands it what comes in and the time, and does what it says.
 * Decides nothing.
 */
export class ClientHost {
  readonly #options: ClientHostOptions;
  readonly #runner: PlayRunner;
  readonly #alarm = new Alarm(() => this.#tick());
  readonly #ended = Promise.withResolvers<PlayResult>();
  #connection: OpenConnection | undefined;
  /** Counts the attempts at a connection: one that was given up may still come about. */
  #attempt = 0;
  readonly #udp: ClientUdp;
  readonly #impaired: ImpairedArrivals;
  #saidNoEffect = false;
  /** What the runner was told last. */
  #now: Now = { monotonicMs: 0, unixMs: 0 };
  /** Whether several datagrams are given to it one behind the other. */
  #isBatch = false;
  #closing: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(options: ClientHostOptions) {
    this.#options = options;
    this.#runner = options.runner;
    this.#impaired = new ImpairedArrivals(options.impair, (arrival) => this.#arrived(arrival));
    this.#udp = new ClientUdp(options.rtpPort, {
      datagrams: (channel, datagrams, localPort) => this.#came(channel, datagrams, localPort),
      quiet: () => this.#tick(),
    }, options.patience);
  }

  /** Plays; resolves when the play has ended and its sockets are closed. To be called once. */
  async play(): Promise<PlayResult> {
    this.#tell((now) => this.#runner.start(now));
    const result = await this.#ended.promise;
    await this.#closing;
    return result;
  }

  /** Its user asks for something. */
  command(step: PlayStep): void {
    this.#tell((now) => this.#runner.command(step, now));
  }

  /** Its user wants it to end: a signal. */
  stop(): void {
    this.#tell((now) => this.#runner.stop(now));
  }

  /**
   * What happens to the datagrams that come from now on, instead of what happened to those before; those
   * that are under way come in their time.
   *
   * @param impairment Without one, nothing happens to them.
   */
  impair(impairment: Impairment | undefined): void {
    this.#impaired.change(impairment);
    this.#saidNoEffect = false;
    if (!this.#isOver) this.#checkEffect();
  }

  #checkEffect(): void {
    if (this.#saidNoEffect || this.#impaired.impairment === undefined) return;
    if (this.#runner.figures.transport?.protocol !== "tcp") return;
    this.#saidNoEffect = true;
    this.#options.notice({ kind: "log", level: "warning", message: NO_EFFECT });
  }

  /** Datagrams came in: what there is to do is done after each, when to wake is asked after all. */
  #came(channel: Arrival["channel"], datagrams: readonly ArrivedDatagram[], port: number): void {
    const now = readClock();
    if (this.#options.capture !== undefined) {
      // All of them before what is said to any of them, as it was on the wire.
      for (const { bytes, from, fromPort, arrivedMs } of datagrams) {
        const end = { address: from, port: fromPort };
        this.#tap("in", "udp", bytes, port, end, earlier(now, arrivedMs));
      }
    }
    this.#isBatch = true;
    for (const { bytes, from, arrivedMs } of datagrams) {
      this.#impaired.add({ channel, bytes, from, now: earlier(now, arrivedMs) });
    }
    this.#isBatch = false;
    this.#setAlarm();
  }

  #arrived({ channel, bytes, from, now }: Arrival): void {
    if (this.#isOver) return;
    for (const output of this.#runner.datagram(channel, bytes, from, this.#notBack(now))) {
      this.#doOne(output);
    }
    if (!this.#isBatch) this.#setAlarm();
  }

  /** Time never goes back, also where datagrams are told of that have waited for a while. */
  #notBack(now: Now): Now {
    if (now.monotonicMs < this.#now.monotonicMs) return this.#now;
    this.#now = now;
    return now;
  }

  #tick(): void {
    this.#tell((now) => this.#runner.tick(now));
  }

  /**
   * Tells the runner of anything but a datagram, unless the play is over: behind all datagrams that came
   * before it, which could not keep their times otherwise.
   */
  #tell(input: (now: Now) => readonly PlayOutput[]): void {
    if (!this.#isBatch) this.#udp.catchUp();
    if (this.#isOver) return;
    for (const output of input(this.#notBack(readClock()))) this.#doOne(output);
    this.#setAlarm();
  }

  #setAlarm(): void {
    if (!this.#isOver) this.#alarm.set(this.#runner.wakeAtMs);
  }

  #doOne(output: PlayOutput): void {
    switch (output.kind) {
      case "connect":
        this.#connect(output);
        return;
      case "write":
        this.#connection?.writer.write(output.bytes);
        this.#tapStream("out", output.bytes);
        return;
      case "close":
        this.#close();
        return;
      case "datagram":
        this.#tap("out", "udp", output.bytes, this.#udp.portOf(output.channel), output);
        this.#udp.send(output.channel, output.bytes, output.address, output.port);
        return;
      case "joinGroup":
        this.#join(output.group, [output.rtpPort, output.rtcpPort]);
        return;
      case "leaveGroup":
        this.#udp.leave();
        return;
      case "releasePorts":
        this.#udp.release();
        return;
      case "ended":
        this.#end(output.result);
        return;
      case "state":
        this.#options.notice(output);
        if (output.state === "playing") this.#checkEffect();
        return;
      default:
        this.#options.notice(output);
    }
  }

  async #connect({ host, port, secure, udp }: ConnectOutput): Promise<void> {
    const attempt = ++this.#attempt;
    const isWanted = () => attempt === this.#attempt && !this.#isOver;
    let socket: ClientConnection;
    if (udp !== "none") openLinuxLibc(); // takes some ms: now, and not while the server waits for us
    try {
      socket = await connectClient(host, port, secure, this.#options.trust ?? SYSTEM_TRUST);
    } catch (error) {
      if (!isWanted()) return;
      return this.#tell((now) => this.#runner.disconnected(clientFailureText(error), now));
    }
    if (!isWanted()) return socket.close();
    const problem = this.#openUdp(socket.remoteAddress, udp);
    if (problem !== undefined) {
      socket.close();
      return this.#tell((now) => this.#runner.disconnected(problem, now));
    }
    const writer = new ConnectionWriter(socket, (reason) => this.#lost(socket, reason));
    this.#connection = { socket, writer, remotePort: port };
    const { rtpPort, receiveBuffer } = this.#udp;
    const link = {
      ...{ serverAddress: socket.remoteAddress, rtpPort },
      ...receiveBuffer !== undefined && { receiveBuffer },
    };
    this.#tell((now) => this.#runner.connected(link, now));
    await this.#read(socket);
  }

  #openUdp(serverAddress: string, need: UdpNeed): string | undefined {
    return this.#udp.open(serverAddress.includes(":") ? "IPv6" : "IPv4", need);
  }

  async #join(group: string, ports: readonly [number, number]): Promise<void> {
    try {
      await this.#udp.join(group, ports, this.#connection?.socket.localAddress);
    } catch (error) {
      if (this.#isOver || this.#connection === undefined) return;
      const reason = `the multicast group ${group} cannot be joined: ${clientFailureText(error)}`;
      this.#lost(this.#connection.socket, reason);
    }
  }

  async #read(socket: ClientConnection): Promise<void> {
    const buffer = new Uint8Array(READ_LENGTH);
    let reason = "the server closed the connection";
    try {
      for (;;) {
        const length = await socket.read(buffer);
        if (length === null) break;
        this.#udp.catchUp(); // it may be the end
        if (this.#connection?.socket !== socket) return;
        this.#tapStream("in", buffer.subarray(0, length));
        this.#tell((now) => this.#runner.receive(buffer.slice(0, length), now));
      }
    } catch (error) {
      reason = clientFailureText(error);
    }
    this.#lost(socket, reason);
  }

  /** The server is gone, unless we closed this connection ourselves. */
  #lost(socket: ClientConnection, reason: string): void {
    if (this.#connection?.socket !== socket) return;
    this.#tapStream("closed");
    this.#connection = undefined;
    socket.close();
    this.#tell((now) => this.#runner.disconnected(reason, now));
  }

  /** Closes the connection after what was written, or gives up the attempt at one. */
  async #close(): Promise<void> {
    this.#attempt++;
    this.#tapStream("closed");
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection === undefined) return;
    await connection.writer.flushed();
    connection.socket.close();
  }

  /** Bytes of the RTSP connection, or its end. */
  #tapStream(direction: WireBytes["direction"], bytes: Uint8Array = new Uint8Array()): void {
    const connection = this.#connection;
    if (connection === undefined) return;
    const { socket, remotePort } = connection;
    const remote = { address: socket.remoteAddress, port: remotePort };
    this.#tap(direction, "tcp", bytes, socket.localPort, remote);
  }

  #tap(
    direction: WireBytes["direction"],
    transport: WireBytes["transport"],
    bytes: Uint8Array,
    localPort: number,
    { address, port }: { readonly address: string; readonly port: number },
    now: Now = readClock(),
  ): void {
    const localAddress = this.#connection?.socket.localAddress;
    this.#options.capture?.({
      ...{ direction, transport, bytes, localAddress, localPort, now },
      remoteAddress: address,
      remotePort: port,
    });
  }

  #end(result: PlayResult): void {
    this.#isOver = true;
    this.#alarm.clear();
    this.#impaired.close();
    this.#close();
    this.#closing = this.#udp.close();
    this.#ended.resolve(result);
  }
}

/** Both clocks at an earlier time of one of them. */
function earlier(now: Now, monotonicMs: number): Now {
  return { monotonicMs, unixMs: now.unixMs - (now.monotonicMs - monotonicMs) };
}
