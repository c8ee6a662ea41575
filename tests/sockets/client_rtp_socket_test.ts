import { assert, assertEquals } from "@std/assert";
import type { ArrivedDatagram } from "../../lib/sockets/arrived_datagram.ts";
import {
  ClientRtpSocket,
  RTP_RECEIVE_TIMEOUT_MS,
  type RtpReading,
} from "../../lib/sockets/client_rtp_socket.ts";
import { openRtpPorts } from "../../lib/sockets/open_rtp_ports.ts";
import { ffiCase } from "./ffi_case.ts";
import { GsoSender } from "./gso_sender.ts";

/** What one socket has received. */
class Inbox {
  readonly socket: ClientRtpSocket;
  readonly datagrams: ArrivedDatagram[] = [];
  /** How many came at once, for each time that some did. */
  readonly batches: number[] = [];
  readonly #listening: Promise<void>;
  #wanted = { count: Infinity, resolve: () => {} };
  quiet: () => void = () => {};
  onDatagrams: () => void = () => {};

  constructor(reading: RtpReading, hostname = "127.0.0.1") {
    const socket = Deno.listenDatagram({ transport: "udp", hostname, port: 0 });
    this.socket = new ClientRtpSocket(socket, reading);
    this.#listening = this.socket.listen({
      datagrams: (datagrams) => {
        this.batches.push(datagrams.length);
        this.datagrams.push(...datagrams);
        this.onDatagrams();
        if (this.datagrams.length >= this.#wanted.count) this.#wanted.resolve();
      },
      quiet: () => this.quiet(),
    });
  }

  get bytes(): number[][] {
    return this.datagrams.map(({ bytes }) => [...bytes]);
  }

  /** Resolves when so many datagrams have come. */
  async whenCome(count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wanted = { count, resolve };
    if (this.datagrams.length < count) await promise;
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.#listening;
  }
}

const NATIVE: RtpReading = { lagMs: 0, byLibrary: false };
const BY_LIBRARY: RtpReading = { lagMs: 0, byLibrary: true };
const LAGGING: RtpReading = { lagMs: 50, byLibrary: true, eagerMs: 1 };

/** Datagrams of these lengths, all different. */
function datagramsOf(lengths: readonly number[]): Uint8Array[] {
  return lengths.map((length, index) => new Uint8Array(length).fill(index + 1));
}

async function takesAll(reading: RtpReading, hostname: string): Promise<void> {
  const inbox = new Inbox(reading, hostname);
  const sender = Deno.listenDatagram({ transport: "udp", hostname, port: 0 });
  const to = { transport: "udp", hostname, port: inbox.socket.port } as const;
  const startMs = performance.now();
  const sent = datagramsOf([2, 0, 1400, 1, 60_000, 1400, 1400, 7]);
  for (const bytes of sent) await sender.send(bytes, to);
  await inbox.whenCome(sent.length);
  const { port } = sender.addr as Deno.NetAddr;
  sender.close();
  assertEquals(inbox.datagrams.map(({ bytes }) => bytes), sent);
  for (const { from, fromPort, arrivedMs } of inbox.datagrams) {
    assertEquals([from, fromPort], [hostname, port]);
    assert(arrivedMs >= startMs - 1 && arrivedMs <= performance.now(), `${arrivedMs} ms`);
  }
  await inbox.close();
}

for (const hostname of ["127.0.0.1", "::1"]) {
  Deno.test(`ClientRtpSocket.listen() gives all that comes from ${hostname}, by Deno's API`, () =>
    takesAll(NATIVE, hostname));
  ffiCase(
    `ClientRtpSocket.listen() gives all that comes from ${hostname}, by the library`,
    () => takesAll(BY_LIBRARY, hostname),
  );
  ffiCase(
    `ClientRtpSocket.listen() gives all that comes from ${hostname}, read now and then`,
    () => takesAll(LAGGING, hostname),
  );
}

Deno.test("ClientRtpSocket tells of half a second of silence, and misses nothing afterwards", async () => {
  const inbox = new Inbox(NATIVE);
  const { promise, resolve } = Promise.withResolvers<void>();
  inbox.quiet = resolve;
  const beforeMs = performance.now();
  await promise;
  assert(performance.now() - beforeMs >= RTP_RECEIVE_TIMEOUT_MS - 5);
  inbox.quiet = () => {};
  const sender = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
  const to = { transport: "udp", hostname: "127.0.0.1", port: inbox.socket.port } as const;
  await sender.send(Uint8Array.of(1), to);
  await inbox.whenCome(1);
  sender.close();
  assertEquals(inbox.bytes, [[1]]);
  await inbox.close();
});

