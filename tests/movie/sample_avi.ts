import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { AviWriter, type AviWriterOptions } from "../../lib/movie/avi_writer.ts";
import type { FileWrite } from "../../lib/movie/file_write.ts";
import { bytesOf } from "../support/text.ts";

/** What is written for an AVI file of these frames; an empty one repeats the frame before it. */
export function sampleAviWrites(
  frames: readonly Uint8Array[],
  options: Partial<AviWriterOptions> = {},
): FileWrite[] {
  const writer = new AviWriter({ width: 64, height: 48, framesPerSecond: 25, ...options });
  return [
    ...writer.start(),
    ...frames.flatMap((frame) => frame.length > 0 ? writer.frame(frame) : writer.repeat()),
    ...writer.finish(),
  ];
}

/** A chunk of a RIFF file, padded to an even length. */
export function riffChunk(id: string, ...content: readonly Uint8Array[]): Uint8Array {
  const body = joinBytes([...content]);
  const size = le32(body.length);
  return joinBytes([bytesOf(id), size, body, new Uint8Array(body.length % 2)]);
}

/** A list of a RIFF file. */
export function riffList(
  kind: "RIFF" | "LIST",
  id: string,
  ...chunks: readonly Uint8Array[]
): Uint8Array {
  return riffChunk(kind, bytesOf(id), ...chunks);
}

/** A 32-bit number, lowest byte first. */
export function le32(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((n) => [n, n >>> 8, n >>> 16, n >>> 24]));
}

/** An AVI file with nothing in it that an indexer does not look at: for damage. */
export function smallAvi(frames: readonly Uint8Array[]): Uint8Array {
  const strh = joinBytes([bytesOf("vidsMJPG"), le32(0, 0, 0, 1, 25, 0, frames.length)]);
  const strf = joinBytes([le32(40, 64, 48, 0x18_0001), bytesOf("MJPG")]);
  const head = (indx: Uint8Array) =>
    riffList(
      "LIST",
      "hdrl",
      riffChunk("avih", le32(40_000)),
      riffList("LIST", "strl", riffChunk("strh", strh), riffChunk("strf", strf), indx),
    );
  const superIndex = (offset: number, length: number) =>
    riffChunk("indx", le32(4, 1), bytesOf("00dc"), le32(0, 0, 0, offset, 0, length, frames.length));
  const start = 12 + head(superIndex(0, 0)).length + 12;
  const chunks = frames.map((frame) => riffChunk("00dc", frame));
  let at = start;
  const places = chunks.map((chunk, i) => {
    const place = { offset: at + 8, length: frames[i]?.length ?? 0 };
    at += chunk.length;
    return place;
  });
  const table = riffChunk(
    "ix00",
    le32(0x0100_0002, frames.length),
    bytesOf("00dc"),
    le32(0, 0, 0),
    ...places.map(({ offset, length }) => le32(offset, length)),
  );
  const idx1 = riffChunk(
    "idx1",
    ...places.map(({ offset, length }) =>
      joinBytes([bytesOf("00dc"), le32(16, offset - 8 - (start - 4), length)])
    ),
  );
  return riffList(
    "RIFF",
    "AVI ",
    head(superIndex(at, table.length)),
    riffList("LIST", "movi", ...chunks, table),
    idx1,
  );
}
