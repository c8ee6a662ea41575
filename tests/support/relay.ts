import { openRtpPorts, type RtpPorts } from "../../lib/sockets/open_rtp_ports.ts";

const HOST = "127.0.0.1";

/**
 * A network between a standard client and a server, both on this machine: one TCP port, and for each
 * SETUP by UDP a pair of ports of its own, written into request and reply. While it is down it swallows
 * datagrams and holds bytes back, as TCP does, which sends them again: nobody is told.
 */
export class Relay implements AsyncDisposable {
  /** Whether anything gets through. */
  isUp = true;
  readonly #serverPort: number;
  readonly #listener = Deno.listen({ hostname: HOST, port: 0 });
  readonly #closing: { close(): void }[] = [this.#listener];
  readonly #work: Promise<void>[] = [];
  #upAgain = Promise.withResolvers<void>();

  constructor(serverPort: number) {
    this.#serverPort = serverPort;
    this.#work.push(this.#accept());
  }

  /** Where clients connect to. */
  get port(): number {
    return (this.#listener.addr as Deno.NetAddr).port;
  }

  /** Everything is swallowed from now on. */
  goDown(): void {
    this.isUp = false;
  }

  /** What was held back goes on its way. */
  comeUp(): void {
    this.isUp = true;
    this.#upAgain.resolve();
    this.#upAgain = Promise.withResolvers();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.comeUp();
    for (const socket of this.#closing) {
      try {
        socket.close();
      } catch (error) {
        if (!(error instanceof Deno.errors.BadResource)) throw error; // it was closed already
      }
    }
    await Promise.all(this.#work);
  }

  async #accept(): Promise<void> {
    for await (const client of this.#listener) this.#work.push(this.#serve(client));
  }

  async #serve(client: Deno.Conn): Promise<void> {
    this.#closing.push(client);
    await this.#passage();
    let server: Deno.Conn;
    try {
      server = await Deno.connect({ hostname: HOST, port: this.#serverPort });
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      return client.close();
    }
    this.#closing.push(server);
    const ports: RtpPorts[] = [];
    const toServer = (text: string) =>
      text.replace(/client_port=(\d+)-(\d+)/, (_match, rtp, rtcp) => {
        const pair = openRtpPorts(HOST);
        ports.push(pair);
        this.#closing.push(pair.rtp, pair.rtcp);
        this.#ends.set(pair.rtp, { client: Number(rtp) });
        this.#ends.set(pair.rtcp, { client: Number(rtcp) });
        return `client_port=${portOf(pair.rtp)}-${portOf(pair.rtcp)}`;
      });
    const toClient = (text: string) =>
      text.replace(/server_port=(\d+)-(\d+)/, (match, rtp, rtcp) => {
        const pair = ports.at(-1);
        if (pair === undefined) return match;
        this.#work.push(
          this.#carry(pair.rtp, Number(rtp)),
          this.#carry(pair.rtcp, Number(rtcp)),
        );
        return `server_port=${portOf(pair.rtp)}-${portOf(pair.rtcp)}`;
      });
    await Promise.all([
      this.#pump(client, server, toServer),
      this.#pump(server, client, toClient),
    ]);
  }

  readonly #ends = new Map<Deno.DatagramConn, { readonly client: number }>();

  /** Datagrams between a client's port and a server's. */
  async #carry(socket: Deno.DatagramConn, serverPort: number): Promise<void> {
    const clientPort = this.#ends.get(socket)?.client ?? 0;
    for await (const [bytes, from] of socket) {
      if (!this.isUp) continue;
      const port = (from as Deno.NetAddr).port === serverPort ? clientPort : serverPort;
      try {
        await socket.send(bytes, { transport: "udp", hostname: HOST, port });
      } catch (error) {
        if (!(error instanceof Error)) throw error; // a datagram more that is lost
      }
    }
  }

  async #pump(from: Deno.Conn, to: Deno.Conn, rewrite: (text: string) => string): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    try {
      for (;;) {
        const length = await from.read(buffer);
        await this.#passage();
        if (length === null) break;
        await writeAll(to, rewritten(buffer.subarray(0, length), rewrite));
      }
    } catch (error) {
      if (!(error instanceof Error)) throw error; // broken: the other half is closed as well
    }
    for (const socket of [from, to]) {
      try {
        socket.close();
      } catch (error) {
        if (!(error instanceof Deno.errors.BadResource)) throw error;
      }
    }
  }

  async #passage(): Promise<void> {
    while (!this.isUp) await this.#upAgain.promise;
  }
}

/** Text may be changed, also in front of interleaved blocks: byte by byte it is Latin-1. */
function rewritten(bytes: Uint8Array, rewrite: (text: string) => string): Uint8Array {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const changed = rewrite(text);
  if (changed === text) return bytes;
  return Uint8Array.from(changed, (character) => character.charCodeAt(0));
}

async function writeAll(to: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await to.write(bytes.subarray(at));
}

function portOf(socket: Deno.DatagramConn): number {
  return (socket.addr as Deno.NetAddr).port;
}
