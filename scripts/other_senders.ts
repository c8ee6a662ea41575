/**
 * Has FFmpeg, GStreamer and our own packetizer send movies of every kind of JPEG by RTP, and prints which
 * of the pictures came, with the versions.
 *
 * Usage: `deno run -A scripts/other_senders.ts [--write]`; `--write` puts the table into docs/interop.md
 * as well. Ends with code 1 where a program that it needs is not installed.
 */
import { AviWriter } from "../lib/movie/avi_writer.ts";
import { decodePlanes, type Planes } from "../tests/interop/decode_planes.ts";
import { findPeer } from "../tests/interop/find_peer.ts";
import { JPEG_SHAPES, type JpegShape, makeShapes } from "../tests/interop/jpeg_shapes.ts";
import { PEERS, type PeerSpec } from "../tests/interop/peers.ts";
import { judgeSent, type SentVerdict } from "./judge_sent.ts";
import { MOVIE_SENDERS, type MovieSender, type MovieToSend } from "./movie_senders.ts";
import { RtpRecorder } from "./rtp_recorder.ts";

const DOCUMENT = new URL("../docs/interop.md", import.meta.url);
/** Between these lines stands what this writes. */
const MARKERS = [
  "<!-- begin: scripts/other_senders.ts -->",
  "<!-- end: scripts/other_senders.ts -->",
] as const;
const FRAMES_PER_SECOND = 20;

async function writeAvi(file: string, { frames, size }: Omit<MovieToSend, "file">): Promise<void> {
  const writer = new AviWriter({ ...size, framesPerSecond: FRAMES_PER_SECOND });
  const writes = [
    ...writer.start(),
    ...frames.flatMap((frame) => writer.frame(frame)),
    ...writer.finish(),
  ];
  const avi = new Uint8Array(Math.max(...writes.map(({ offset, bytes }) => offset + bytes.length)));
  for (const { offset, bytes } of writes) avi.set(bytes, offset);
  await Deno.writeFile(file, avi);
}

async function verdictOn(
  sender: MovieSender,
  movie: MovieToSend,
  sources: readonly Planes[],
  shape: JpegShape,
): Promise<SentVerdict> {
  using recorder = new RtpRecorder();
  const { announced, complaint } = await sender.send(movie, recorder.port);
  const datagrams = await recorder.stop();
  if (datagrams.length === 0 && complaint !== undefined) {
    return { cell: "refuses", note: `${sender.name}: ${complaint}` };
  }
  return judgeSent(datagrams, announced, sources, shape);
}

/** The verdicts on each shape, in the order of the senders. */
async function measure(folder: string): Promise<SentVerdict[][]> {
  const rows: SentVerdict[][] = [];
  const movies = await makeShapes(JPEG_SHAPES);
  for (const [s, shape] of JPEG_SHAPES.entries()) {
    const frames = movies[s] as Uint8Array[];
    const { width, height } = shape;
    const movie = { file: `${folder}/${s}.avi`, frames, size: { width, height } };
    await writeAvi(movie.file, movie);
    const sources = await decodePlanes(frames);
    const row: SentVerdict[] = [];
    for (const sender of MOVIE_SENDERS) row.push(await verdictOn(sender, movie, sources, shape));
    rows.push(row);
  }
  return rows;
}

/** The table as Markdown, and under it what was said. */
function table(rows: readonly SentVerdict[][]): string {
  const notes: string[] = [];
  const cell = ({ cell, note }: SentVerdict) => {
    if (note === undefined) return cell;
    if (!notes.includes(note)) notes.push(note);
    return `${cell} (${notes.indexOf(note) + 1})`;
  };
  const lines = rows.map((row, s) =>
    `| ${[JPEG_SHAPES[s]?.name, ...row.map((verdict) => cell(verdict))].join(" | ")} |`
  );
  const names = MOVIE_SENDERS.map(({ name }) => name);
  const head = [`| ${["", ...names].join(" | ")} |`, `|${" --- |".repeat(names.length + 1)}`];
  return [...head, ...lines, "", ...notes.map((note, i) => `${i + 1}. ${note}`), ""].join("\n");
}

function intro(peers: readonly PeerSpec[]): string {
  const versions = peers.map((peer) => `${peer.name} ${findPeer(peer)}`).join(", ");
  const { os, arch } = Deno.build;
  const date = new Date().toISOString().slice(0, 10);
  return `Measured on ${date}, ${os} ${arch}, with Deno ${Deno.version.deno}, ${versions}.\n\n`;
}

async function write(text: string): Promise<void> {
  const document = await Deno.readTextFile(DOCUMENT);
  const [begin, end] = [document.indexOf(MARKERS[0]), document.indexOf(MARKERS[1])];
  if (begin < 0 || end < begin) throw new Error(`${DOCUMENT.pathname} lacks ${MARKERS.join(", ")}`);
  const head = document.slice(0, begin + MARKERS[0].length);
  await Deno.writeTextFile(DOCUMENT, `${head}\n\n${text}\n${document.slice(end)}`);
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", DOCUMENT.pathname] }).output();
}

async function main(): Promise<number> {
  const peers = [...MOVIE_SENDERS.flatMap(({ peer }) => peer ?? []), PEERS.libjpeg];
  const missing = peers.filter((peer) => findPeer(peer) === undefined);
  const say = (text: string) => Deno.stdout.write(new TextEncoder().encode(text));
  if (missing.length > 0) {
    const lines = missing.map(({ name, debian }) => `${name} is not installed (Debian: ${debian})`);
    await say(`${lines.join("\n")}\n`);
    return 1;
  }
  const folder = await Deno.makeTempDir({ prefix: "zoetrope-senders-" });
  try {
    const text = intro(peers) + table(await measure(folder));
    await say(text);
    if (Deno.args.includes("--write")) await write(text);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return 0;
}

Deno.exit(await main());
