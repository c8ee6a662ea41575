import { joinBytes } from "../bytes/join_bytes.ts";
import type { FrameHeader } from "../jpeg/frame_header.ts";
import type { ReceivedJpeg } from "./depacketizer_output.ts";
import type { FrameInProgress } from "./frame_in_progress.ts";
import { type FrameProblem, problem } from "./frame_problem.ts";
import { type JpegExtension, parseJpegExtension } from "./jpeg_extension.ts";
import { serializeJpegFileHeader } from "./jpeg_file_header.ts";
import {
  type PixelSize,
  type ReceivedFrameHeader,
  receivedFrameHeader,
} from "./received_frame_header.ts";

const NO_SIZE = problem(
  "no size",
  "the header says size 0, and neither SDP nor a header extension says another",
);

interface MadeHeader {
  /** Of the file. */
  readonly header: Uint8Array;
  readonly received: ReceivedFrameHeader;
}

/** What a header was made of that nothing extends. */
interface LastHeader {
  readonly tables: FrameInProgress["tables"];
  readonly restartInterval: number;
  readonly type: number;
  readonly width: number;
  readonly height: number;
  readonly made: MadeHeader;
}

/** Makes files of frames that have come (RFC 2435 appendix B, and ONVIF's header extension). */
export class JpegFileMaker {
  readonly #size: PixelSize | undefined;
  /** The frame header of the last extension that had one: holds on where the size is not said. */
  #lastFrame: FrameHeader | undefined;
  #last: LastHeader | undefined;

  /** @param size The true one, by SDP. */
  constructor(size: PixelSize | undefined) {
    this.#size = size;
  }

  /**
   * The file of a frame, up to its first hole; takes over the memory of its scan.
   *
   * @param frame With tables and some data.
   * @param broken Why it is not whole, if it is not.
   * @throws WireError when its header extension is malformed.
   */
  make(frame: FrameInProgress, broken: string | undefined): ReceivedJpeg | FrameProblem {
    const { scan, timestamp } = frame;
    const extension = frame.extensions.length === 0
      ? undefined
      : parseJpegExtension(joinBytes(frame.extensions));
    const made = extension === undefined
      ? this.#plainHeader(frame)
      : this.#extended(frame, extension);
    if (made === undefined) return NO_SIZE;
    const { header, received: { frame: { width, height }, contradictedSize } } = made;
    return {
      ...{ kind: "frame", jpeg: scan.file(header), timestamp, width, height },
      ...(broken !== undefined && { broken }),
      ...(contradictedSize !== undefined && { contradictedSize }),
    };
  }

  /** The header where nothing extends it: that of the frame before, unless something has changed. */
  #plainHeader(frame: FrameInProgress): MadeHeader | undefined {
    const { header: { type, width, height }, tables, restartInterval } = frame;
    const last = this.#last;
    if (
      last !== undefined && last.tables === tables && last.restartInterval === restartInterval &&
      last.type === type && last.width === width && last.height === height && width > 0 &&
      height > 0
    ) return last.made;
    const made = this.#extended(frame, undefined);
    this.#last = made && { tables, restartInterval, type, width, height, made };
    return made;
  }

  #extended(
    frame: FrameInProgress,
    extension: JpegExtension | undefined,
  ): MadeHeader | undefined {
    const received = this.#frameHeader(frame, extension);
    if (received === undefined) return undefined;
    const { tables = [] } = frame;
    const header = serializeJpegFileHeader({
      frame: received.frame,
      tables: extension?.frame === undefined ? tables.slice(0, 2) : tables,
      restartInterval: extension?.restartInterval ?? frame.restartInterval,
      segments: extension?.segments ?? [],
    });
    return { header, received };
  }

  #frameHeader(
    { header, tables }: FrameInProgress,
    extension: JpegExtension | undefined,
  ): ReceivedFrameHeader | undefined {
    if (extension?.frame !== undefined) this.#lastFrame = extension.frame;
    const isUnsaid = header.width === 0 || header.height === 0;
    const frame = extension?.frame ?? (isUnsaid ? this.#lastFrame : undefined);
    if (frame !== undefined) return { frame };
    return receivedFrameHeader(header, tables?.length ?? 0, this.#size);
  }
}
