import { joinBytes } from "../../lib/bytes/join_bytes.ts";

/** How a server of the lab makes RTP packets of frames; the defaults are the stock server's. */
export interface StockPacketOptions {
  /** V of the RTP header, 0 to 3; default 2. */
  readonly version?: number;
  /** M on whole frames; default false. Pieces have it on the last one, whatever this says. */
  readonly marker?: boolean;
  /** Default 0. */
  readonly ssrc?: number;
  /**
   * The timestamp of a frame, taken modulo 2^32; default: Unix time in whole seconds.
   *
   * @param frame Counted from 0.
   */
  readonly timestamp?: (frame: number, unixMs: number) => number;
  /** The first packet's sequence number; default 1. */
  readonly firstSequence?: number;
  /** Cuts each frame into pieces of `size` bytes; A: a sequence number each, B: one for all. */
  readonly cutting?: { readonly way: "A" | "B"; readonly size: number };
}

/** Makes the packets of one session, as the lab's servers do: JPEG bytes behind a bare RTP header. */
export class StockPackets {
  readonly #options: StockPacketOptions;
  #sequence: number;

  constructor(options: StockPacketOptions) {
    this.#options = options;
    this.#sequence = (options.firstSequence ?? 1) - 1;
  }

  /** The packets of one frame, one if frames are not cut. */
  ofFrame(index: number, jpeg: Uint8Array, unixMs: number): Uint8Array[] {
    const { cutting, marker = false } = this.#options;
    if (cutting === undefined) {
      this.#sequence++;
      return [this.#packet(index, marker, jpeg, unixMs)];
    }
    const packets: Uint8Array[] = [];
    if (cutting.way === "B") this.#sequence++;
    for (let start = 0; start < jpeg.length; start += cutting.size) {
      if (cutting.way === "A") this.#sequence++;
      const last = start + cutting.size >= jpeg.length;
      const piece = jpeg.subarray(start, start + cutting.size);
      packets.push(this.#packet(index, last, piece, unixMs));
    }
    return packets;
  }

  /** What some servers send behind the last frame: its number again, and no payload. */
  empty(index: number, unixMs: number): Uint8Array {
    return this.#packet(index, false, new Uint8Array(0), unixMs);
  }

  #packet(index: number, marker: boolean, payload: Uint8Array, unixMs: number): Uint8Array {
    const { version = 2, ssrc = 0, timestamp = wholeSeconds } = this.#options;
    const header = new DataView(new ArrayBuffer(12));
    header.setUint8(0, version << 6);
    header.setUint8(1, (marker ? 0x80 : 0) | 26);
    header.setUint16(2, this.#sequence & 0xffff);
    header.setUint32(4, timestamp(index, unixMs) >>> 0);
    header.setUint32(8, ssrc);
    return joinBytes([new Uint8Array(header.buffer), payload]);
  }
}

function wholeSeconds(_frame: number, unixMs: number): number {
  return Math.floor(unixMs / 1000);
}
