/** A Huffman table as DHT carries it (T.81 §B.2.4.2, BITS and HUFFVAL). */
export interface HuffmanTable {
  /** 16 numbers: how many codes have the length 1, 2, … 16 bits. */
  readonly counts: Uint8Array;
  /** The symbols in the order of their codes; as many as the counts add up to. */
  readonly symbols: Uint8Array;
}
