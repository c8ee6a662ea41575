/** An RTSP connection as the client's host uses it: plain TCP, or TLS however that was made. */
export interface ClientConnection {
  /** Of the server, literal. */
  readonly remoteAddress: string;
  /** Of this machine, literal; `undefined` where it is not known. */
  readonly localAddress: string | undefined;
  /** Of this machine; 0 where it is not known. */
  readonly localPort: number;
  /** The count of bytes that came in; `null` at the end. */
  read(buffer: Uint8Array): Promise<number | null>;
  write(bytes: Uint8Array): Promise<number>;
  close(): void;
}
