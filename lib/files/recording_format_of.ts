import { AppendedRecording } from "../movie/appended_recording.ts";
import { AviRecording } from "../movie/avi_recording.ts";
import type { RecordingFormat } from "../movie/recording_format.ts";

/**
 * How a recording of this name is written, by its ending: `.Mjpeg` lab framing, `.mjpeg` or `.mjpg` a
 * JPEG stream, `.avi` AVI; `undefined` where it has none of these.
 */
export function recordingFormatOf(path: string): (() => RecordingFormat) | undefined {
  const [ending = ""] = /\.[^./\\]+$/.exec(path) ?? [];
  switch (ending) {
    case ".Mjpeg":
      return () => new AppendedRecording("lab");
    case ".mjpeg":
    case ".mjpg":
      return () => new AppendedRecording("none");
    default:
      return ending.toLowerCase() === ".avi" ? () => new AviRecording() : undefined;
  }
}
