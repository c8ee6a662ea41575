import { JpegDepacketizer } from "../../lib/rtp_jpeg/jpeg_depacketizer.ts";
import { packetizeJpeg } from "../../lib/rtp_jpeg/packetize_jpeg.ts";
import { parseRtpPacket } from "../../lib/rtp/rtp_packet.ts";
import { datagramsOf, madeImage, packetsOf } from "./made_jpegs.ts";

/** A frame of 1080p with 100,000 bytes of scan data, in packets of 1,400 bytes. */
const MADE = madeImage(1920, 1080, { quality: 30 });
const [SCAN] = MADE.scans;
const IMAGE = SCAN === undefined
  ? MADE
  : { ...MADE, scans: [{ ...SCAN, entropy: SCAN.entropy.subarray(0, 100_000) }] };
const PACKETS = packetsOf(packetizeJpeg(IMAGE));
const DATAGRAMS = datagramsOf(packetizeJpeg(IMAGE));
const DEPACKETIZER = new JpegDepacketizer({ size: { width: 1920, height: 1080 } });

Deno.bench("packetizeJpeg(): 1080p, 100 kB", () => {
  packetizeJpeg(IMAGE);
});

Deno.bench("JpegDepacketizer: 1080p, 100 kB", () => {
  let jpeg: Uint8Array | undefined;
  for (const packet of PACKETS) {
    for (const output of DEPACKETIZER.push(packet, 0)) {
      if (output.kind === "frame") jpeg = output.jpeg;
    }
  }
  if (jpeg === undefined) throw new Error("The frame did not come");
});

Deno.bench("parseRtpPacket() and JpegDepacketizer: 1080p, 100 kB", () => {
  for (const datagram of DATAGRAMS) DEPACKETIZER.push(parseRtpPacket(datagram), 0);
});
