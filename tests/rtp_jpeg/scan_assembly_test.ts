import { assertEquals } from "@std/assert";
import { ScanAssembly } from "../../lib/rtp_jpeg/scan_assembly.ts";
import { hex } from "../support/hex.ts";

const HEADER = hex`aa bb`;

Deno.test("ScanAssembly puts fragments together in any order", () => {
  const scan = new ScanAssembly(0, 100);
  assertEquals(scan.add(4, hex`05 06`), "taken");
  assertEquals([scan.length, scan.end], [0, 6]);
  assertEquals(scan.add(2, hex`03 04`), "taken");
  assertEquals(scan.add(0, hex`01 02`), "taken");
  assertEquals([scan.length, scan.end], [6, 6]);
  assertEquals(scan.file(HEADER), hex`aa bb 01 02 03 04 05 06 ff d9`);
});

Deno.test("ScanAssembly tells repetitions and overlaps", () => {
  const scan = new ScanAssembly(0, 100);
  scan.add(0, hex`01 02 03 04`);
  assertEquals(scan.add(0, hex`01 02`), "duplicate");
  assertEquals(scan.add(2, hex`03 04`), "duplicate");
  assertEquals(scan.add(3, hex`04 05`), "overlap");
  assertEquals(scan.add(8, hex`09`), "taken");
  assertEquals(scan.add(8, hex`09`), "duplicate");
  assertEquals(scan.file(HEADER), hex`aa bb 01 02 03 04 ff d9`);
});

Deno.test("ScanAssembly holds to its limit, also for what is ahead", () => {
  const scan = new ScanAssembly(1_000_000, 8);
  assertEquals(scan.add(0, new Uint8Array(9)), "too large");
  assertEquals(scan.add(0xffffff, hex`01`), "too large");
  assertEquals(scan.add(1, new Uint8Array(5)), "taken");
  assertEquals(scan.add(2, new Uint8Array(5)), "too large", "10 bytes would wait");
  assertEquals(scan.add(0, hex`01`), "taken");
  assertEquals(scan.add(6, hex`01 02`), "taken");
  assertEquals(scan.length, 8);
});

const ENDS: [string, Uint8Array, Uint8Array][] = [
  ["absent", hex`01 02`, hex`01 02 ff d9`],
  ["present", hex`01 02 ff d9`, hex`01 02 ff d9`],
  ["half present", hex`01 02 ff`, hex`01 02 ff d9`],
  ["present twice", hex`01 02 ff d9 ff d9`, hex`01 02 ff d9`],
  ["present with zeros behind", hex`01 02 ff d9 00 00`, hex`01 02 ff d9`],
  ["present after fill bytes", hex`01 02 ff ff d9`, hex`01 02 ff d9`],
  ["absent after a stuffed byte", hex`01 ff 00`, hex`01 ff 00 ff d9`],
  ["absent after zeros", hex`01 00 00`, hex`01 00 00 ff d9`],
  ["all there is", hex`ff d9`, hex`ff d9`],
];
for (const [name, data, file] of ENDS) {
  Deno.test(`ScanAssembly ends the file in one EOI where the sender's is ${name}`, () => {
    const scan = new ScanAssembly(0, 100);
    scan.add(0, data);
    assertEquals(scan.file(new Uint8Array()), file);
  });
}

Deno.test("ScanAssembly makes files with headers longer than the room it left", () => {
  const header = new Uint8Array(5000).fill(7);
  const scan = new ScanAssembly(0, 100);
  scan.add(0, hex`01`);
  assertEquals(scan.file(header), hex`${header} 01 ff d9`);
});

Deno.test("ScanAssembly grows and keeps what it has", () => {
  const scan = new ScanAssembly(10, 1_000_000);
  const all = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
  for (let at = 0; at < all.length; at += 1400) scan.add(at, all.subarray(at, at + 1400));
  assertEquals(scan.file(HEADER).subarray(2, -2), all);
});
