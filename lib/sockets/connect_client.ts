import type { ClientConnection } from "./client_connection.ts";
import { connectWithoutProof } from "./connect_without_proof.ts";

/** Whom to trust where the connection is inside TLS. */
export interface TlsTrust {
  /** Whether any certificate will do: the server may be anybody. */
  readonly insecure: boolean;
  /** Certificates in PEM that are trusted beside the system's. */
  readonly certificates: readonly string[];
}

/** Trusts whom the system trusts. */
export const SYSTEM_TRUST: TlsTrust = { insecure: false, certificates: [] };

/**
 * Opens an RTSP connection.
 *
 * @throws {Error} As Deno's network functions do.
 */
export async function connectClient(
  hostname: string,
  port: number,
  secure: boolean,
  trust: TlsTrust,
): Promise<ClientConnection> {
  if (!secure) {
    const connection = await Deno.connect({ hostname, port });
    connection.setNoDelay(true);
    return wrap(connection);
  }
  if (trust.insecure) return await connectWithoutProof(hostname, port);
  const connection = await Deno.connectTls({
    hostname,
    port,
    caCerts: [...trust.certificates],
  });
  try {
    await connection.handshake();
  } catch (error) {
    connection.close();
    throw error;
  }
  return wrap(connection);
}

function wrap(connection: Deno.TcpConn | Deno.TlsConn): ClientConnection {
  return {
    remoteAddress: (connection.remoteAddr as Deno.NetAddr).hostname,
    localAddress: (connection.localAddr as Deno.NetAddr).hostname,
    localPort: (connection.localAddr as Deno.NetAddr).port,
    read: (buffer) => connection.read(buffer),
    write: (bytes) => connection.write(bytes),
    close: () => connection.close(),
  };
}
