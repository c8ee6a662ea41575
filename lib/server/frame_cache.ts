import type { PacketizedFrame } from "../rtp/packetized_frame.ts";

/** What the cache packetises: frames by index. */
export interface FrameSource {
  /** The whole JPEG of one frame. */
  frame(index: number): Uint8Array;
  /** As a movie's: the frame will be wanted soon. */
  readAhead?(index: number): void;
}

/** JPEG to packets; `undefined` where the frame cannot be sent that way and is skipped. */
export type Packetize = (jpeg: Uint8Array) => PacketizedFrame | undefined;

/** One movie in one packetisation, shared by all who play it that way. */
export interface PacketizedMovie {
  /**
   * The packets of one frame, made at most once while they stay in the cache.
   *
   * @returns `undefined` where the frame is skipped.
   * @throws what reading or packetising the frame throws.
   */
  frame(index: number): PacketizedFrame | undefined;
  /** The frame will be wanted soon: where it is not in the cache, its movie is told. Returns at once. */
  readAhead(index: number): void;
}

interface Entry {
  readonly frames: Map<number, Entry>;
  readonly index: number;
  readonly packets: PacketizedFrame | undefined;
}

/** Book-keeping of an entry beside its payloads, in bytes, roughly. */
const ENTRY_OVERHEAD = 200;

/**
 * Packetised frames of all movies, bounded in bytes; the oldest ones leave first (whoever plays a
 * movie in a loop would gain nothing from any other order).
 */
export class FrameCache {
  readonly #maxOctets: number;
  readonly #entries = new Set<Entry>();
  readonly #movies = new WeakMap<FrameSource, Map<string, PacketizedMovie>>();
  #octets = 0;

  /** @param maxOctets How many bytes of payloads are kept; a frame larger than that is not kept. */
  constructor(maxOctets: number) {
    this.#maxOctets = maxOctets;
  }

  /** How many bytes are kept. */
  get octets(): number {
    return this.#octets;
  }

  /**
   * The movie in one packetisation; the same object for the same movie and key.
   *
   * @param key Tells packetisations apart: `lab`, `jpeg/1400`.
   */
  open(movie: FrameSource, key: string, packetize: Packetize): PacketizedMovie {
    let forms = this.#movies.get(movie);
    if (forms === undefined) this.#movies.set(movie, forms = new Map());
    let form = forms.get(key);
    if (form === undefined) forms.set(key, form = this.#packetized(movie, packetize));
    return form;
  }

  #packetized(movie: FrameSource, packetize: Packetize): PacketizedMovie {
    const frames = new Map<number, Entry>();
    let last:
      | { readonly jpeg: Uint8Array; readonly packets: PacketizedFrame | undefined }
      | undefined;
    return {
      frame: (index) => {
        const kept = frames.get(index);
        if (kept !== undefined) return kept.packets;
        const jpeg = movie.frame(index);
        if (last?.jpeg === jpeg) return last.packets; // a still: one frame under every index
        const packets = packetize(jpeg);
        last = { jpeg, packets };
        this.#keep({ frames, index, packets });
        return packets;
      },
      readAhead: (index) => {
        if (!frames.has(index)) movie.readAhead?.(index);
      },
    };
  }

  #keep(entry: Entry): void {
    const octets = octetsOf(entry);
    if (octets > this.#maxOctets) return;
    this.#entries.add(entry);
    entry.frames.set(entry.index, entry);
    this.#octets += octets;
    for (const oldest of this.#entries) {
      if (this.#octets <= this.#maxOctets) break;
      this.#entries.delete(oldest);
      oldest.frames.delete(oldest.index);
      this.#octets -= octetsOf(oldest);
    }
  }
}

function octetsOf(entry: Entry): number {
  return (entry.packets?.octets ?? 0) + ENTRY_OVERHEAD;
}
