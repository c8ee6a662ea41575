import type { FileWrite } from "./file_write.ts";
import { serializeLabFrame } from "./lab_frame.ts";
import type { RecordingFormat } from "./recording_format.ts";

/**
 * A recording that has one frame behind the other: a JPEG stream, or the lab's framing with the length
 * of each in five digits. It knows no times.
 */
export class AppendedRecording implements RecordingFormat {
  readonly reserveLength = 0;
  readonly #framing: "none" | "lab";
  #end = 0;

  constructor(framing: "none" | "lab") {
    this.#framing = framing;
  }

  frame(jpeg: Uint8Array, number: number): FileWrite[] {
    const bytes = this.#framing === "lab" ? serializeLabFrame(jpeg, number) : jpeg;
    const offset = this.#end;
    this.#end += bytes.length;
    return [{ offset, bytes }];
  }

  finish(): FileWrite[] {
    return [];
  }
}
