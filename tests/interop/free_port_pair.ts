/** An even UDP port of this machine that is free, and so is the next. */
export function freePortPair(): number {
  for (;;) {
    const first = Deno.listenDatagram({ hostname: "127.0.0.1", port: 0, transport: "udp" });
    try {
      const { port } = first.addr as Deno.NetAddr;
      if (port % 2 === 1) continue;
      Deno.listenDatagram({ hostname: "127.0.0.1", port: port + 1, transport: "udp" }).close();
      return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    } finally {
      first.close();
    }
  }
}
