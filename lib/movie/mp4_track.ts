import { BoxFields } from "./box_fields.ts";
import type { ByteRange } from "./byte_range.ts";
import type { ReadSteps } from "./index_steps.ts";
import { readMp4Boxes } from "./mp4_boxes.ts";

/** The tables of samples that a track has, by their four letters; `stco` or `co64` and so on. */
export type Mp4Tables = ReadonlyMap<string, ByteRange>;

/** A track of video. */
export interface Mp4Track {
  /** Ticks a second. */
  readonly timescale: number;
  /** Four letters: `jpeg`. */
  readonly format: string;
  readonly tables: Mp4Tables;
}

const TABLES = ["stsd", "stts", "stsc", "stsz", "stz2", "stco", "co64"];

/** The tracks of video in what is in the box `moov`. */
export function* readVideoTracks(moov: ByteRange): ReadSteps<readonly Mp4Track[]> {
  const tracks: Mp4Track[] = [];
  for (const trak of yield* readMp4Boxes(moov, ["trak"])) {
    const track = yield* readTrack(trak);
    if (track !== undefined) tracks.push(track);
  }
  return tracks;
}

function* readTrack(trak: ByteRange): ReadSteps<Mp4Track | undefined> {
  const media = yield* oneBox(trak, "mdia");
  if (media === undefined) return undefined;
  const parts = new Map((yield* readMp4Boxes(media, ["mdhd", "hdlr", "minf"])).map(byId));
  const [header, handler, info] = ["mdhd", "hdlr", "minf"].map((id) => parts.get(id));
  if (header === undefined || handler === undefined || info === undefined) return undefined;
  const kind = new BoxFields(yield { offset: handler.start, length: 12 }).id(8);
  if (kind !== "vide") return undefined;
  const fields = new BoxFields(yield { offset: header.start, length: 24 });
  const timescale = fields.u32(fields.u8(0) === 1 ? 20 : 12);
  const samples = yield* oneBox(info, "stbl");
  if (samples === undefined) return undefined;
  const tables: Mp4Tables = new Map((yield* readMp4Boxes(samples, TABLES)).map(byId));
  const format = yield* readFormat(tables.get("stsd"));
  return { timescale, format, tables };
}

/** The first sample description's four letters. */
function* readFormat(stsd: ByteRange | undefined): ReadSteps<string> {
  if (stsd === undefined) return "";
  return new BoxFields(yield { offset: stsd.start, length: 16 }).id(12);
}

function* oneBox(range: ByteRange, id: string): ReadSteps<ByteRange | undefined> {
  return (yield* readMp4Boxes(range, [id]))[0];
}

function byId<Box extends { readonly id: string }>(box: Box): readonly [string, Box] {
  return [box.id, box];
}
