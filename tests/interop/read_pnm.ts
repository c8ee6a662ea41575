/** A picture as PGM or PPM. */
export interface PnmPicture {
  readonly width: number;
  readonly height: number;
  /** 1 for grey, 3 for red, green, blue. */
  readonly channels: 1 | 3;
  /** Row by row, without gaps. */
  readonly samples: Uint8Array;
}

/** Reads what djpeg writes: binary PGM or PPM, 8 bits a sample, no comments. */
export function readPnm(bytes: Uint8Array): PnmPicture {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 40));
  const [whole, kind, width, height] = /^P([56])\s+(\d+)\s+(\d+)\s+255\s/.exec(head) ?? [];
  if (whole === undefined) throw new Error(`Cannot read a picture that begins with ${head}`);
  const channels = kind === "5" ? 1 : 3;
  const size = { width: Number(width), height: Number(height) };
  const samples = bytes.subarray(whole.length);
  if (samples.length !== size.width * size.height * channels) {
    throw new Error(`Cannot read a picture of ${samples.length} samples: ${whole}`);
  }
  return { ...size, channels, samples };
}
