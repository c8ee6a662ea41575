/** Most bytes for which each cut in three is made as well. */
const MOST_FOR_THREE = 120;

/** The stream in chunks: whole, byte by byte, each cut in two, and (if short) each cut in three. */
export function* everyCut(stream: Uint8Array): Generator<Uint8Array[]> {
  yield [stream];
  yield Array.from(stream, (_, i) => stream.subarray(i, i + 1));
  for (let a = 1; a < stream.length; a++) {
    yield [stream.subarray(0, a), stream.subarray(a)];
    if (stream.length > MOST_FOR_THREE) continue;
    for (let b = a + 1; b < stream.length; b++) {
      yield [stream.subarray(0, a), stream.subarray(a, b), stream.subarray(b)];
    }
  }
}
