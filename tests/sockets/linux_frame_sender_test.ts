import { assertEquals } from "@std/assert";
import type { FrameOutput, FrameSender } from "../../lib/sockets/frame_output.ts";
import { LinuxFrameSender } from "../../lib/sockets/linux_frame_sender.ts";
import { LINUX } from "../../lib/sockets/linux_numbers.ts";
import { FakeLibc, type FakeMessage, type FakeVerdict } from "./fake_libc.ts";
import { lengthsOf, sampleFrame, sampleOutput } from "./sample_outputs.ts";

const NINE = sampleFrame(lengthsOf(9, 1388, 200));
const LARGE = sampleFrame(lengthsOf(200, 1388, 200));
const SEGMENTED: FakeMessage = { packets: 9, segmented: true };

/** A sender on a fake kernel, what it reported, and what it handed on. */
function rig(verdict: FakeVerdict, packing: "gso" | "mmsg" = "gso") {
  const libc = new FakeLibc(verdict);
  const failures: [string, string][] = [];
  const notes: string[] = [];
  const elsewhere: FrameOutput[] = [];
  const fallback: FrameSender = {
    name: "fallback",
    send: (output) => elsewhere.push(output),
    droppedFrames: 0,
    close: () => {},
  };
  const sender = new LinuxFrameSender({
    libc,
    socket: { descriptor: 3, family: LINUX.AF_INET },
    packing,
    fallback,
    events: {
      failed: (session, reason) => failures.push([session, reason]),
      note: (message) => notes.push(message),
      nowMs: () => performance.now(),
    },
  });
  return { libc, sender, failures, notes, elsewhere };
}

const turn = () => Promise.resolve();

Deno.test("LinuxFrameSender.send() makes one call of all that a turn of the event loop sends", async () => {
  const { libc, sender } = rig(() => "sent");
  for (let port = 1; port <= 50; port++) sender.send(sampleOutput(NINE, port));
  assertEquals(libc.calls, 0);
  await turn();
  assertEquals(libc.calls, 1);
  assertEquals(libc.sent, Array.from({ length: 50 }, () => SEGMENTED));
  sender.close();
});

Deno.test("LinuxFrameSender.send() sends a full batch at once", () => {
  const { libc, sender } = rig(() => "sent");
  for (let port = 1; port <= 114; port++) sender.send(sampleOutput(NINE, port));
  assertEquals([libc.calls, libc.sent.length], [1, 113]); // 1,024 packets
  sender.close();
  assertEquals([libc.calls, libc.sent.length], [2, 114]);
});

for (const errno of [LINUX.EAGAIN, LINUX.ENOBUFS, LINUX.ENOMEM]) {
  Deno.test(`LinuxFrameSender loses one whole frame at errno ${errno}, and counts it`, async () => {
    let asked = 0;
    const isFull = () => ++asked === 10 || asked === 11; // once in the batch, once by itself
    const { libc, sender, failures } = rig(() => isFull() ? errno : "sent", "mmsg");
    sender.send(sampleOutput(NINE, 1, { session: "a" }));
    sender.send(sampleOutput(NINE, 2, { session: "b" }));
    sender.send(sampleOutput(NINE, 3, { session: "c" }));
    await turn();
    assertEquals([libc.sent.length, sender.droppedFrames, failures], [18, 1, []]);
    sender.close();
  });
}

Deno.test("LinuxFrameSender drops the rest of a frame whose first packets were refused", async () => {
  const { libc, sender } = rig(() => LINUX.EAGAIN);
  sender.send(sampleOutput(LARGE, 1));
  await turn();
  assertEquals([libc.calls, sender.droppedFrames], [1, 1]);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assertEquals([libc.calls, sender.droppedFrames], [1, 1]);
  sender.close();
});

Deno.test("LinuxFrameSender tells the host which session's way is closed, once, and serves the others", async () => {
  const { libc, sender, failures } = rig(({ packets }) => packets === 9 ? 101 : "sent");
  sender.send(sampleOutput(NINE, 1, { session: "bad" }));
  sender.send(sampleOutput(sampleFrame([5, 5]), 2, { session: "good" }));
  await turn();
  assertEquals(failures, [["bad", "error 101 (os error 101)"]]);
  assertEquals(libc.sent, [{ packets: 2, segmented: true }]);
  assertEquals(sender.droppedFrames, 0);
  sender.close();
});

for (const errno of [LINUX.EINVAL, LINUX.EIO, LINUX.EMSGSIZE]) {
  Deno.test(`LinuxFrameSender sends packets one by one where cutting fails with errno ${errno}`, async () => {
    const { libc, sender, notes, failures } = rig(({ segmented }) => segmented ? errno : "sent");
    const route = { kind: "udp", address: "10.0.0.1", port: 9 } as const;
    sender.send(sampleOutput(NINE, 9, { route }));
    await turn();
    const single = { packets: 1, segmented: false };
    assertEquals(libc.sent, Array.from({ length: 9 }, () => single));
    const { calls } = libc;
    sender.send(sampleOutput(NINE, 9, { route }));
    await turn();
    assertEquals([libc.calls - calls, libc.sent.length], [1, 18]); // remembered
    assertEquals(notes, [
      `Packets to 10.0.0.1 go one by one: the kernel does not cut them (error ${errno})`,
    ]);
    assertEquals([failures, sender.droppedFrames], [[], 0]);
    sender.close();
  });
}

Deno.test("LinuxFrameSender tries again when a signal came in between", async () => {
  let calls = 0;
  const { libc, sender } = rig(() => ++calls === 1 ? LINUX.EINTR : "sent");
  sender.send(sampleOutput(NINE, 1));
  await turn();
  assertEquals([libc.sent, sender.droppedFrames], [[SEGMENTED], 0]);
  sender.close();
});

Deno.test("LinuxFrameSender hands addresses that are no plain literal on", () => {
  const { libc, sender, elsewhere } = rig(() => "sent");
  const route = { kind: "udp", address: "fe80::1%eth0", port: 9 } as const;
  const output = sampleOutput(NINE, 9, { route });
  sender.send(output);
  sender.close();
  assertEquals([elsewhere, libc.calls], [[output], 0]);
});

Deno.test("LinuxFrameSender sends at most 64 packets to a listener at once, and the rest soon after", async () => {
  for (const packing of ["gso", "mmsg"] as const) {
    const { libc, sender } = rig(() => "sent", packing);
    sender.send(sampleOutput(LARGE, 1));
    const total = () => libc.sent.reduce((sum, { packets }) => sum + packets, 0);
    await turn();
    assertEquals(total(), packing === "gso" ? 46 : 64); // 46 packets are 64,400 bytes
    while (total() < 200) await new Promise((resolve) => setTimeout(resolve, 1));
    assertEquals(total(), 200);
    sender.close();
  }
});

Deno.test("LinuxFrameSender sends the rest of a frame before the next one of its session", async () => {
  const { libc, sender } = rig(() => "sent");
  sender.send(sampleOutput(LARGE, 1));
  sender.send(sampleOutput(NINE, 1));
  await turn();
  assertEquals(libc.sent.map(({ packets }) => packets), [46, 46, 46, 46, 16, 9]);
  sender.close();
});

Deno.test("LinuxFrameSender sends nothing any more once it is closed", async () => {
  const { libc, sender } = rig(() => "sent");
  sender.send(sampleOutput(LARGE, 1));
  sender.close();
  sender.send(sampleOutput(NINE, 1));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assertEquals(libc.sent.map(({ packets }) => packets), [46]);
});
