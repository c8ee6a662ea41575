import { WireError } from "../bytes/wire_error.ts";
import type { QuantiserTable } from "../jpeg/quantiser_table.ts";
import { type FrameProblem, problem } from "./frame_problem.ts";
import type { PayloadHeader } from "./payload_header.ts";
import { ScanAssembly } from "./scan_assembly.ts";

/** Most bytes of header extensions in a frame. */
const MAX_EXTENSION_LENGTH = 2 ** 16;

/** What has come of one frame. */
export class FrameInProgress {
  readonly kind = "filling";
  readonly timestamp: number;
  /** Of its first packet; the others have the same but for the offset (RFC 2435 §3.1). */
  readonly header: PayloadHeader;
  readonly scan: ScanAssembly;
  /** Data of the header extensions of ONVIF, in their order. */
  readonly extensions: Uint8Array[] = [];
  /** From the packet at offset 0, as the tables are. */
  restartInterval = 0;
  tables: readonly QuantiserTable[] | undefined;
  /** Where the data ends, once the packet with the marker came. */
  end: number | undefined;
  /** Packets that the receiver gave up within the frame. */
  lost = 0;

  /**
   * @param expectedLength About how many bytes of data will come.
   * @param limit Most bytes of data.
   */
  constructor(timestamp: number, header: PayloadHeader, expectedLength: number, limit: number) {
    this.timestamp = timestamp;
    this.header = header;
    this.scan = new ScanAssembly(expectedLength, limit);
  }

  /** Whether the last packet came and nothing is missing before it. */
  get isWhole(): boolean {
    const { scan, end } = this;
    return end !== undefined && scan.length === end && scan.end === end;
  }

  /** Whether the last packet came and what is missing before it will not come. */
  get isBeyondHope(): boolean {
    return this.end !== undefined && this.lost > 0 && !this.isWhole;
  }

  /** Whether a packet's header is that of this frame, but for the fragment offset. */
  hasHeader({ type, q, width, height }: PayloadHeader): boolean {
    const own = this.header;
    return type === own.type && q === own.q && width === own.width && height === own.height;
  }

  /** Takes a fragment of the data; says when it was here before, or why the frame is of no use now. */
  addData(offset: number, data: Uint8Array): FrameProblem | "duplicate" | undefined {
    const verdict = this.scan.add(offset, data);
    switch (verdict) {
      case "taken":
        return undefined;
      case "duplicate":
        return verdict;
      case "overlap":
        return problem("malformed", `fragment at ${offset} overlaps others`);
      case "too large":
        return problem("too large", `frame is over ${this.scan.limit} bytes`);
      default:
        return verdict satisfies never;
    }
  }

  /**
   * Keeps a copy of an extension's data.
   *
   * @throws {WireError} They are over 64 KiB together.
   */
  addExtension(data: Uint8Array): void {
    const length = this.extensions.reduce((sum, part) => sum + part.length, data.length);
    if (length > MAX_EXTENSION_LENGTH) {
      throw new WireError(
        `Cannot parse JPEG header extension: it has over ${MAX_EXTENSION_LENGTH} bytes`,
      );
    }
    this.extensions.push(data.slice());
  }

  /** Why the frame is dropped when no more of it comes. */
  incomplete(lostBehind: number): FrameProblem {
    const count = this.lost + lostBehind;
    const found = `${this.scan.length} of ${this.end ?? "an unknown number of"} bytes`;
    const lost = count === 0 ? "" : `; packets lost in it or next to it: ${count}`;
    return problem("incomplete", `${found} came without a hole${lost}`);
  }
}
