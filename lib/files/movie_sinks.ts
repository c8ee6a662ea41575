import { joinBytes } from "../bytes/join_bytes.ts";
import { AviWriter } from "../movie/avi_writer.ts";
import type { FileWrite } from "../movie/file_write.ts";
import { MAX_LAB_FRAME_LENGTH, serializeLabFrame } from "../movie/lab_frame.ts";
import type { MovieSink } from "./movie_sink.ts";
import { PartFile } from "./part_file.ts";
import { partName } from "./part_name.ts";

const NUMBER_DIGITS = 6;
const FRAME_NAME = /^\d{6,}\.jpg$/;

/** What an AVI file has to know of the movie that it is to hold. */
export interface MovieShape {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
}

/** Lab framing: each frame after its length in five digits. */
export async function openLabSink(path: string): Promise<MovieSink> {
  const file = await PartFile.create(path);
  return {
    write: (jpeg, number) => {
      if (jpeg.length > MAX_LAB_FRAME_LENGTH) {
        throw new Error(
          `Cannot write ${JSON.stringify(path)}: frame ${number} has ${jpeg.length} bytes, and ` +
            `lab framing holds ${MAX_LAB_FRAME_LENGTH} at most (.mjpeg and .avi hold it)`,
        );
      }
      return file.append(serializeLabFrame(jpeg, number));
    },
    commit: () => file.commit(),
    discard: () => file.discard(),
  };
}

/** One JPEG after the other. */
export async function openStreamSink(path: string): Promise<MovieSink> {
  const file = await PartFile.create(path);
  return {
    write: (jpeg) => file.append(jpeg),
    commit: () => file.commit(),
    discard: () => file.discard(),
  };
}

/** AVI, with its index. */
export async function openAviSink(path: string, shape: MovieShape): Promise<MovieSink> {
  const writer = new AviWriter(shape);
  const file = await PartFile.create(path);
  await file.write(writer.start());
  return {
    write: (jpeg) => file.write(joined(writer.frame(jpeg))),
    async commit() {
      await file.write(writer.finish());
      await file.commit();
    },
    discard: () => file.discard(),
  };
}

/** A folder with one file a frame: `000001.jpg` and so on. Frames that it had before are removed. */
export async function openFolderSink(path: string): Promise<MovieSink> {
  const part = partName(path);
  await Deno.remove(part, { recursive: true }).catch(() => {}); // left by a process that was killed
  await Deno.mkdir(part, { recursive: true });
  const names: string[] = [];
  return {
    async write(jpeg, number) {
      const name = `${String(number).padStart(NUMBER_DIGITS, "0")}.jpg`;
      names.push(name);
      await Deno.writeFile(`${part}/${name}`, jpeg);
    },
    async commit() {
      await Deno.mkdir(path, { recursive: true });
      for (const name of await framesIn(path)) await Deno.remove(`${path}/${name}`);
      for (const name of names) await Deno.rename(`${part}/${name}`, `${path}/${name}`);
      await Deno.remove(part);
    },
    async discard() {
      await Deno.remove(part, { recursive: true }).catch(() => {}); // it has been moved
    },
  };
}

/** The names of a folder's files that are called as frames are. */
export async function framesIn(path: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(path)) if (FRAME_NAME.test(name)) names.push(name);
  return names;
}

/** One write in place of several that follow each other. */
function joined(writes: readonly FileWrite[]): FileWrite[] {
  const [first] = writes;
  if (first === undefined) return [];
  let end = first.offset;
  for (const { offset, bytes } of writes) {
    if (offset !== end) return [...writes];
    end += bytes.length;
  }
  return [{ offset: first.offset, bytes: joinBytes(writes.map(({ bytes }) => bytes)) }];
}
