import { assertEquals } from "@std/assert";
import { type Impairment, parseImpairment } from "../../lib/net_impair/impairment.ts";
import { NetworkImpairment } from "../../lib/net_impair/network_impairment.ts";
import { ControlSender } from "../../lib/sockets/control_sender.ts";
import { DatagramBox } from "./datagram_box.ts";

const REPORTS = Array.from({ length: 50 }, (_, i) => Uint8Array.of(0x80, 200, 0, i));

/** Sends all reports and gives those that came. */
async function travel(wanted: number, impair?: Impairment): Promise<Uint8Array[]> {
  const box = new DatagramBox("127.0.0.1");
  const socket = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
  const sender = new ControlSender({
    ...{ socket, impair },
    failed: (reason) => {
      throw new Error(reason);
    },
  });
  const route = { kind: "udp", address: "127.0.0.1", port: 1, controlPort: box.port } as const;
  for (const report of REPORTS) sender.send(route, report);
  sender.send({ kind: "udp", address: "127.0.0.1", port: box.port }, Uint8Array.of(1)); // the lab
  const came = await box.take(wanted);
  await sender.close();
  socket.close();
  assertEquals(box.waiting, 0);
  await box.close();
  return came;
}

Deno.test("ControlSender sends reports as they are, and none where nobody wants them", async () => {
  assertEquals(await travel(REPORTS.length), REPORTS);
});

Deno.test("ControlSender loses the reports that a bad network loses, by a seed of their own", async () => {
  const impair = parseImpairment("loss=30%,seed=7");
  const network = new NetworkImpairment({ ...impair, seed: 7 + 2 ** 31 });
  const passed = REPORTS.flatMap((report) => network.push(report, 0)).map(({ datagram }) =>
    datagram
  );
  assertEquals(await travel(passed.length, impair), passed);
});
