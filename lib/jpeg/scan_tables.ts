import { type DecodeTable, decodeTableOf } from "./decode_table.ts";
import type { HuffmanTable, JpegScan } from "./jpeg_image.ts";
import type { JpegScanComponent } from "./scan_header.ts";

/** The Huffman tables of a component in a scan; one that the scan has no use for may have no codes. */
export interface ScanTables {
  readonly dc: DecodeTable;
  readonly ac: DecodeTable;
}

const NO_CODES: HuffmanTable = { counts: new Uint8Array(16), symbols: new Uint8Array() };

/** The tables that a scan decodes a component with. */
export function scanTables(scan: JpegScan, { dc, ac }: JpegScanComponent): ScanTables {
  return {
    dc: decodeTableOf(scan.dcTables.get(dc) ?? NO_CODES),
    ac: decodeTableOf(scan.acTables.get(ac) ?? NO_CODES),
  };
}
