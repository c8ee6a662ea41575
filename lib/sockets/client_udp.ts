import type { ArrivedDatagram } from "./arrived_datagram.ts";
import { clientFailureText } from "./client_failure_text.ts";
import {
  ClientRtpSocket,
  PLAIN_READING,
  type ReadingPatience,
  type RtpReading,
} from "./client_rtp_socket.ts";
import { openRtpPorts } from "./open_rtp_ports.ts";

/** Which UDP ports a play needs: see the output `connect`. */
export type UdpNeed = "none" | "single" | "pair";

/** What is told of the sockets. */
export interface ClientUdpListener {
  /**
   * Datagrams came, in this order.
   *
   * @param localPort At which.
   */
  datagrams(
    channel: "rtp" | "rtcp",
    datagrams: readonly ArrivedDatagram[],
    localPort: number,
  ): void;
  /** The RTP socket has been silent for a while. */
  quiet(): void;
}

interface Sockets {
  readonly rtp: ClientRtpSocket;
  readonly rtcp: ClientRtpSocket | undefined;
}

/** The UDP sockets of a client; once open, they stay the same until they are released. */
export class ClientUdp {
  readonly #port: number;
  readonly #listener: ClientUdpListener;
  readonly #reading: RtpReading;
  #own: Sockets | undefined;
  #group: Sockets | undefined;
  /** Nobody's any more, and open as long as the system might give the same ports again. */
  #released: Sockets | undefined;
  readonly #receiving: Promise<void>[] = [];

  /**
   * @param port For RTP; 0: chosen by the system.
   * @param patience With which RTP is read; without it, it is read as it comes.
   */
  constructor(port: number, listener: ClientUdpListener, patience: ReadingPatience = { lagMs: 0 }) {
    this.#port = port;
    this.#reading = { ...patience, byLibrary: true };
    this.#listener = listener;
  }

  /** The port for RTP; 0 where there is none. */
  get rtpPort(): number {
    return this.#own?.rtp.port ?? 0;
  }

  /** Bytes of RTP that may wait to be read; `undefined` where that is the system's default. */
  get receiveBuffer(): number | undefined {
    return (this.#group ?? this.#own)?.rtp.receiveBuffer;
  }

  /** Gives out what has come and was not looked at yet. */
  catchUp(): void {
    this.#own?.rtp.catchUp();
  }

  /**
   * Opens what is needed, unless it is open.
   *
   * @returns Why it cannot be had: a clause.
   */
  open(family: "IPv4" | "IPv6", need: UdpNeed): string | undefined {
    if (need === "none" || this.#own !== undefined) return undefined;
    try {
      this.#own = openSockets(family, this.#port, need, this.#reading);
    } catch (error) {
      const why = error instanceof Deno.errors.AddrInUse
        ? "another program has it"
        : clientFailureText(error);
      const ports = need === "pair" ? "s for RTP and RTCP" : " for RTP";
      return this.#port === 0
        ? `UDP port${ports} cannot be had: ${why}`
        : `UDP port ${this.#port} for RTP cannot be had: ${why}`;
    }
    closeSockets(this.#released);
    this.#released = undefined;
    this.#receive(this.#own);
    return undefined;
  }

  /** What was not given out yet is not told of; `open()` opens others, unless the port is given. */
  release(): void {
    closeSockets(this.#released);
    this.#released = this.#own;
    this.#own = undefined;
    if (this.#port === 0) return;
    closeSockets(this.#released);
    this.#released = undefined;
  }

  /** The port that `send` sends from; 0 where there is none. */
  portOf(channel: "rtp" | "rtcp"): number {
    return (this.#group ?? this.#own)?.[channel]?.port ?? 0;
  }

  /** Sends from the port of a channel; what cannot be sent is lost, as anything may be on the network. */
  send(channel: "rtp" | "rtcp", bytes: Uint8Array, hostname: string, port: number): void {
    const sockets = this.#group ?? this.#own;
    const socket = channel === "rtp" ? sockets?.rtp : sockets?.rtcp;
    socket?.send(bytes, hostname, port);
  }

  /**
   * Receives what is sent to a group as well.
   *
   * @param localAddress The interface to join by.
   * @throws {Error} The system has no way to the group, or the ports are taken.
   */
  async join(
    group: string,
    ports: readonly [rtp: number, rtcp: number],
    localAddress: string | undefined,
  ): Promise<void> {
    this.leave();
    const hostname = group.includes(":") ? "::" : "0.0.0.0";
    const open = (port: number) =>
      new ClientRtpSocket(
        Deno.listenDatagram({ transport: "udp", hostname, port, reuseAddress: true }),
        PLAIN_READING, // the library finds a socket by its port, which others may have as well
      );
    const rtp = open(ports[0]);
    let sockets: Sockets = { rtp, rtcp: undefined };
    try {
      const rtcp = open(ports[1]);
      this.#group = sockets = { rtp, rtcp };
      await rtp.join(group, localAddress);
      await rtcp.join(group, localAddress);
    } catch (error) {
      closeSockets(sockets);
      if (this.#group === sockets) this.#group = undefined;
      throw error;
    }
    this.#receive(sockets);
  }

  /** Receives it no longer. */
  leave(): void {
    closeSockets(this.#group);
    this.#group = undefined;
  }

  /** Receives nothing more; resolves when all sockets are closed. */
  async close(): Promise<void> {
    this.leave();
    closeSockets(this.#own);
    closeSockets(this.#released);
    await Promise.all(this.#receiving);
  }

  #receive({ rtp, rtcp }: Sockets): void {
    this.#receiving.push(this.#receiveFrom("rtp", rtp));
    if (rtcp !== undefined) this.#receiving.push(this.#receiveFrom("rtcp", rtcp));
  }

  #receiveFrom(channel: "rtp" | "rtcp", socket: ClientRtpSocket): Promise<void> {
    const isOurs = () => this.#released?.[channel] !== socket;
    return socket.listen({
      datagrams: (datagrams) => {
        if (channel === "rtcp") this.catchUp(); // that came before it
        if (isOurs()) this.#listener.datagrams(channel, datagrams, socket.port);
      },
      ...channel === "rtp" && {
        quiet: () => {
          if (isOurs()) this.#listener.quiet();
        },
      },
    });
  }
}

function openSockets(
  family: "IPv4" | "IPv6",
  port: number,
  need: "single" | "pair",
  reading: RtpReading,
): Sockets {
  const hostname = family === "IPv6" ? "::" : "0.0.0.0";
  if (need === "single") {
    const socket = Deno.listenDatagram({ transport: "udp", hostname, port });
    return { rtp: new ClientRtpSocket(socket, reading), rtcp: undefined };
  }
  const { rtp, rtcp } = openRtpPorts(
    hostname,
    ...port === 0 ? [] : [{ from: port, to: port + 1 }],
  );
  return {
    rtp: new ClientRtpSocket(rtp, reading),
    rtcp: new ClientRtpSocket(rtcp, PLAIN_READING),
  };
}

function closeSockets(sockets: Sockets | undefined): void {
  sockets?.rtp.close();
  sockets?.rtcp?.close();
}
