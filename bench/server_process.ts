import { processorTimeMs } from "./processor_time.ts";

/** How long a program may take to say that it is ready. */
const START_MS = 30_000;

/** How long a program may take to end by itself once its input has ended. */
const END_MS = 3000;

/** A program that is measured or measures, talked to by lines; ended by its process id. */
export class BenchProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: AsyncIterator<string>;
  readonly #errors: Promise<string>;

  constructor(program: string, args: readonly string[], cwd?: string) {
    const pipes = { stdin: "piped", stdout: "piped", stderr: "piped" } as const;
    const where = cwd === undefined ? {} : { cwd };
    this.#child = new Deno.Command(program, { args: [...args], ...pipes, ...where }).spawn();
    this.#input = this.#child.stdin.getWriter();
    this.#lines = linesOf(this.#child.stdout);
    this.#errors = new Response(this.#child.stderr).text();
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** The next line that it prints and that matches. */
  async line(pattern: RegExp): Promise<RegExpExecArray> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`No ${pattern} for ${START_MS} ms`)), START_MS);
    });
    try {
      for (;;) {
        const next = await Promise.race([this.#lines.next(), late]);
        if (next.done === true) {
          throw new Error(`Ended before ${pattern}: ${(await this.#errors).trim()}`);
        }
        const found = pattern.exec(next.value);
        if (found !== null) return found;
      }
    } finally {
      clearTimeout(timer);
    }
  }

  /** Says a line to it. */
  async say(text: string): Promise<void> {
    await this.#input.write(new TextEncoder().encode(text + "\n"));
  }

  /** Processor time of all its threads so far, also of those that have ended, in milliseconds. */
  cpuMs(): number {
    return processorTimeMs(this.pid);
  }

  /** Memory in use, in kilobytes. */
  residentKb(): number {
    const status = Deno.readTextFileSync(`/proc/${this.pid}/status`);
    return Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#input.close().catch(() => {}); // it may have ended before
    const timer = setTimeout(() => this.#kill("SIGTERM"), 100);
    const last = setTimeout(() => this.#kill("SIGKILL"), END_MS);
    await this.#child.status;
    clearTimeout(timer);
    clearTimeout(last);
    while (!(await this.#lines.next()).done);
    await this.#errors;
  }

  #kill(signal: Deno.Signal): void {
    try {
      this.#child.kill(signal);
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

async function* linesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
