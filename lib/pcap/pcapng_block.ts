const BLOCK_FRAME_LENGTH = 12;
const END_OF_OPTIONS = 0;

/** One option of a block: its code and its value. */
export type PcapngOption = readonly [code: number, value: Uint8Array];

/**
 * A pcapng block (draft-ietf-opsawg-pcapng §3.1), lowest byte first: type, length, body, options,
 * length again. Body and options are filled up to 32 bits each.
 */
export function serializePcapngBlock(
  type: number,
  body: Uint8Array,
  options: readonly PcapngOption[] = [],
): Uint8Array {
  const optionsLength = options.length === 0
    ? 0
    : options.reduce((sum, [, value]) => sum + 4 + padded(value.length), 4);
  const length = BLOCK_FRAME_LENGTH + padded(body.length) + optionsLength;
  const block = new Uint8Array(length);
  const view = new DataView(block.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, length, true);
  block.set(body, 8);
  let at = 8 + padded(body.length);
  for (const [code, value] of options) {
    view.setUint16(at, code, true);
    view.setUint16(at + 2, value.length, true);
    block.set(value, at + 4);
    at += 4 + padded(value.length);
  }
  if (options.length > 0) view.setUint32(at, END_OF_OPTIONS, true);
  view.setUint32(length - 4, length, true);
  return block;
}

function padded(length: number): number {
  return length + 3 & ~3;
}
