import { assert, assertEquals } from "@std/assert";
import {
  type Impairment,
  NO_IMPAIRMENT,
  parseImpairment,
} from "../../lib/net_impair/impairment.ts";
import { NetworkImpairment } from "../../lib/net_impair/network_impairment.ts";
import type { FrameOutput, FrameSender } from "../../lib/sockets/frame_output.ts";
import { ImpairedFrameSender } from "../../lib/sockets/impaired_frame_sender.ts";
import { NativeFrameSender } from "../../lib/sockets/native_frame_sender.ts";
import { DatagramBox } from "./datagram_box.ts";
import { datagramsOf, lengthsOf, sampleFrame, sampleOutput } from "./sample_outputs.ts";

/** Keeps the datagrams that it is to send, by port. */
class KeptSender implements FrameSender {
  readonly name = "kept";
  readonly droppedFrames = 0;
  readonly datagrams: [port: number, bytes: Uint8Array][] = [];
  isClosed = false;

  send(output: FrameOutput): void {
    for (const bytes of datagramsOf(output)) this.datagrams.push([output.route.port, bytes]);
  }

  close(): void {
    this.isClosed = true;
  }

  /** Those to a port. */
  to(port: number): Uint8Array[] {
    return this.datagrams.filter(([to]) => to === port).map(([, bytes]) => bytes);
  }
}

const FRAMES = [
  sampleFrame([300]),
  sampleFrame(lengthsOf(65, 1388, 3)),
  sampleFrame([80, 80, 40], { firstHasExtension: true }),
  sampleFrame([12_000], { markLast: false }),
  sampleFrame([20_468, 20_467, 300], { sequenceStep: "shared" }),
];

const ROUTES = [1, 2].map((port) => ({ kind: "udp", address: "127.0.0.1", port }) as const);

/** A frame in many packets to each of two listeners, through a bad network. */
function sendToTwo(impairment: Impairment): KeptSender {
  const kept = new KeptSender();
  const sender = new ImpairedFrameSender(impairment, kept);
  for (const route of ROUTES) {
    sender.send(sampleOutput(sampleFrame(lengthsOf(200, 100)), route.port, { route }));
  }
  sender.close();
  return kept;
}

Deno.test("ImpairedFrameSender changes no byte where nothing is impaired", () => {
  const kept = new KeptSender();
  const sender = new ImpairedFrameSender(NO_IMPAIRMENT, kept);
  const outputs = FRAMES.map((frame) => sampleOutput(frame, 1));
  for (const output of outputs) sender.send(output);
  assertEquals(kept.to(1), outputs.flatMap(datagramsOf));
  sender.close();
  assert(kept.isClosed);
});

Deno.test("ImpairedFrameSender puts the same bytes on the wire where nothing is impaired", async () => {
  const box = new DatagramBox("127.0.0.1");
  const socket = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
  const native = new NativeFrameSender(socket, {
    failed: (session, reason) => {
      throw new Error(`Session ${session} failed: ${reason}`);
    },
    nowMs: () => performance.now(),
  });
  const sender = new ImpairedFrameSender(NO_IMPAIRMENT, native);
  const outputs = FRAMES.map((frame) => sampleOutput(frame, box.port));
  for (const output of outputs) sender.send(output);
  const expected = outputs.flatMap(datagramsOf);
  assertEquals(await box.take(expected.length), expected);
  sender.close();
  socket.close();
  await box.close();
});

Deno.test("ImpairedFrameSender gives the nth listener the losses of the nth seed", () => {
  const impairment = parseImpairment("loss=10%,seed=7");
  const kept = sendToTwo(impairment);
  const sent = datagramsOf(sampleOutput(sampleFrame(lengthsOf(200, 100)), 1));
  for (const [i, { port }] of ROUTES.entries()) {
    const network = new NetworkImpairment({ ...impairment, seed: 7 + i });
    const passed = sent.flatMap((datagram) => network.push(datagram, 0));
    assert(passed.length < 200);
    assertEquals(kept.to(port), passed.map(({ datagram }) => datagram));
  }
  assert(kept.to(1).length > 0 && kept.to(1).join() !== kept.to(2).join());
});

Deno.test("ImpairedFrameSender does the same in a second run", () => {
  const impairment = parseImpairment("loss=10%,duplicate=10%,seed=3");
  assertEquals(sendToTwo(impairment).datagrams, sendToTwo(impairment).datagrams);
});

Deno.test("ImpairedFrameSender sends late what is to be late, to each listener in its order", async () => {
  const all = Promise.withResolvers<void>();
  const came: number[] = [];
  const startMs = performance.now();
  const sender = new ImpairedFrameSender(parseImpairment("delay=30ms"), {
    ...{ name: "counted", droppedFrames: 0, close: () => {} },
    send: ({ route, header }) => {
      assert(performance.now() - startMs >= 29);
      came.push(1000 * route.port + header.sequence);
      if (came.length === 6) all.resolve();
    },
  });
  const header = { payloadType: 26, sequence: 0, timestamp: 0, ssrc: 1 };
  for (const route of ROUTES) {
    sender.send(sampleOutput(sampleFrame([5, 5, 5]), route.port, { route, header }));
  }
  await all.promise;
  assertEquals(came.filter((number) => number < 2000), [1000, 1001, 1002]);
  assertEquals(came.filter((number) => number >= 2000), [2000, 2001, 2002]);
  sender.close();
});

Deno.test("ImpairedFrameSender sends nothing after close()", async () => {
  const kept = new KeptSender();
  const sender = new ImpairedFrameSender(parseImpairment("delay=5ms"), kept);
  sender.send(sampleOutput(sampleFrame([5]), 1));
  sender.close();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assertEquals(kept.datagrams, []);
});
