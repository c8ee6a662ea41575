import { serializeInterleaved } from "../rtsp/interleaved_block.ts";
import type { ServerMachine } from "../server/server_machine.ts";
import type { ConnectionId, ServerOutput } from "../server/server_output.ts";
import type { ServerSession } from "../server/server_session.ts";
import { Alarm } from "./alarm.ts";
import { readClock } from "./clock.ts";
import { BufferPool } from "./buffer_pool.ts";
import { ConnectionWriter } from "./connection_writer.ts";
import { ControlSender } from "./control_sender.ts";
import type { FrameOutput, FrameSender } from "./frame_output.ts";
import { ImpairedFrameSender } from "./impaired_frame_sender.ts";
import { interleaveFrame } from "./interleave_frame.ts";
import { listenFailureText } from "./listen_failure_text.ts";
import { NativeFrameSender, type SenderEvents } from "./native_frame_sender.ts";
import { openFrameSender } from "./open_frame_sender.ts";
import { readConnection } from "./read_connection.ts";
import type { ServerHostOptions } from "./server_host_options.ts";

/** Longest datagram that is taken from a listener: RTCP and what opens a NAT. */
const DATAGRAM_LENGTH = 2048;

/** Most bytes of buffers that are kept for frames to come. */
const MAX_FREE_OCTETS = 4 * 1024 * 1024;

/** How long a peer may take to read the last reply before the connection is closed under it. */
const CLOSE_WAIT_MS = 1000;

interface OpenConnection {
  readonly socket: Deno.TcpConn | Deno.TlsConn;
  readonly writer: ConnectionWriter;
}

/**
 * Joins a `ServerMachine` with Deno's sockets: hands it what comes in and the time, and does what it
 * says. Decides nothing.
 */
export class ServerHost {
  readonly #options: ServerHostOptions;
  readonly #machine: ServerMachine;
  readonly #listener: Deno.TcpListener | Deno.TlsListener;
  readonly #sender: FrameSender;
  readonly #control: ControlSender;
  readonly #connections = new Map<ConnectionId, OpenConnection>();
  /** For frames inside connections. */
  readonly #buffers = new BufferPool(MAX_FREE_OCTETS);
  readonly #takeBuffer = (length: number) => this.#buffers.take(length);
  readonly #giveBuffer = (bytes: Uint8Array) => this.#buffers.give(bytes);
  readonly #alarm = new Alarm(() => this.#do(this.#machine.tick(readClock())));
  #lastConnection = 0;
  #closed = false;
  readonly #running: Promise<unknown>;

