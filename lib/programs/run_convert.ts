import { progressBar } from "../client/progress_bar.ts";
import { parseConvertOptions } from "../command_line/convert_options.ts";
import { printText } from "../command_line/print_text.ts";
import { convertMovie } from "../files/convert_movie.ts";
import { OutputError } from "../files/output_error.ts";
import { onStopSignals } from "./on_stop_signals.ts";

const USAGE = 2;
const FAILED = 1;

/** Most updates of the progress bar a second. */
const UPDATE_MS = 100;

/**
 * `zoetrope-client convert IN OUT`: copies a movie into another container.
 *
 * @param argv Behind the word `convert`.
 * @returns The exit code: 0 done, 1 failed (no half file is left), 2 wrong usage, or an output that
 *   cannot be written.
 */
export async function runConvert(argv: readonly string[], version: string): Promise<number> {
  const parsed = parseConvertOptions(argv, version);
  if (parsed.kind === "problem") {
    complain(`${parsed.message}\nTry: zoetrope-client convert --help`);
    return USAGE;
  }
  if (parsed.kind !== "options") {
    printText(Deno.stdout, parsed.text);
    return 0;
  }
  const { input, output, force, fps, quiet } = parsed.options;
  const stopping = new AbortController();
  using _signals = onStopSignals(() => stopping.abort());
  const bar = new ProgressLine(!quiet && Deno.stderr.isTerminal());
  try {
    const converted = await convertMovie({
      input,
      output,
      force,
      framesPerSecond: fps,
      onProgress: ({ frames, of }) => bar.show(frames, of),
      signal: stopping.signal,
    });
    bar.clear();
    if (converted.warning !== undefined) complain(converted.warning);
    if (!quiet) {
      const { frames, bytes } = converted;
      printText(Deno.stdout, `Wrote ${frames} frames (${bytes} bytes) to ${output}\n`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    bar.clear();
    complain(error.message);
    return error instanceof OutputError ? USAGE : FAILED;
  }
}

function complain(sentence: string): void {
  printText(Deno.stderr, `zoetrope-client: ${sentence}\n`);
}

/** A progress bar on a terminal; nothing elsewhere. */
class ProgressLine {
  readonly #isShown: boolean;
  #lastMs = -Infinity;

  constructor(isShown: boolean) {
    this.#isShown = isShown;
  }

  show(done: number, of: number): void {
    const nowMs = performance.now();
    if (!this.#isShown || (nowMs - this.#lastMs < UPDATE_MS && done < of)) return;
    this.#lastMs = nowMs;
    printText(Deno.stderr, `\r${progressBar(of === 0 ? 1 : done / of)}  ${done} of ${of} frames`);
  }

  clear(): void {
    if (this.#isShown) printText(Deno.stderr, "\r\x1b[K");
  }
}
