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
import { SYSTEM_TRUST, type TlsTrust } from "./connect_client.ts";
import { type Arrival, ImpairedArrivals } from "./impaired_arrivals.ts";
import { openLinuxLibc } from "./linux_libc.ts";
import { RtspLink } from "./rtsp_link.ts";
import type { WireBytes, WireTap } from "./wire_tap.ts";

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

/**
 * Joins a `PlayRunner` with Deno's sockets: hands it what comes in and the time, and does what it says.
 * Decides nothing.
 */
export class ClientHost {
  readonly #options: ClientHostOptions;
  readonly #runner: PlayRunner;
  readonly #alarm = new Alarm(() => this.#tick());
  readonly #ended = Promise.withResolvers<PlayResult>();
  readonly #link: RtspLink;
  /** Of the server. */
  #remotePort = 0;
  #udpNeed: UdpNeed = "none";
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
    this.#link = new RtspLink(options.trust ?? SYSTEM_TRUST, {
      connected: (connection) => this.#connected(connection),
      received: (bytes) => this.#received(bytes),
      lost: (reason) => this.#tell((now) => this.#runner.disconnected(reason, now)),
      ends: () => this.#tapStream("closed"),
    });
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
        this.#link.write(output.bytes);
        this.#tapStream("out", output.bytes);
        return;
      case "close":
        this.#link.close();
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

  #connect({ host, port, secure, udp }: ConnectOutput): void {
    this.#remotePort = port;
    this.#udpNeed = udp;
    this.#link.connect(host, port, secure);
    if (udp !== "none") openLinuxLibc(); // takes some ms: now, and not while the server waits for us
  }

  #connected(connection: ClientConnection): void {
    const { remoteAddress: serverAddress } = connection;
    const family = serverAddress.includes(":") ? "IPv6" : "IPv4";
    const problem = this.#udp.open(family, this.#udpNeed);
    if (problem !== undefined) return this.#link.lose(connection, problem);
    const { rtpPort, receiveBuffer } = this.#udp;
    const link = {
      ...{ serverAddress, rtpPort },
      ...receiveBuffer !== undefined && { receiveBuffer },
    };
    this.#tell((now) => this.#runner.connected(link, now));
  }

  async #join(group: string, ports: readonly [number, number]): Promise<void> {
    const { connection } = this.#link;
    try {
      await this.#udp.join(group, ports, connection?.localAddress);
    } catch (error) {
      const reason = `the multicast group ${group} cannot be joined: ${clientFailureText(error)}`;
      if (connection !== undefined) this.#link.lose(connection, reason);
    }
  }

  #received(bytes: Uint8Array): void {
    this.#udp.catchUp(); // it may be the end
    if (this.#link.connection === undefined) return;
    this.#tapStream("in", bytes);
    this.#tell((now) => this.#runner.receive(bytes, now));
  }

  /** Bytes of the RTSP connection, or its end. */
  #tapStream(direction: WireBytes["direction"], bytes: Uint8Array = new Uint8Array()): void {
    const { connection } = this.#link;
    if (connection === undefined) return;
    const remote = { address: connection.remoteAddress, port: this.#remotePort };
    this.#tap(direction, "tcp", bytes, connection.localPort, remote);
  }

  #tap(
    direction: WireBytes["direction"],
    transport: WireBytes["transport"],
    bytes: Uint8Array,
    localPort: number,
    { address, port }: { readonly address: string; readonly port: number },
    now: Now = readClock(),
  ): void {
    const localAddress = this.#link.connection?.localAddress;
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
    this.#link.close();
    this.#closing = this.#udp.close();
    this.#ended.resolve(result);
  }
}

/** Both clocks at an earlier time of one of them. */
function earlier(now: Now, monotonicMs: number): Now {
  return { monotonicMs, unixMs: now.unixMs - (now.monotonicMs - monotonicMs) };
}
