import { WireError } from "../bytes/wire_error.ts";
import { parseJpegImage } from "../jpeg/jpeg_image.ts";
import { transcode } from "../jpeg/transcode.ts";
import type { PacketizedFrame } from "../rtp/packetized_frame.ts";
import { canCarry } from "../rtp_jpeg/can_carry.ts";
import { packetizeJpeg } from "../rtp_jpeg/packetize_jpeg.ts";

/**
 * The packets of any JPEG (RFC 2435): as it is where that can be carried, otherwise in the nearest form
 * that can.
 *
 * @param packetSize Most bytes of a datagram, RTP header included.
 * @throws {WireError} Not even that: it is broken, or of a kind that has no such form.
 */
export function carryFrame(jpeg: Uint8Array, packetSize: number): PacketizedFrame {
  const image = parseJpegImage(jpeg);
  if (canCarry(image) === undefined) return packetizeJpeg(image, packetSize);
  const carried = transcode(image).image;
  const problem = canCarry(carried);
  if (problem !== undefined) throw new WireError(problem);
  return packetizeJpeg(carried, packetSize);
}
