/** How a program is run. */
export interface RunOptions {
  /** How long it may take; it is killed then, and the run fails. Default 30 s. */
  readonly mostMs?: number;
  readonly cwd?: string;
  /** Written to its standard input. */
  readonly input?: Uint8Array;
  /** Whether an exit code other than 0 is expected; without it, that fails. */
  readonly mayFail?: boolean;
}

/** What a program left. */
export interface ProgramResult {
  readonly code: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
  readonly tookMs: number;
}

/** Runs a program to its end. */
export async function runProgram(
  command: string,
  args: readonly string[],
  { mostMs = 30_000, cwd, input, mayFail = false }: RunOptions = {},
): Promise<ProgramResult> {
  const startMs = performance.now();
  const child = new Deno.Command(command, {
    args: [...args],
    ...cwd === undefined ? {} : { cwd },
    stdin: input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), mostMs);
  try {
    const [{ code, signal, stdout, stderr }] = await Promise.all([
      child.output(),
      input === undefined ? undefined : write(child.stdin, input),
    ]);
    const text = new TextDecoder().decode(stderr);
    if (code !== 0 && !mayFail) {
      const end = signal === null ? `code ${code}` : signal;
      throw new Error(`${command} ${args.join(" ")} ended with ${end}:\n${text}`);
    }
    return { code, stdout, stderr: text, tookMs: performance.now() - startMs };
  } finally {
    clearTimeout(timer);
  }
}

async function write(stdin: WritableStream<Uint8Array>, input: Uint8Array): Promise<void> {
  const writer = stdin.getWriter();
  await writer.write(input);
  await writer.close();
}
