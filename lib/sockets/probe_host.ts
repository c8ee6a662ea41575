import type { Prober } from "../client/prober.ts";
import type { ProberOutput } from "../client/prober_output.ts";
import { Alarm } from "./alarm.ts";
import type { ClientConnection } from "./client_connection.ts";
import { ClientUdp, type UdpNeed } from "./client_udp.ts";
import { readClock } from "./clock.ts";
import type { TlsTrust } from "./connect_client.ts";
import { RtspLink } from "./rtsp_link.ts";

type ProbeConnect = Extract<ProberOutput, { kind: "connect" }>;
type ProbeMessage = Extract<ProberOutput, { kind: "message" }>;
type ProbeEnd = Extract<ProberOutput, { kind: "ended" }>;

/** Joins a `Prober` with Deno's sockets; decides nothing. */
export class ProbeHost {
  readonly #prober: Prober;
  readonly #link: RtspLink;
  readonly #show: (message: ProbeMessage) => void;
  readonly #alarm = new Alarm(() => this.#do(this.#prober.tick(readClock())));
  readonly #ended = Promise.withResolvers<ProbeEnd>();
  /** Nothing is played: what comes by UDP all the same is nobody's. */
  readonly #udp = new ClientUdp(0, { datagrams: () => {}, quiet: () => {} });
  #udpNeed: UdpNeed = "none";
  #closing: Promise<void> = Promise.resolve();
  #isOver = false;

  /** @param show Told of each message. */
  constructor(prober: Prober, trust: TlsTrust, show: (message: ProbeMessage) => void) {
    this.#prober = prober;
    this.#link = new RtspLink(trust, {
      connected: (connection) => this.#connected(connection),
      received: (bytes) => this.#do(this.#prober.receive(bytes, readClock())),
      lost: (reason) => this.#do(this.#prober.disconnected(reason, readClock())),
    });
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
        this.#link.write(output.bytes);
        return;
      case "close":
        this.#closing = this.#link.close();
        return;
      case "ended":
        this.#isOver = true;
        this.#ended.resolve(output);
        return;
      default:
        output satisfies never;
    }
  }

  #connect({ host, port, secure, udp }: ProbeConnect): void {
    this.#udpNeed = udp;
    this.#link.connect(host, port, secure);
  }

  #connected(connection: ClientConnection): void {
    const { remoteAddress: serverAddress } = connection;
    const family = serverAddress.includes(":") ? "IPv6" : "IPv4";
    const problem = this.#udp.open(family, this.#udpNeed);
    if (problem !== undefined) return this.#link.lose(connection, problem);
    this.#do(this.#prober.connected({ serverAddress, rtpPort: this.#udp.rtpPort }, readClock()));
  }
}
