/**
 * What a frame of a test movie costs, beside encoding the whole picture: `deno run bench/test_movie_bench.ts`.
 */
import { JpegEncoder } from "../lib/jpeg/jpeg_encoder.ts";
import { TestMovie } from "../lib/movie/test_movie.ts";

const FRAMES = 60;
const SIZES = [[384, 288], [640, 480], [1280, 720], [1920, 1080]] as const;

/** The median time of some calls, in milliseconds. */
function median(count: number, work: (i: number) => unknown): number {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    work(i);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[count >> 1] ?? 0;
}

for (const [width, height] of SIZES) {
  const start = performance.now();
  const movie = new TestMovie("test", { width, height, framesPerSecond: 30 }, 0);
  const made = performance.now() - start;
  let length = 0;
  const frame = median(FRAMES, (i) => length = movie.frame(i * 100).length);
  const encoder = new JpegEncoder(width, height);
  const pixels = new Uint8Array(width * height * 3);
  const whole = median(10, () => encoder.encode(pixels));
  const cells = [
    `made in ${made.toFixed(0)} ms`,
    `a frame ${frame.toFixed(2)} ms, ${length} bytes`,
  ];
  // deno-lint-ignore no-console -- a benchmark prints
  console.log(`${width} x ${height}: ${cells.join(", ")}; a black picture ${whole.toFixed(2)} ms`);
}
