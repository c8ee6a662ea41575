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

/** Makes files of frames that have come (RFC 2435 appendix B, and ONVIF's header extension). */
export class JpegFileMaker {
  readonly #size: PixelSize | undefined;
  /** The frame header of the last extension that had one: holds on where the size is not said. */
  #lastFrame: FrameHeader | undefined;

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
    const { scan, timestamp, tables = [] } = frame;
    const extension = frame.extensions.length === 0
      ? undefined
      : parseJpegExtension(joinBytes(frame.extensions));
    const received = this.#frameHeader(frame, extension);
    if (received === undefined) return NO_SIZE;
    const header = serializeJpegFileHeader({
      frame: received.frame,
      tables: extension?.frame === undefined ? tables.slice(0, 2) : tables,
      restartInterval: extension?.restartInterval ?? frame.restartInterval,
      segments: extension?.segments ?? [],
    });
    const { width, height } = received.frame;
    const { contradictedSize } = received;
    return {
      ...{ kind: "frame", jpeg: scan.file(header), timestamp, width, height },
      ...(broken !== undefined && { broken }),
      ...(contradictedSize !== undefined && { contradictedSize }),
    };
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
