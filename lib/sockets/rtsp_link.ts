import type { ClientConnection } from "./client_connection.ts";
import { clientFailureText } from "./client_failure_text.ts";
import { connectClient, type TlsTrust } from "./connect_client.ts";
import { ConnectionWriter } from "./connection_writer.ts";

/** Bytes read from the connection at once. */
const READ_LENGTH = 16 * 1024;

/** What is told of a client's connections, one after the other. */
export interface RtspLinkListener {
  /** The connection that was asked for is there. */
  connected(connection: ClientConnection): void;
  /** Bytes came in; nobody else has them. */
  received(bytes: Uint8Array): void;
  /**
   * The connection ended, or could not be made, though nobody here closed it.
   *
   * @param reason A clause without a period.
   */
  lost(reason: string): void;
  /** The connection ends now, whoever ends it; it can still be asked for. */
  ends?(): void;
}

interface OpenConnection {
  readonly socket: ClientConnection;
  readonly writer: ConnectionWriter;
}

/** The RTSP connection of a client: one at a time, as often as it is asked for. */
export class RtspLink {
  readonly #trust: TlsTrust;
  readonly #listener: RtspLinkListener;
  #open: OpenConnection | undefined;
  /** Counts the attempts at a connection: one that was given up may still come about. */
  #attempt = 0;

  constructor(trust: TlsTrust, listener: RtspLinkListener) {
    this.#trust = trust;
    this.#listener = listener;
  }

  /** The one that is open. */
  get connection(): ClientConnection | undefined {
    return this.#open?.socket;
  }

  /**
   * Makes a connection; resolves when it has ended, or could not be made.
   *
   * @param isSecure Whether inside TLS.
   */
  async connect(host: string, port: number, isSecure: boolean): Promise<void> {
    const attempt = ++this.#attempt;
    let socket: ClientConnection;
    try {
      socket = await connectClient(host, port, isSecure, this.#trust);
    } catch (error) {
      if (attempt === this.#attempt) this.#listener.lost(clientFailureText(error));
      return;
    }
    if (attempt !== this.#attempt) return socket.close();
    const writer = new ConnectionWriter(socket, (reason) => this.#lost(socket, reason));
    this.#open = { socket, writer };
    this.#listener.connected(socket);
    await this.#read(socket);
  }

  /** Writes, if there is a connection. */
  write(bytes: Uint8Array): void {
    this.#open?.writer.write(bytes);
  }

  /** Ends the connection as if the other side had; one that is not open any more stays as it is. */
  lose(connection: ClientConnection, reason: string): void {
    this.#lost(connection, reason);
  }

  /** Closes the connection after what was written, or gives up the attempt at one. */
  async close(): Promise<void> {
    this.#attempt++;
    const open = this.#taken();
    await open?.writer.flushed();
    open?.socket.close();
  }

  async #read(socket: ClientConnection): Promise<void> {
    const buffer = new Uint8Array(READ_LENGTH);
    while (this.#open?.socket === socket) {
      let length: number | null;
      try {
        length = await socket.read(buffer);
      } catch (error) {
        return this.#lost(socket, clientFailureText(error));
      }
      if (length === null) return this.#lost(socket, "the server closed the connection");
      if (this.#open?.socket === socket) this.#listener.received(buffer.slice(0, length));
    }
  }

  #lost(socket: ClientConnection, reason: string): void {
    if (this.#open?.socket !== socket) return;
    this.#taken();
    socket.close();
    this.#listener.lost(reason);
  }

  /** The open connection, which is nobody's any more. */
  #taken(): OpenConnection | undefined {
    const open = this.#open;
    if (open !== undefined) this.#listener.ends?.();
    this.#open = undefined;
    return open;
  }
}
