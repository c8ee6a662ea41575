import { assert, assertEquals, assertRejects } from "@std/assert";
import type { ReadingPatience } from "../../lib/sockets/client_rtp_socket.ts";
import { ClientUdp } from "../../lib/sockets/client_udp.ts";
import { openRtpPorts } from "../../lib/sockets/open_rtp_ports.ts";
import { ffiCase } from "./ffi_case.ts";

const HOST = "127.0.0.1";
const GROUP = "239.255.77.78";

/** A client's sockets, what came to them, and a socket to send from. */
class Bench implements AsyncDisposable {
  readonly udp: ClientUdp;
  readonly received: string[] = [];
  readonly sender = Deno.listenDatagram({ transport: "udp", hostname: HOST, port: 0 });
  #arrived = Promise.withResolvers<void>();

  constructor(port = 0, patience?: ReadingPatience) {
    this.udp = new ClientUdp(port, {
      datagrams: (channel, datagrams) => {
        for (const { bytes } of datagrams) {
          this.received.push(`${channel} ${new TextDecoder().decode(bytes)}`);
        }
        this.#arrived.resolve();
      },
      quiet: () => {},
    }, patience);
  }

  async send(text: string, port: number, hostname = HOST): Promise<void> {
    const bytes = new TextEncoder().encode(text);
    await this.sender.send(bytes, { transport: "udp", hostname, port });
  }

  /** Waits for one datagram more. */
  async arrival(): Promise<void> {
    await this.#arrived.promise;
    this.#arrived = Promise.withResolvers();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.sender.close();
    await this.udp.close();
  }
}

Deno.test("ClientUdp.release() gives up the ports, and open() opens others", async () => {
  await using bench = new Bench();
  assertEquals(bench.udp.open("IPv4", "pair"), undefined);
  const first = bench.udp.rtpPort;
  await bench.send("one", first);
  await bench.arrival();
  bench.udp.release();
  await bench.send("old session", first);
  assertEquals(bench.udp.open("IPv4", "pair"), undefined);
  const second = bench.udp.rtpPort;
  assert(second !== first && second > 0, `${first}, ${second}`);
  await bench.send("old session", first);
  await bench.send("two", second);
  await bench.arrival();
  assertEquals(bench.received, ["rtp one", "rtp two"]);
});

Deno.test("ClientUdp.release() of a port that was given lets open() have it again", async () => {
  const { rtp, rtcp } = openRtpPorts(HOST);
  const { port } = rtp.addr as Deno.NetAddr;
  rtp.close();
  rtcp.close();
  await using bench = new Bench(port);
  assertEquals(bench.udp.open("IPv4", "pair"), undefined);
  bench.udp.release();
  await new Promise((resolve) => setTimeout(resolve, 0));
  assertEquals(bench.udp.open("IPv4", "pair"), undefined);
  await bench.send("again", port);
  await bench.arrival();
  assertEquals([bench.udp.rtpPort, bench.received], [port, ["rtp again"]]);
});

ffiCase("ClientUdp gives RTP that it has not looked at before RTCP that came later", async () => {
  await using bench = new Bench(0, { lagMs: 60_000, eagerMs: 1 });
  assertEquals(bench.udp.open("IPv4", "pair"), undefined);
  const [rtp, rtcp] = [bench.udp.portOf("rtp"), bench.udp.portOf("rtcp")];
  for (const text of ["one", "two"]) {
    await bench.send(text, rtp);
    await bench.arrival();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  for (const text of ["three", "four"]) await bench.send(text, rtp);
  await bench.send("report", rtcp);
  await bench.arrival();
  assertEquals(bench.received.slice(2), ["rtp three", "rtp four", "rtcp report"]);
});

Deno.test("ClientUdp.leave() leaves the group and its ports", async () => {
  await using bench = new Bench();
  assertEquals(bench.udp.open("IPv4", "pair"), undefined);
  const own = bench.udp.rtpPort;
  const ports = freePair();
  await bench.udp.join(GROUP, ports, HOST);
  assertEquals([bench.udp.portOf("rtp"), bench.udp.portOf("rtcp")], ports);
  await bench.send("to the port", ports[0]);
  await bench.arrival();
  bench.udp.leave();
  assertEquals(bench.udp.portOf("rtp"), own);
  await new Promise((resolve) => setTimeout(resolve, 0));
  for (const port of ports) { // taken by nobody any more, so that one can have it alone
    Deno.listenDatagram({ transport: "udp", hostname: "0.0.0.0", port }).close();
  }
  await bench.send("own", own);
  await bench.arrival();
  assertEquals(bench.received, ["rtp to the port", "rtp own"]);
});

Deno.test("ClientUdp.join() keeps neither port where one of them is taken", async () => {
  await using bench = new Bench();
  assertEquals(bench.udp.open("IPv4", "pair"), undefined);
  const own = bench.udp.rtpPort;
  const ports = freePair();
  const taken = Deno.listenDatagram({ transport: "udp", hostname: "0.0.0.0", port: ports[1] });
  await assertRejects(() => bench.udp.join(GROUP, ports, HOST), Deno.errors.AddrInUse);
  assertEquals(bench.udp.portOf("rtp"), own);
  await new Promise((resolve) => setTimeout(resolve, 0));
  Deno.listenDatagram({ transport: "udp", hostname: "0.0.0.0", port: ports[0] }).close();
  taken.close();
});

function freePair(): [number, number] {
  const { rtp, rtcp } = openRtpPorts("0.0.0.0");
  const { port } = rtp.addr as Deno.NetAddr;
  rtp.close();
  rtcp.close();
  return [port, port + 1];
}