  /**
   * Listens at once.
   *
   * @throws {Error} One sentence: the address or port cannot be had.
   */
  constructor(options: ServerHostOptions) {
    this.#options = options;
    this.#machine = options.machine;
    const { rtp, rtcp } = options.rtpPorts;
    this.#listener = listen(options);
    const { impair, sender = "auto" } = options;
    const events: SenderEvents = {
      failed: (session, reason) => this.#do(this.#machine.sendFailed(session, reason)),
      note: (message) => this.#log("info", message),
      nowMs: () => performance.now(),
    };
    this.#sender = impair === undefined
      ? openFrameSender(rtp, sender, events)
      : new ImpairedFrameSender(impair, new NativeFrameSender(rtp, events));
    this.#control = new ControlSender({
      ...{ socket: rtcp, impair },
      failed: (reason) => {
        if (!this.#closed) this.#log("warning", `Cannot send RTCP: ${reason}`);
      },
    });
    this.#running = Promise.all([
      this.#accept(),
      this.#receive("rtp", rtp),
      this.#receive("rtcp", rtcp),
    ]);
  }

  /** The port that it listens on. */
  get port(): number {
    return (this.#listener.addr as Deno.NetAddr).port;
  }

  /** By which way frames leave by UDP: `gso`, `mmsg` or `native`, with `impaired` before it. */
  get sender(): string {
    return this.#sender.name;
  }

  /** Ends one session, whatever its listener thinks of it; one that has ended already is no matter. */
  endSession(id: string, reason: string): void {
    this.#do(this.#machine.endSession(id, reason, readClock()));
  }

  /** Frames that were given up because they had waited too long: those of a session's connection. */
  droppedFrames({ route }: ServerSession): number {
    if (route.kind !== "interleaved") return 0;
    return this.#connections.get(route.connection)?.writer.droppedFrames ?? 0;
  }

  /** Ends all sessions and connections; resolves when the last reply is out or given up. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#do(this.#machine.shutdown(readClock()));
    this.#closed = true;
    this.#alarm.clear();
    this.#listener.close();
    await Promise.all([...this.#connections.keys()].map((id) => this.#close(id)));
    await this.#control.close();
    this.#sender.close();
    this.#options.rtpPorts.rtp.close();
    this.#options.rtpPorts.rtcp.close();
    await this.#running;
  }

  async #accept(): Promise<void> {
    while (!this.#closed) {
      try {
        this.#take(await this.#listener.accept());
      } catch (error) {
        if (this.#closed) return;
        if (!(error instanceof Error)) throw error;
        // A peer that is gone before it was accepted, or no descriptor left: the next one may do.
        this.#log("error", `Cannot accept a connection: ${error.message}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  #take(socket: Deno.TcpConn | Deno.TlsConn): void {
    const { maxConnections } = this.#options;
    if (this.#connections.size < maxConnections) {
      this.#serve(socket);
      return;
    }
    this.#log("warning", `Connection refused: there are ${maxConnections}`);
    closeQuietly(socket);
  }

  async #receive(kind: "rtp" | "rtcp", socket: Deno.DatagramConn): Promise<void> {
    const buffer = new Uint8Array(DATAGRAM_LENGTH);
    while (!this.#closed) {
      try {
        const [bytes, from] = await socket.receive(buffer);
        const { hostname: address, port } = from as Deno.NetAddr;
        this.#do(this.#machine.datagram(kind, { address, port }, bytes, readClock()));
      } catch (error) {
        if (this.#closed) return;
        if (!(error instanceof Error)) throw error;
        this.#log("warning", `Cannot receive ${kind.toUpperCase()}: ${error.message}`);
        await new Promise((resolve) => setTimeout(resolve, 50)); // should it last, it must not spin
      }
    }
  }

  async #serve(socket: Deno.TcpConn | Deno.TlsConn): Promise<void> {
    const id = ++this.#lastConnection;
    const lost = (reason: string) => this.#lost(id, reason);
    const writer = new ConnectionWriter(socket, lost, undefined, this.#giveBuffer);
    this.#connections.set(id, { socket, writer });
    const { hostname: address, port } = socket.remoteAddr;
    const localAddress = socket.localAddr.hostname;
    const secure = this.#options.tls !== undefined;
    this.#do(this.#machine.connect(id, { address, port, localAddress, secure }, readClock()));
    let reason = "closed by the peer";
    try {
      if (!("handshake" in socket)) {
        socket.setNoDelay(true);
        socket.setKeepAlive(true);
      }
      await readConnection(
        socket,
        (bytes) => this.#do(this.#machine.receive(id, bytes, readClock())),
      );
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      reason = error.message;
    }
    this.#lost(id, reason);
  }

  /** The peer is gone, or nothing can be written to it. */
  #lost(id: ConnectionId, reason: string): void {
    const connection = this.#connections.get(id);
    if (connection === undefined) return;
    this.#connections.delete(id);
    closeQuietly(connection.socket);
    this.#do(this.#machine.disconnect(id, reason, readClock()));
  }

  /** Closes after what was written. */
  async #close(id: ConnectionId, reason: string = "closed by the server"): Promise<void> {
    const connection = this.#connections.get(id);
    if (connection === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLong = new Promise<void>((resolve) => timer = setTimeout(resolve, CLOSE_WAIT_MS));
    await Promise.race([connection.writer.flushed(), tooLong]);
    clearTimeout(timer);
    this.#lost(id, reason);
  }

  #do(outputs: readonly ServerOutput[]): void {
    if (this.#closed) return;
    for (const output of outputs) this.#doOne(output);
    this.#alarm.set(this.#machine.wakeAtMs);
  }

  #doOne(output: ServerOutput): void {
    switch (output.kind) {
      case "write":
        this.#connections.get(output.connection)?.writer.write(output.bytes);
        return;
      case "close":
        this.#close(output.connection, output.reason);
        return;
      case "openMovie":
        this.#openMovie(output.ticket, output.path);
        return;
      case "releaseMovie":
        output.lease.release();
        return;
      case "frame":
        this.#sendFrame(output);
        return;
      case "control":
        this.#sendControl(output);
        return;
      case "log":
        this.#options.log(output);
        return;
      default:
        output satisfies never;
    }
  }

  #sendFrame(output: Extract<ServerOutput, { kind: "frame" }>): void {
    const { route, frame, header } = output;
    if (isByUdp(output)) return this.#sender.send(output);
    if (route.kind !== "interleaved") return;
    const writer = this.#connections.get(route.connection)?.writer;
    if (writer === undefined) return;
    const untilMs = performance.now() + this.#options.maxQueueMs;
    const bytes = interleaveFrame(route.channel, frame, header, this.#takeBuffer);
    writer.writeFrame(bytes, untilMs);
  }

  #sendControl({ route, bytes }: Extract<ServerOutput, { kind: "control" }>): void {
    if (route.kind === "interleaved") {
      const writer = this.#connections.get(route.connection)?.writer;
      writer?.write(serializeInterleaved(route.controlChannel, bytes));
      return;
    }
    this.#control.send(route, bytes);
  }

  async #openMovie(ticket: number, path: string): Promise<void> {
    const result = await this.#options.openMovie(path);
    if (this.#closed) {
      if (result.kind === "movie") result.release();
      return;
    }
    this.#do(this.#machine.movieOpened(ticket, result, readClock()));
  }

  #log(level: "error" | "warning" | "info", message: string): void {
    this.#options.log({ kind: "log", level, message });
  }
}

function listen(options: ServerHostOptions): Deno.TcpListener | Deno.TlsListener {
  const { hostname, port, isShared: reusePort, tls } = options;
  try {
    return tls === undefined
      ? Deno.listen({ transport: "tcp", hostname, port, reusePort })
      : Deno.listenTls({ hostname, port, reusePort, ...tls });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const why = listenFailureText(error, port);
    throw new Error(`Cannot listen on ${hostname} port ${port}: ${why}`, { cause: error });
  }
}

function isByUdp(output: Extract<ServerOutput, { kind: "frame" }>): output is FrameOutput {
  return output.route.kind === "udp";
}

function closeQuietly(socket: Deno.Conn): void {
  try {
    socket.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
