import { runBatch } from "../jpeg/libjpeg_peer.ts";
import { readPnm } from "./read_pnm.ts";

/** The luma samples of JPEGs, as libjpeg-turbo decodes them. */
export async function decodeLuma(jpegs: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const inputs = new Map(jpegs.map((jpeg, index) => [`${index}.jpg`, jpeg]));
  const script = jpegs.map((_, i) => `djpeg -grayscale -outfile ${i}.pgm ${i}.jpg`);
  const outputs = await runBatch(inputs, script);
  return jpegs.map((_, i) => readPnm(outputs.get(`${i}.pgm`) as Uint8Array).samples);
}
