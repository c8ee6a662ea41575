import { assertEquals, assertThrows } from "@std/assert";
import { WireError } from "../../lib/bytes/wire_error.ts";
import {
  findJpegExtension,
  parseJpegExtension,
  serializeJpegExtension,
} from "../../lib/rtp_jpeg/jpeg_extension.ts";
import { hex } from "../support/hex.ts";

const SOF0 = hex`ff c0 00 11 08 04 80 08 00 03  01 21 00  02 11 01  03 11 01`;

Deno.test("parseJpegExtension() reads SOF0, DRI and other segments, fill bytes between them", () => {
  const comment = hex`ff fe 00 04 61 62`;
  const { frame, restartInterval, segments } = parseJpegExtension(
    hex`${SOF0} ff ff ff dd 00 04 00 18 ff ${comment} ff ff ff`,
  );
  assertEquals([frame?.width, frame?.height, frame?.components.length], [2048, 1152, 3]);
  assertEquals(restartInterval, 24);
  assertEquals(segments, [comment]);
});

Deno.test("parseJpegExtension() reads an empty one and one of padding alone", () => {
  const empty = { frame: undefined, restartInterval: undefined, segments: [] };
  assertEquals(parseJpegExtension(new Uint8Array()), empty);
  assertEquals(parseJpegExtension(hex`ff ff ff ff`), empty);
});

const BAD: [string, Uint8Array, string][] = [
  ["what is no marker", hex`00 01`, "0x00 is no marker"],
  ["a segment that is cut off", SOF0.subarray(0, 12), "SOF needs"],
  ["a scan", hex`ff da 00 02`, "a scan in the extension is not supported"],
  ["a progressive frame", SOF0.with(1, 0xc2), "a progressive frame"],
  ["DRI without its interval", hex`ff dd 00 02`, "restart interval needs 2 bytes"],
];
for (const [name, data, message] of BAD) {
  Deno.test(`parseJpegExtension() refuses ${name}`, () => {
    assertThrows(() => parseJpegExtension(data), WireError, message);
  });
}

Deno.test("serializeJpegExtension() pads to whole words", () => {
  assertEquals(serializeJpegExtension(hex`ff fe 00 02`), hex`ff d8 00 01 ff fe 00 02`);
  assertEquals(
    serializeJpegExtension(SOF0),
    hex`ff d8 00 05 ${SOF0} ff`,
  );
});

Deno.test("findJpegExtension() finds it alone, on later packets and behind that of a replay", () => {
  const data = hex`ff fe 00 02`;
  assertEquals(findJpegExtension({ profile: 0xffd8, data }), data);
  assertEquals(findJpegExtension({ profile: 0xffff, data }), data);
  const time = hex`e8 00 00 00 00 00 00 00 80 01 00 00`;
  assertEquals(
    findJpegExtension({ profile: 0xabac, data: hex`${time} ff d8 00 01 ${data}` }),
    data,
  );
  assertEquals(findJpegExtension({ profile: 0xabac, data: time }), undefined);
  assertEquals(findJpegExtension({ profile: 0xbede, data }), undefined);
  assertEquals(findJpegExtension(undefined), undefined);
});

Deno.test("findJpegExtension() refuses a length that the replay's has no room for", () => {
  const data = hex`e8 00 00 00 00 00 00 00 80 01 00 00 ff d8 00 02 ff fe 00 02`;
  assertThrows(() => findJpegExtension({ profile: 0xabac, data }), WireError, "data needs 8 bytes");
});
