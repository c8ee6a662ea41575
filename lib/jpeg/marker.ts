import type { ByteReader } from "../bytes/byte_reader.ts";

/** The markers of T.81 Table B.1 that the room tells apart: the second byte, behind 0xFF. */
export const MARKER = {
  sof0: 0xc0,
  sof1: 0xc1,
  sof2: 0xc2,
  dht: 0xc4,
  jpg: 0xc8,
  dac: 0xcc,
  sof15: 0xcf,
  rst0: 0xd0,
  rst7: 0xd7,
  soi: 0xd8,
  eoi: 0xd9,
  sos: 0xda,
  dqt: 0xdb,
  dnl: 0xdc,
  dri: 0xdd,
  dhp: 0xde,
  exp: 0xdf,
  app0: 0xe0,
  app14: 0xee,
  tem: 0x01,
} as const;

/** Whether a marker stands alone, with no length behind it (T.81 §B.1.1.3). */
export function standsAlone(marker: number): boolean {
  return marker >= MARKER.rst0 && marker <= MARKER.eoi || marker === MARKER.tem;
}

/** Whether a marker starts a frame header of any process, also of those that we refuse. */
export function startsFrame(marker: number): boolean {
  return marker >= MARKER.sof0 && marker <= MARKER.sof15 && marker !== MARKER.dht &&
    marker !== MARKER.jpg && marker !== MARKER.dac;
}

/**
 * Reads the next marker with the fill bytes before it (T.81 §B.1.1.2).
 *
 * @throws WireError where something else than a marker stands.
 */
export function readMarker(reader: ByteReader): number {
  const start = reader.offset;
  const lead = reader.u8("marker");
  if (lead !== 0xff) reader.fail(`${hexByte(lead)} is no marker, 0xFF is wanted`, start);
  let code = reader.u8("marker code");
  while (code === 0xff) code = reader.u8("marker code");
  if (code === 0) reader.fail("a stuffed byte stands where a marker is wanted", start);
  return code;
}

/**
 * Reads a segment's length field.
 *
 * @param name Which segment, for messages.
 * @returns Where the segment ends: at least the reader's place, at most the end of the bytes.
 * @throws WireError when the length is under 2 or reaches over the end.
 */
export function readSegmentEnd(reader: ByteReader, name: string): number {
  const start = reader.offset;
  const length = reader.u16(`${name} length`);
  if (length < 2) reader.fail(`${name} has the length ${length}, at least 2 is wanted`, start);
  if (length - 2 > reader.left) reader.bytes(name, length - 2); // throws
  return start + length;
}

/** Checks that a segment was read exactly to its end. */
export function endSegment(reader: ByteReader, name: string, end: number): void {
  if (reader.offset === end) return;
  const found = reader.offset - end;
  const bytes = Math.abs(found) === 1 ? "1 byte" : `${Math.abs(found)} bytes`;
  reader.fail(
    found > 0
      ? `${name} says ${bytes} less than its fields need`
      : `${name} has ${bytes} behind its last field`,
    end,
  );
}

function hexByte(byte: number): string {
  return `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
