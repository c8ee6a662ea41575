import { assert, assertEquals } from "@std/assert";
import { MAX_LAB_PAYLOAD } from "../../lib/rtp_lab/cut_lab_frame.ts";
import type { FrameSender } from "../../lib/sockets/frame_output.ts";
import { openLinuxLibc } from "../../lib/sockets/linux_libc.ts";
import { openFrameSender } from "../../lib/sockets/open_frame_sender.ts";
import { DatagramBox } from "./datagram_box.ts";
import { ffiCase } from "./ffi_case.ts";
import { datagramsOf, lengthsOf, sampleFrame, sampleOutput } from "./sample_outputs.ts";

const FRAMES = [
  { name: "of 1 packet", frame: sampleFrame([300]) },
  { name: "of 1 byte", frame: sampleFrame([1]) },
  { name: "of 2 equal packets", frame: sampleFrame([1388, 1388]) },
  { name: "of 9 packets, the last short", frame: sampleFrame(lengthsOf(9, 1388, 17)) },
  { name: "of 46 packets: 64,400 bytes", frame: sampleFrame(lengthsOf(46, 1388)) },
  { name: "of exactly 64 packets", frame: sampleFrame(lengthsOf(64, 500)) },
  { name: "of 65 packets", frame: sampleFrame(lengthsOf(65, 500)) },
  { name: "of 65 packets, the last short", frame: sampleFrame(lengthsOf(65, 1388, 3)) },
  { name: "of 200 packets", frame: sampleFrame(lengthsOf(200, 1388, 700)) },
  { name: "with an extension", frame: sampleFrame([80, 80, 40], { firstHasExtension: true }) },
  { name: "of the lab, as large as can be", frame: sampleFrame([MAX_LAB_PAYLOAD]) },
  {
    name: "of the lab without a marker",
    frame: sampleFrame([12_000], { markLast: false }),
  },
  {
    name: "of the lab in unequal pieces",
    frame: sampleFrame([20_468, 20_468, 20_467, 20_468, 20_466, 300], { sequenceStep: "shared" }),
  },
];

/** Without FFI the listeners have the default buffer of 92 packets. */
const SMALL_BUFFER = openLinuxLibc().kind === "none";

function unexpected(session: string, reason: string): void {
  throw new Error(`Session ${session} failed: ${reason}`);
}

async function withSender(
  choice: "gso" | "mmsg" | "native",
  hostname: string,
  run: (sender: FrameSender) => Promise<void>,
): Promise<void> {
  const socket = Deno.listenDatagram({ transport: "udp", hostname, port: 0 });
  const sender = openFrameSender(socket, choice, {
    failed: unexpected,
    nowMs: () => performance.now(),
  });
  assertEquals(sender.name, choice);
  await run(sender);
  assertEquals(sender.droppedFrames, 0);
  sender.close();
  socket.close();
}

/** The same datagrams in the same order; what differs is named without printing all of them. */
function assertSame(found: readonly Uint8Array[], wanted: readonly Uint8Array[], name: string) {
  assertEquals(found.length, wanted.length, `${name}: how many came`);
  const differing = wanted.findIndex((bytes, i) =>
    bytes.length !== found[i]?.length || bytes.some((byte, at) => byte !== found[i]?.[at])
  );
  assertEquals(differing, -1, `${name}: the first datagram that differs`);
}

for (const choice of ["gso", "mmsg", "native"] as const) {
  const test = choice === "native" ? Deno.test : ffiCase;
  for (
    const [local, address] of [["127.0.0.1", "127.0.0.1"], ["::1", "::1"], ["::", "127.0.0.1"]]
  ) {
    if (local === undefined || address === undefined) throw new TypeError();
    test(`The ${choice} sender puts the right bytes on the wire from ${local} to ${address}`, async () => {
      const box = new DatagramBox(address);
      await withSender(choice, local, async (sender) => {
        for (const { name, frame } of FRAMES) {
          if (SMALL_BUFFER && frame.payloads.length > 46) continue;
          const route = { kind: "udp", address, port: box.port } as const;
          const output = sampleOutput(frame, box.port, { route });
          sender.send(output);
          const expected = datagramsOf(output);
          assertSame(await box.take(expected.length), expected, name);
        }
      });
      assertEquals(box.waiting, 0);
      await box.close();
    });
  }

  test(`The ${choice} sender keeps a session's frames in order`, async () => {
    const box = new DatagramBox("127.0.0.1");
    await withSender(choice, "127.0.0.1", async (sender) => {
      const counts = SMALL_BUFFER ? [20, 1, 13, 6, 3] : [200, 1, 130, 64, 65, 3];
      const frames = counts.map((count) => sampleFrame(lengthsOf(count, 900, 20)));
      const outputs = frames.map((frame, index) => {
        const header = { payloadType: 96, sequence: 1000 * index, timestamp: index, ssrc: 5 };
        return sampleOutput(frame, box.port, { header });
      });
      for (const output of outputs) sender.send(output);
      const expected = outputs.flatMap(datagramsOf);
      assertSame(await box.take(expected.length), expected, "in order");
    });
    await box.close();
  });

  test(`The ${choice} sender mixes no listeners' bytes up under load`, async () => {
    const boxes = Array.from({ length: 5 }, () => new DatagramBox("127.0.0.1"));
    const frames = Array.from(
      { length: SMALL_BUFFER ? 4 : 20 },
      (_, index) => sampleFrame(lengthsOf(9, 1000, 100 + index)),
    );
    await withSender(choice, "127.0.0.1", async (sender) => {
      const rounds = choice === "native" ? 8 : 30;
      for (let round = 0; round < rounds; round++) {
        await Promise.all(boxes.map((box, listener) => {
          const outputs = frames.map((frame, index) =>
            sampleOutput(frame, box.port, {
              session: `s${listener}`,
              header: {
                payloadType: 26,
                sequence: 9 * (20 * round + index) + listener,
                timestamp: 3600 * (20 * round + index),
                ssrc: listener,
              },
            })
          );
          for (const output of outputs) sender.send(output);
          return expectAll(box, outputs.flatMap(datagramsOf));
        }));
      }
    });
    await Promise.all(boxes.map((box) => box.close()));
  });
}

/** Compares without the cost of a report for each datagram that is right. */
async function expectAll(box: DatagramBox, expected: readonly Uint8Array[]): Promise<void> {
  const found = await box.take(expected.length);
  assertEquals(found.length, expected.length);
  found.forEach((datagram, index) => {
    const wanted = expected[index];
    const same = datagram.length === wanted?.length &&
      datagram.every((byte, at) => byte === wanted[at]);
    if (!same) assertEquals(datagram, wanted, `datagram ${index}`);
    assert(same);
  });
}
