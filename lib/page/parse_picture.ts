import type { WindowPicture } from "../web/window_picture.ts";

/** A frame of the client; how it lies in the message is at `serializeWindowPicture`. */
export function parsePicture(message: ArrayBuffer): WindowPicture {
  const header = new DataView(message);
  const position = header.getFloat64(4);
  return {
    number: header.getUint32(0),
    positionSeconds: Number.isNaN(position) ? null : position,
    jpeg: new Uint8Array(message, 12),
  };
}
