/**
 * The frames of a file in lab framing: five ASCII digits, then so many bytes. It is read here by hand,
 * so that what tests compare with does not come from the code that they test.
 */
export async function labMovieFrames(path: string | URL): Promise<Uint8Array[]> {
  const bytes = await Deno.readFile(path);
  const frames: Uint8Array[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const digits = new TextDecoder().decode(bytes.subarray(offset, offset + 5));
    if (!/^\d{5}$/.test(digits)) {
      throw new Error(`No frame at byte ${offset} of ${path}: ${digits}`);
    }
    frames.push(bytes.subarray(offset + 5, offset + 5 + Number(digits)));
    offset += 5 + Number(digits);
  }
  return frames;
}

/** The bytes of a file in lab framing. */
export function labMovieFile(frames: readonly Uint8Array[]): Uint8Array {
  const parts = frames.flatMap((frame) => {
    const digits = String(frame.length).padStart(5, "0");
    return [new TextEncoder().encode(digits), frame];
  });
  const file = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    file.set(part, offset);
    offset += part.length;
  }
  return file;
}
