import type { ArrivedDatagram } from "./arrived_datagram.ts";
import { LinuxDatagramReader } from "./linux_datagram_reader.ts";
import { openLinuxLibc } from "./linux_libc.ts";
import { findLinuxSocket } from "./linux_socket_descriptor.ts";
import { setReceiveBuffer } from "./linux_socket_options.ts";
import { ReadingPace } from "./reading_pace.ts";
import { SilenceTimer } from "./silence_timer.ts";

/** The exercise's text gives the RTP socket this receive timeout. */
export const RTP_RECEIVE_TIMEOUT_MS = 500;

/** After a failure to receive. */
const RETRY_MS = 50;

/** More than the largest UDP datagram, so that none is cut off. */
const BUFFER_LENGTH = 64 * 1024;

/** The default holds about 92 packets: less than one frame of a large picture, sent in one burst. */
const RECEIVE_BUFFER_LENGTH = 4 * 1024 * 1024;

/** So many datagrams are given out before it is looked for others. */
const GIVEN_TOGETHER = 64;
/** Most datagrams that wait here: about 45 MB of full ones. */
const MOST_BACKLOG = 32_768;
/** How long datagrams are given out before others have a turn. */
const TURN_MS = 20;

/** Who takes what comes in. */
export interface RtpListener {
  /** Datagrams came, in this order; one at least. */
  datagrams(datagrams: readonly ArrivedDatagram[]): void;
  /**
   * Nothing has come for 0.5 s: the moment at which the exercise's client looks whether it was told to
   * stop, and ours whether the stream has ended. Without it, silence is not watched.
   */
  quiet?(): void;
}

/** How RTP is received. */
export interface RtpReading {
  /** How long a datagram may lie before it is looked at: 0 where somebody waits for the frames. */
  readonly lagMs: number;
  /** Whether to read by the C library where that is possible; otherwise always by Deno's own API. */
  readonly byLibrary: boolean;
  /** See `ReadingPace`. */
  readonly eagerMs?: number;
}

/** How patiently RTP is read. */
export type ReadingPatience = Pick<RtpReading, "lagMs" | "eagerMs">;

/** What an RTCP port needs: few datagrams come, each by itself. */
export const PLAIN_READING: RtpReading = { lagMs: 0, byLibrary: false };

/** A UDP socket for RTP; what it receives is the same, whichever way it is read. */
export class ClientRtpSocket {
  /** The port that it has. */
  readonly port: number;
  /** Bytes that may wait to be read; `undefined` where the system's default could not be changed. */
  readonly receiveBuffer: number | undefined;
  readonly #socket: Deno.DatagramConn;
  readonly #reader: LinuxDatagramReader | undefined;
  readonly #pace: ReadingPace;
  readonly #buffer = new Uint8Array(BUFFER_LENGTH);
  #listener: RtpListener | undefined;
  readonly #silence = new SilenceTimer(RTP_RECEIVE_TIMEOUT_MS, () => this.#listener?.quiet?.());
  /** Until when it is not looked; 0: it waits until something comes. */
  #delayMs = 0;
  /** Read, and not given out yet: only where the stream is faster than who takes it. */
  readonly #backlog: ArrivedDatagram[] = [];
  #endSleep: (() => void) | undefined;
  #closed = false;

  /** @param socket Belongs to this object from now on. */
  constructor(socket: Deno.DatagramConn, { lagMs, byLibrary, eagerMs }: RtpReading) {
    this.#socket = socket;
    this.port = (socket.addr as Deno.NetAddr).port;
    this.receiveBuffer = setReceiveBuffer(socket, RECEIVE_BUFFER_LENGTH);
    this.#reader = byLibrary ? openReader(socket) : undefined;
    const canLag = this.#reader !== undefined && this.receiveBuffer !== undefined;
    this.#pace = new ReadingPace(canLag ? lagMs : 0, this.receiveBuffer ?? 0, eagerMs);
  }

