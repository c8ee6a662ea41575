import { JpegEncoder, type JpegEncoderOptions } from "../../lib/jpeg/jpeg_encoder.ts";
import { type JpegImage, parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import type { PacketizedFrame } from "../../lib/rtp/packetized_frame.ts";
import type { RtpPacket } from "../../lib/rtp/rtp_packet.ts";
import { parseRtpPacket } from "../../lib/rtp/rtp_packet.ts";
import { SeededRandom } from "../support/random.ts";

/** A JPEG file of noise and gradients, the same for the same arguments. */
export function madeJpeg(width: number, height: number, options?: JpegEncoderOptions): Uint8Array {
  const random = new SeededRandom(width * 65_536 + height);
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < pixels.length; i++) pixels[i] = (i >> 3 & 0x7f) + random.below(100);
  return new JpegEncoder(width, height, options).encode(pixels).slice();
}

/** The same, taken apart. */
export function madeImage(width: number, height: number, options?: JpegEncoderOptions): JpegImage {
  return parseJpegImage(madeJpeg(width, height, options));
}

/** The packets of a frame as they leave a sender. */
export function datagramsOf(frame: PacketizedFrame, timestamp: number = 0): Uint8Array[] {
  return frame.payloads.map((payload, index) => {
    const datagram = new Uint8Array(12 + payload.length);
    const hasExtension = index === 0 && frame.firstHasExtension === true;
    const isLast = index === frame.payloads.length - 1;
    datagram[0] = hasExtension ? 0x90 : 0x80;
    datagram[1] = isLast && frame.markLast ? 0x9a : 0x1a;
    const view = new DataView(datagram.buffer);
    view.setUint16(2, index);
    view.setUint32(4, timestamp);
    datagram.set(payload, 12);
    return datagram;
  });
}

/** The packets of a frame as a receiver reads them. */
export function packetsOf(frame: PacketizedFrame, timestamp: number = 0): RtpPacket[] {
  return datagramsOf(frame, timestamp).map((datagram) => parseRtpPacket(datagram));
}

/** What a picture is made of: two files that agree in it show the same. */
export function essence(image: JpegImage): unknown {
  const { width, height, components, quantisers, scans } = image;
  return {
    ...{ width, height },
    components: components.map((c) => ({
      sampling: [c.horizontal, c.vertical],
      quantisers: Array.from(quantisers.get(c.quantiser)?.values ?? []),
    })),
    scans: scans.map((scan) => ({
      restartInterval: scan.restartInterval,
      tables: scan.components.map(({ dc, ac }) => [
        scan.dcTables.get(dc)?.symbols.length,
        scan.acTables.get(ac)?.symbols,
      ]),
      entropy: scan.entropy,
    })),
  };
}
