import { assertEquals, assertRejects } from "@std/assert";
import type { ClientConnection } from "../../lib/sockets/client_connection.ts";
import { SYSTEM_TRUST } from "../../lib/sockets/connect_client.ts";
import { RtspLink } from "../../lib/sockets/rtsp_link.ts";
import { bytesOf, textOf } from "../support/text.ts";

const HOST = "127.0.0.1";

/** A link, what it told, and a server that it can be connected to. */
class Bench implements Disposable {
  readonly listener = Deno.listen({ hostname: HOST, port: 0 });
  readonly told: string[] = [];
  readonly connections: ClientConnection[] = [];
  received: (bytes: Uint8Array) => void = (bytes) => this.told.push(textOf(bytes));
  readonly link: RtspLink = new RtspLink(SYSTEM_TRUST, {
    connected: (connection) => {
      this.told.push("connected");
      this.connections.push(connection);
    },
    received: (bytes) => this.received(bytes),
    lost: (reason) => this.told.push(`lost: ${reason}`),
    ends: () => this.told.push(`ends ${this.link.connection !== undefined}`),
  });

  connect(): Promise<void> {
    return this.link.connect(HOST, this.listener.addr.port, false);
  }

  [Symbol.dispose](): void {
    this.listener.close();
  }
}

Deno.test("RtspLink tells what comes and that the server has closed, and connects again", async () => {
  using bench = new Bench();
  for (const text of ["one", "two"]) {
    bench.told.length = 0;
    const [server, done] = [bench.listener.accept(), bench.connect()];
    const connection = await server;
    await connection.write(bytesOf(text));
    connection.close();
    await done;
    assertEquals(bench.told, [
      "connected",
      text,
      "ends true",
      "lost: the server closed the connection",
    ]);
    assertEquals(bench.link.connection, undefined);
  }
});

Deno.test("RtspLink.close() writes what waits, and tells of no loss", async () => {
  using bench = new Bench();
  const [server, done] = [bench.listener.accept(), bench.connect()];
  const connection = await server;
  while (bench.link.connection === undefined) await new Promise((resolve) => setTimeout(resolve));
  bench.link.write(bytesOf("last words"));
  await bench.link.close();
  await done;
  assertEquals(await new Response(connection.readable).text(), "last words");
  assertEquals(bench.told, ["connected", "ends true"]);
});

Deno.test("RtspLink.close() gives up the attempt at a connection", async () => {
  using bench = new Bench();
  const [server, done] = [bench.listener.accept(), bench.connect()];
  await bench.link.close();
  await done;
  (await server).close();
  assertEquals(bench.told, []);
});

Deno.test("RtspLink.lose() ends the connection that is open, and none before it", async () => {
  using bench = new Bench();
  for (const reason of ["first", "second"]) {
    bench.told.length = 0;
    const [server, done] = [bench.listener.accept(), bench.connect()];
    const connection = await server;
    while (bench.link.connection === undefined) await new Promise((resolve) => setTimeout(resolve));
    const [before] = bench.connections;
    if (before !== bench.link.connection && before !== undefined) bench.link.lose(before, "stale");
    bench.link.lose(bench.link.connection, reason);
    await done;
    connection.close();
    assertEquals(bench.told, ["connected", "ends true", `lost: ${reason}`]);
  }
});

Deno.test("RtspLink lets a defect in who takes the bytes surface: it is no lost connection", async () => {
  using bench = new Bench();
  bench.received = () => {
    throw new TypeError("a defect");
  };
  const [server, done] = [bench.listener.accept(), bench.connect()];
  const connection = await server;
  const rejected = assertRejects(() => done, TypeError, "a defect");
  await connection.write(bytesOf("anything"));
  await rejected;
  await bench.link.close();
  connection.close();
  assertEquals(bench.told, ["connected", "ends true"]);
});
