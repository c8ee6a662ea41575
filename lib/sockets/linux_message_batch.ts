import { RTP_HEADER_LENGTH } from "../rtp/rtp_header.ts";
import type { FrameOutput } from "./frame_output.ts";
import type { LinuxLibc } from "./linux_libc.ts";
import { LINUX } from "./linux_numbers.ts";
import type { PreparedFrame } from "./linux_prepared_frame.ts";

/** Where a message goes: a socket address in memory. */
export interface LinuxDestination {
  /** Kept referenced, since the kernel reads it. */
  readonly bytes: Uint8Array;
  readonly low: number;
  readonly high: number;
  /** Whether the kernel cuts messages on this way, as far as is known. */
  cuts: boolean;
}

/** Some packets of one frame to one listener: one message. */
export interface FramePart {
  readonly output: FrameOutput;
  readonly prepared: PreparedFrame;
  readonly to: LinuxDestination;
  /** Index of the first packet. */
  readonly first: number;
  /** Index behind the last. */
  readonly end: number;
  /** How the kernel is to cut the message; 0: not at all. */
  readonly segmentLength: number;
}

/** Length of a `mmsghdr` on a 64-bit machine. */
const MESSAGE_LENGTH = 64;

/** Length of a control message with one 16-bit number, padded. */
const CONTROL_LENGTH = 24;

/** Length of an `iovec`; each packet has two, for header and payload. */
const VECTOR_LENGTH = 16;

/**
 * Messages for one `sendmmsg`, in memory laid out as the kernel reads it. Headers are written here, for
 * each listener; payloads stay where they are, for all of them.
 *
 * ```text
 * mmsghdr ──name──▶ sockaddr of the listener
 *         ──iov───▶ [header 0][payload 0][header 1][payload 1] …     two iovecs a packet
 *         ──control─▶ UDP_SEGMENT: cut every segmentLength bytes
 * ```
 */
export class LinuxMessageBatch {
  readonly #maxMessages: number;
  readonly #maxPackets: number;
  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;
  /** Offsets into `#words`. */
  readonly #vectors: number;
  readonly #headers: number;
  readonly #control: number;
  /** Where the vectors are in memory. */
  readonly #vectorsAddress: number;
  readonly #parts: FramePart[] = [];
  #packets = 0;

  constructor(libc: LinuxLibc, maxMessages: number, maxPackets: number) {
    this.#maxMessages = maxMessages;
    this.#maxPackets = maxPackets;
    const control = MESSAGE_LENGTH * maxMessages;
    const vectors = control + CONTROL_LENGTH * maxMessages;
    const headers = vectors + 2 * VECTOR_LENGTH * maxPackets;
    const buffer = new ArrayBuffer(headers + RTP_HEADER_LENGTH * maxPackets);
    this.#bytes = new Uint8Array(buffer);
    this.#words = new Uint32Array(buffer);
    this.#control = control / 4;
    this.#vectors = vectors / 4;
    this.#headers = headers / 4;
    const address = libc.addressOf(this.#bytes);
    this.#vectorsAddress = address + vectors;
    this.#layOut(address);
  }

  /** The messages in it. */
  get parts(): readonly FramePart[] {
    return this.#parts;
  }

  /** Whether one more message of so many packets fits in. */
  hasRoom(packets: number): boolean {
    return this.#parts.length < this.#maxMessages && this.#packets + packets <= this.#maxPackets;
  }

  /** The messages from one on, as `sendmmsg` takes them. */
  messagesFrom(index: number): Uint8Array {
    return index === 0 ? this.#bytes : this.#bytes.subarray(MESSAGE_LENGTH * index);
  }

  /** Adds a message, for which there is room. */
  add(part: FramePart): void {
    const words = this.#words;
    const index = this.#parts.push(part) - 1;
    const { to, first, end, segmentLength } = part;
    const at = index * MESSAGE_LENGTH / 4;
    const vectors = this.#vectorsAddress + 2 * VECTOR_LENGTH * this.#packets;
    words[at] = to.low;
    words[at + 1] = to.high;
    words[at + 2] = to.bytes.length;
    words[at + 4] = vectors % 2 ** 32;
    words[at + 5] = vectors / 2 ** 32;
    words[at + 6] = 2 * (end - first);
    words[at + 10] = segmentLength === 0 ? 0 : CONTROL_LENGTH;
    words[this.#control + index * CONTROL_LENGTH / 4 + 4] = segmentLength;
    this.#writePackets(part);
  }

  /** Takes all messages out. */
  clear(): void {
    this.#parts.length = 0;
    this.#packets = 0;
  }

  /** The fixed fields, once: where the headers and control messages are, and their lengths. */
  #layOut(address: number): void {
    const words = this.#words;
    const put = (at: number, value: number) => {
      words[at] = value % 2 ** 32;
      words[at + 1] = Math.floor(value / 2 ** 32);
    };
    for (let index = 0; index < this.#maxMessages; index++) {
      const control = this.#control + index * CONTROL_LENGTH / 4;
      put(index * MESSAGE_LENGTH / 4 + 8, address + 4 * control);
      put(control, 18); // cmsg_len: its header and 16 bits
      words[control + 2] = LINUX.SOL_UDP;
      words[control + 3] = LINUX.UDP_SEGMENT;
    }
    for (let index = 0; index < this.#maxPackets; index++) {
      const vector = this.#vectors + index * 2 * VECTOR_LENGTH / 4;
      put(vector, address + 4 * this.#headers + index * RTP_HEADER_LENGTH);
      put(vector + 2, RTP_HEADER_LENGTH);
    }
  }

  #writePackets({ output, prepared, first, end }: FramePart): void {
    const { frame, header } = output;
    const { payloads } = prepared;
    const words = this.#words;
    const last = frame.markLast ? frame.payloads.length - 1 : -1;
    const step = frame.sequenceStep === "each" ? 1 : 0;
    const timestamp = swapped(header.timestamp);
    const ssrc = swapped(header.ssrc);
    const plain = 0x80 | (header.payloadType & 0x7f) << 8;
    let sequence = header.sequence + step * first;
    let vector = this.#vectors + this.#packets * 2 * VECTOR_LENGTH / 4;
    let at = this.#headers + this.#packets * RTP_HEADER_LENGTH / 4;
    for (let index = first; index < end; index++) {
      words[vector + 4] = payloads[3 * index] as number;
      words[vector + 5] = payloads[3 * index + 1] as number;
      words[vector + 6] = payloads[3 * index + 2] as number;
      words[at] = plain | (index === last ? 0x8000 : 0) |
        (sequence << 8 & 0xff0000) | sequence << 24;
      words[at + 1] = timestamp;
      words[at + 2] = ssrc;
      vector += 2 * VECTOR_LENGTH / 4;
      at += RTP_HEADER_LENGTH / 4;
      sequence += step;
    }
    if (first === 0 && frame.firstHasExtension === true) {
      this.#bytes[4 * this.#headers + this.#packets * RTP_HEADER_LENGTH] = 0x90; // X bit
    }
    this.#packets += end - first;
  }
}

/** The four bytes the other way round, for a little-endian machine. */
function swapped(word: number): number {
  return word << 24 | (word & 0xff00) << 8 | word >>> 8 & 0xff00 | word >>> 24;
}
