const HEADER_LENGTH = 12;

/**
 * What the stock client makes of RTP datagrams: fields by fixed offsets, a payload shown if its sequence
 * number is higher than the last one's (so it freezes at the wrap, and never shows a first packet of
 * sequence 0) and if it is a whole JPEG.
 */
export class StockFrames {
  /** The frames shown, in their order. */
  readonly shown: Uint8Array[] = [];
  /** The sequence numbers of the frames shown. */
  readonly sequences: number[] = [];
  /** Header bytes of every datagram that came in, shown or not. */
  readonly headers: Uint8Array[] = [];
  /** Datagrams with a higher sequence number than all before. */
  received = 0;
  /** Sequence numbers passed over. */
  lost = 0;
  /** How often at least one was. */
  gaps = 0;
  /** Datagrams dropped for their sequence number: late, repeated, or behind a wrap. */
  dropped = 0;
  /** Datagrams with a new sequence number that hold no whole JPEG: pieces, or nothing. */
  unshowable = 0;
  /** The highest sequence number so far; 0 before the first. */
  highest = 0;

  /** @param datagram Copied. */
  receive(datagram: Uint8Array): void {
    this.headers.push(datagram.slice(0, HEADER_LENGTH));
    if (datagram.length < 4) return; // Python: IndexError, caught
    const sequence = (datagram[2] ?? 0) << 8 | (datagram[3] ?? 0);
    if (sequence <= this.highest) {
      this.dropped++;
      return;
    }
    const missing = sequence - this.highest - 1;
    this.received++;
    this.lost += missing;
    if (missing > 0) this.gaps++;
    this.highest = sequence;
    const payload = datagram.slice(HEADER_LENGTH);
    if (!isWholeJpeg(payload)) {
      this.unshowable++;
      return;
    }
    this.shown.push(payload);
    this.sequences.push(sequence);
  }

  /** As most of the lab's programs count it: sequence numbers missing of all; 0 to 1. */
  get lossRate(): number {
    return this.received === 0 ? 0 : this.lost / (this.lost + this.received);
  }
}

function isWholeJpeg(payload: Uint8Array): boolean {
  const [first, second] = payload;
  const [beforeLast, last] = payload.subarray(-2);
  return payload.length >= 4 && first === 0xff && second === 0xd8 && beforeLast === 0xff &&
    last === 0xd9;
}