  /** Gives what comes to `listener`; resolves when the socket is closed. To be called once. */
  async listen(listener: RtpListener): Promise<void> {
    this.#listener = listener;
    while (!this.#closed) {
      if (this.#backlog.length > 0) await this.#workOff();
      else if (this.#delayMs === 0) await this.#receive();
      else await this.#sleep();
    }
  }

  /** Gives out at once all that has come and was not looked at yet, or has been read and still waits. */
  catchUp(): void {
    if (this.#delayMs > 0) this.#give(this.#reader?.read() ?? []);
    // What comes meanwhile is not waited for: a stream may be faster than who takes it.
    for (let left = this.#backlog.length; left > 0 && !this.#closed; left -= GIVEN_TOGETHER) {
      this.#listener?.datagrams(this.#backlog.splice(0, GIVEN_TOGETHER));
    }
  }

  /** Sends a datagram; what cannot be sent is lost. */
  async send(bytes: Uint8Array, hostname: string, port: number): Promise<void> {
    try {
      await this.#socket.send(bytes, { transport: "udp", hostname, port });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }

  /**
   * Receives what is sent to a group as well.
   *
   * @param localAddress The interface to join by; any where it is not said.
   * @throws {Error} The system has no way to the group.
   */
  async join(group: string, localAddress: string | undefined): Promise<void> {
    if (group.includes(":")) await this.#socket.joinMulticastV6(group, 0);
    else await this.#socket.joinMulticastV4(group, localAddress ?? "0.0.0.0");
  }

  /** Receives nothing more. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#reader?.close();
    this.#silence.stop();
    this.#socket.close();
    this.#endSleep?.();
  }

  /** Waits until something comes, and takes what came with it. */
  async #receive(): Promise<void> {
    if (this.#listener?.quiet !== undefined) this.#silence.start();
    let bytes: Uint8Array;
    let from: Deno.Addr;
    try {
      [bytes, from] = await this.#socket.receive(this.#buffer);
    } catch (error) {
      if (this.#closed) return;
      if (!(error instanceof Error)) throw error;
      // Windows tells here that nobody took what was sent from this port. Should anything else last, such
      // as a network that is gone, it must not spin; that nothing comes is told like any silence.
      if (!(error instanceof Deno.errors.ConnectionReset)) await this.#pause(RETRY_MS);
      return;
    }
    this.#silence.touch();
    const { hostname, port: fromPort } = from as Deno.NetAddr;
    const nowMs = performance.now();
    const more = this.#reader?.read() ?? [];
    const arrivedMs = Math.min(nowMs, more[0]?.arrivedMs ?? nowMs); // it came before that one
    this.#give([{ bytes: bytes.slice(), from: hostname, fromPort, arrivedMs }, ...more]);
  }

  /** Does not look for a while, then takes all that came meanwhile. */
  async #sleep(): Promise<void> {
    await this.#pause(this.#delayMs);
    this.catchUp();
  }

  /** Lets this time go by, or less where it is closed. */
  async #pause(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
      this.#endSleep = resolve;
    });
    clearTimeout(timer);
  }

  #give(datagrams: readonly ArrivedDatagram[]): void {
    if (this.#closed) return;
    let octets = 0;
    for (const { bytes } of datagrams) octets += bytes.length;
    this.#backlog.push(...datagrams);
    this.#giveSome();
    if (!this.#closed) this.#setDelay(this.#pace.read(octets, performance.now()));
  }

  /**
   * Gives out what was read, for a while: what comes meanwhile is taken out of the kernel, whose room is
   * small, in between.
   */
  #giveSome(): void {
    const untilMs = performance.now() + TURN_MS;
    while (this.#backlog.length > 0 && !this.#closed && performance.now() < untilMs) {
      this.#listener?.datagrams(this.#backlog.splice(0, GIVEN_TOGETHER));
      if (this.#backlog.length > 0 && this.#backlog.length < MOST_BACKLOG) {
        this.#backlog.push(...this.#reader?.read() ?? []);
      }
    }
  }

  /** Lets others have a turn, then goes on. */
  async #workOff(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#give(this.#backlog.length < MOST_BACKLOG ? this.#reader?.read() ?? [] : []);
  }

  #setDelay(delayMs: number): void {
    const before = this.#delayMs;
    this.#delayMs = delayMs;
    if ((before > 0) === (delayMs > 0)) return;
    if (delayMs > 0) {
      this.#reader?.join();
      return this.#silence.stop();
    }
    this.#endSleep?.();
    const rest = this.#reader?.part() ?? [];
    if (rest.length > 0) this.#backlog.push(...rest);
    else this.#listener?.quiet?.();
  }
}

function openReader(socket: Deno.DatagramConn): LinuxDatagramReader | undefined {
  const result = openLinuxLibc();
  if (result.kind === "none") return undefined;
  const found = findLinuxSocket(result.libc, socket);
  return found === undefined ? undefined : new LinuxDatagramReader(result.libc, found);
}
