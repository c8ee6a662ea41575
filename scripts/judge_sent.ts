import { AssertionError } from "@std/assert";
import { parseRtpPacket } from "../lib/rtp/rtp_packet.ts";
import type { ReceivedJpeg } from "../lib/rtp_jpeg/depacketizer_output.ts";
import { JpegDepacketizer } from "../lib/rtp_jpeg/jpeg_depacketizer.ts";
import type { PictureSize } from "../lib/sdp/picture_size.ts";
import { assertCarried } from "../tests/interop/assert_carried.ts";
import { decodePlanes, type Planes } from "../tests/interop/decode_planes.ts";
import type { JpegShape } from "../tests/interop/jpeg_shapes.ts";

/** What came of a movie that was sent. */
export interface SentVerdict {
  /** A word or two. */
  readonly cell: string;
  /** Why, where somebody said so. */
  readonly note?: string;
}

/**
 * Puts the pictures of a stream together and compares them with what was to be sent.
 *
 * @param announced The size that the sender's session description gives.
 * @param sources The movie's pictures.
 * @throws {Error} The machine lost packets, so that nothing can be said.
 */
export async function judgeSent(
  datagrams: readonly Uint8Array[],
  announced: PictureSize | undefined,
  sources: readonly Planes[],
  shape: JpegShape,
): Promise<SentVerdict> {
  if (datagrams.length === 0) return { cell: "nothing" };
  const { frames, dropped } = framesOf(datagrams, announced);
  if (frames.length !== sources.length) {
    const cell = `${sources.length - frames.length} of ${sources.length} frames unreadable`;
    return { cell, ...dropped !== undefined && { note: `Zoetrope's receiver: ${dropped}` } };
  }
  let pictures: Planes[];
  try {
    pictures = await decodePlanes(frames.map(({ jpeg }) => jpeg));
  } catch (error) {
    const [, said] = /^The script failed: (.*)/.exec((error as Error).message) ?? [];
    if (said === undefined) throw error;
    return { cell: "wrong picture", note: `libjpeg-turbo: ${said}` };
  }
  return { cell: compare(pictures, sources, shape) };
}

function framesOf(
  datagrams: readonly Uint8Array[],
  size: PictureSize | undefined,
): { frames: ReceivedJpeg[]; dropped: string | undefined } {
  const depacketizer = new JpegDepacketizer(size === undefined ? {} : { size });
  const packets = datagrams.map((bytes) => parseRtpPacket(bytes));
  for (const [i, { sequence }] of packets.entries()) {
    const next = ((packets[i - 1]?.sequence ?? sequence - 1) + 1) & 0xffff;
    if (sequence !== next) throw new Error(`Packet ${next} was lost: run it again`);
  }
  const outputs = [
    ...packets.flatMap((packet) => depacketizer.push(packet, 0)),
    ...depacketizer.flush(),
  ];
  return {
    frames: outputs.filter((output) => output.kind === "frame"),
    dropped: outputs.find((output) => output.kind === "dropped")?.detail,
  };
}

function compare(
  pictures: readonly Planes[],
  sources: readonly Planes[],
  shape: JpegShape,
): string {
  const sizes = new Set<string>();
  for (const [i, picture] of pictures.entries()) {
    try {
      assertCarried(inWholeBlocks(picture), sources[i] as Planes, shape);
    } catch (error) {
      if (!(error instanceof AssertionError)) throw error;
      return "wrong picture";
    }
    sizes.add(`${picture.width} x ${picture.height}`);
  }
  sizes.delete(`${shape.width} x ${shape.height}`);
  return sizes.size === 0 ? "right" : `wrong size, ${[...sizes].join(", ")}`;
}

/** The picture with its sides rounded up to multiples of 8, as `assertCarried()` wants it. */
function inWholeBlocks({ width, height, planes }: Planes): Planes {
  const [across, down] = [Math.ceil(width / 8) * 8, Math.ceil(height / 8) * 8];
  const grown = (plane: Uint8Array) => {
    const whole = new Uint8Array(across * down);
    for (let y = 0; y < height; y++) {
      whole.set(plane.subarray(y * width, (y + 1) * width), y * across);
    }
    return whole;
  };
  const [y, cb, cr] = planes;
  return { width: across, height: down, planes: [grown(y), grown(cb), grown(cr)] };
}
