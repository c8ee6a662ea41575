import { MARKER } from "./marker.ts";

/**
 * Where the entropy-coded data from `start` on ends: at the 0xFF of the next marker other than RST
 * (fill bytes before it included), or at the end of the bytes, less a lone 0xFF there.
 */
export function findEntropyEnd(bytes: Uint8Array, start: number): number {
  let at = bytes.indexOf(0xff, start);
  while (at >= 0) {
    let code = at + 1;
    while (bytes[code] === 0xff) code++;
    const marker = bytes[code];
    if (marker === undefined) return at;
    const inside = marker === 0 || marker >= MARKER.rst0 && marker <= MARKER.rst7;
    if (!inside) return at;
    at = bytes.indexOf(0xff, code + 1);
  }
  return bytes.length;
}