ffiCase("ClientRtpSocket cuts apart what the kernel has joined, however it reads", async () => {
  const runs = [[1400, 1400, 1400, 300], [500, 500], [9], [1400, 1400, 1400, 1400]];
  const sent = runs.map(datagramsOf);
  for (const reading of [NATIVE, BY_LIBRARY, LAGGING]) {
    const inbox = new Inbox(reading);
    const sender = new GsoSender(inbox.socket.port);
    for (const run of [...sent, ...sent]) { // the first are read as they come
      sender.send(run);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await inbox.whenCome(2 * runs.flat().length);
    assertEquals(inbox.datagrams.map(({ bytes }) => bytes), [...sent, ...sent].flat());
    sender.close();
    await inbox.close();
  }
});

ffiCase("ClientRtpSocket.catchUp() gives what was not looked at yet", async () => {
  const inbox = new Inbox({ lagMs: 60_000, byLibrary: true, eagerMs: 1 });
  const sender = new GsoSender(inbox.socket.port);
  const send = async (value: number) => {
    sender.send([Uint8Array.of(value)]);
    await new Promise((resolve) => setTimeout(resolve, 10));
  };
  for (const value of [1, 2]) await send(value); // from here on it looks once a minute
  assertEquals(inbox.bytes, [[1], [2]]);
  for (const value of [3, 4, 5]) await send(value);
  assertEquals(inbox.bytes.length, 2);
  const lookedMs = performance.now();
  inbox.socket.catchUp();
  assertEquals(inbox.bytes, [[1], [2], [3], [4], [5]]);
  assertEquals(inbox.batches.at(-1), 3);
  assert((inbox.datagrams[2]?.arrivedMs ?? Infinity) <= lookedMs - 20);
  sender.close();
  await inbox.close();
});

ffiCase("ClientRtpSocket.catchUp() gives all, however slow who takes it is", async () => {
  const inbox = new Inbox({ lagMs: 60_000, byLibrary: true, eagerMs: 1 });
  const sender = new GsoSender(inbox.socket.port);
  for (const value of [1, 2]) {
    sender.send([Uint8Array.of(value)]);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const runs = [1, 2, 3, 4].map(() => datagramsOf(new Array<number>(60).fill(100)));
  for (const run of runs) sender.send(run);
  inbox.onDatagrams = () => {
    const untilMs = performance.now() + 25; // more than it gives out in one turn
    while (performance.now() < untilMs);
  };
  inbox.socket.catchUp();
  assertEquals(inbox.datagrams.slice(2).map(({ bytes }) => bytes), runs.flat());
  sender.close();
  await inbox.close();
});

ffiCase("ClientRtpSocket knows when datagrams came that it reads late", async () => {
  const inbox = new Inbox({ lagMs: 60_000, byLibrary: true, eagerMs: 1 });
  const sender = new GsoSender(inbox.socket.port);
  const sent: { readonly fromMs: number; readonly toMs: number }[] = [];
  for (let value = 0; value < 12; value++) { // it looks no more after the second
    const fromMs = performance.now();
    sender.send([Uint8Array.of(value)]); // has come when this returns
    sent.push({ fromMs, toMs: performance.now() });
    await new Promise((resolve) => setTimeout(resolve, 5 + value % 3 * 10));
  }
  inbox.socket.catchUp();
  assertEquals(inbox.bytes.length, sent.length);
  assertEquals(inbox.batches.at(-1), 10);
  for (let value = 3; value < sent.length; value++) {
    const [before, after] = [inbox.datagrams[value - 1], inbox.datagrams[value]];
    const gapMs = (after?.arrivedMs ?? 0) - (before?.arrivedMs ?? 0);
    const leastMs = (sent[value]?.fromMs ?? 0) - (sent[value - 1]?.toMs ?? 0);
    const mostMs = (sent[value]?.toMs ?? 0) - (sent[value - 1]?.fromMs ?? 0);
    const isTrue = gapMs >= leastMs - 0.5 && gapMs <= mostMs + 0.5;
    assert(isTrue, `${gapMs} ms between two that were sent ${leastMs} to ${mostMs} ms apart`);
  }
  sender.close();
  await inbox.close();
});

ffiCase("ClientRtpSocket tells no datagram later than the one behind it", async () => {
  const inbox = new Inbox(BY_LIBRARY);
  const sender = new GsoSender(inbox.socket.port);
  for (const value of [1, 2, 3]) sender.send([Uint8Array.of(value)]); // all there before it looks
  await inbox.whenCome(3);
  const arrived = inbox.datagrams.map(({ arrivedMs }) => arrivedMs);
  assertEquals(arrived, [...arrived].sort((a, b) => a - b));
  sender.close();
  await inbox.close();
});

ffiCase(
  "ClientRtpSocket cuts apart what comes while it gives up looking now and then",
  async () => {
    const inbox = new Inbox({ lagMs: 250, byLibrary: true, eagerMs: 1 });
    const sender = new GsoSender(inbox.socket.port);
    for (const value of [1, 2]) {
      sender.send([Uint8Array.of(value)]);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const run = datagramsOf([700, 700, 700]);
    inbox.onDatagrams = () => {
      inbox.onDatagrams = () => {};
      sender.send(run);
    };
    const flood = datagramsOf(new Array<number>(60).fill(1000));
    inbox.socket.catchUp();
    for (let i = 0; i < 3; i++) sender.send(flood);
    inbox.socket.catchUp(); // so much in so short a time that it waits for datagrams again
    await inbox.whenCome(2 + 3 * flood.length + 1); // the run comes as one, or as one batch
    const lengths = inbox.datagrams.slice(2).map(({ bytes }) => bytes.length);
    assertEquals(lengths, [...[flood, flood, flood].flat(), ...run].map((bytes) => bytes.length));
    sender.close();
    await inbox.close();
  },
);

for (const error of [new Deno.errors.ConnectionReset(), new Error("Network is down")]) {
  Deno.test(`ClientRtpSocket goes on after ${error.name}: ${error.message}`, async () => {
    const socket = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
    const receive = socket.receive.bind(socket);
    let calls = 0;
    socket.receive = (buffer) => ++calls === 1 ? Promise.reject(error) : receive(buffer);
    const client = new ClientRtpSocket(socket, NATIVE);
    const { promise: came, resolve } = Promise.withResolvers<readonly ArrivedDatagram[]>();
    const listening = client.listen({ datagrams: resolve });
    await client.send(Uint8Array.of(7), "127.0.0.1", client.port);
    assertEquals((await came).map(({ bytes }) => [...bytes]), [[7]]);
    client.close();
    await listening;
  });
}

ffiCase("ClientRtpSocket asks for room for bursts, also of one of a pair", () => {
  const { rtp, rtcp } = openRtpPorts("127.0.0.1");
  const sockets = [new ClientRtpSocket(rtp, BY_LIBRARY), new ClientRtpSocket(rtcp, NATIVE)];
  for (const socket of sockets) {
    assert((socket.receiveBuffer ?? 0) >= 200_000, `${socket.receiveBuffer}`);
    socket.close();
  }
});

ffiCase(
  "ClientRtpSocket takes what comes out of the kernel while its listener is slow",
  async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const socket = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
    const rtp = new ClientRtpSocket(socket, BY_LIBRARY);
    const sender = new GsoSender(rtp.port);
    const [runs, perRun] = [400, 40]; // 22 MB: five times the room
    const numbers: number[] = [];
    let sent = 0;
    const sendRun = () => {
      if (sent === runs) return;
      const first = sent++ * perRun;
      sender.send(Array.from({ length: perRun }, (_, index) => {
        const bytes = new Uint8Array(1400);
        new DataView(bytes.buffer).setUint32(0, first + index);
        return bytes;
      }));
    };
    const listening = rtp.listen({
      datagrams: (datagrams) => {
        for (const { bytes } of datagrams) {
          numbers.push(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0));
        }
        for (let run = 0; run < 16; run++) sendRun(); // more comes than it takes
        if (numbers.length === runs * perRun) resolve();
      },
    });
    sendRun();
    await promise;
    assertEquals(numbers, Array.from({ length: runs * perRun }, (_, index) => index));
    rtp.close();
    sender.close();
    await listening;
  },
);
