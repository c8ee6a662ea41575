import config from "../../deno.json" with { type: "json" };

/** The repository's root. */
export const ROOT = new URL("../../", import.meta.url);

/** Where compiled programs are to be tested instead of the sources. */
const BINARIES = Deno.env.get("ZOETROPE_BINARIES");

/** How long a program may take to say that it is ready. */
const START_MS = 20_000;

/** What a finished program left. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The words of one program's command: the compiled binary's, or those of its task in deno.json. */
export function commandLine(
  program: "server" | "client",
  args: readonly string[],
): readonly [string, ...string[]] {
  if (BINARIES !== undefined) return [`${BINARIES}/zoetrope-${program}`, ...args];
  const task = config.tasks[program === "server" ? "serve" : "play"].command;
  const [, ...words] = task.split(" ");
  return [Deno.execPath(), ...words, ...args];
}

function commandOf(program: "server" | "client", args: readonly string[]): Deno.Command {
  const [command, ...words] = commandLine(program, args);
  return new Deno.Command(command, {
    args: words,
    cwd: ROOT,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

/** Runs the client to its end. */
export async function runClient(args: readonly string[]): Promise<Finished> {
  const { code, stdout, stderr } = await commandOf("client", args).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Runs the server to its end: for arguments with which it does not start. */
export async function runServer(args: readonly string[]): Promise<Finished> {
  const { code, stdout, stderr } = await commandOf("server", args).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** One of our programs while it runs; ended by its process id. */
export class RunningProgram implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #out = { stdout: "", stderr: "" };
  readonly #reading: Promise<unknown>;
  #changed = Promise.withResolvers<void>();

  private constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#reading = Promise.all([this.#read("stdout"), this.#read("stderr")]);
  }

  /** Starts a server, on a port that the system chooses unless given, and waits until it listens. */
  static async server(args: readonly string[] = [], wanted: number = 0): Promise<RunningServer> {
    const program = new RunningProgram(commandOf("server", [String(wanted), ...args]).spawn());
    const [, port = ""] = await program.says("stdout", /rtsps?:\/\/\S*?:(\d+)\//);
    return Object.assign(program, { port: Number(port) });
  }

  /** Starts a server as its arguments say, and does not wait for it. */
  static startServer(args: readonly string[]): RunningProgram {
    return new RunningProgram(commandOf("server", args).spawn());
  }

  /** Starts a client. */
  static client(args: readonly string[]): RunningProgram {
    return new RunningProgram(commandOf("client", args).spawn());
  }

  get stdout(): string {
    return this.#out.stdout;
  }

  get stderr(): string {
    return this.#out.stderr;
  }

  /** Waits until the program has printed what matches. */
  async says(where: "stdout" | "stderr", pattern: RegExp): Promise<RegExpExecArray> {
    const deadline = performance.now() + START_MS;
    for (;;) {
      const found = pattern.exec(this.#out[where]);
      if (found !== null) return found;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<void>((resolve) => timer = setTimeout(resolve, 250));
      await Promise.race([this.#changed.promise, late]);
      clearTimeout(timer);
      if (performance.now() > deadline) {
        await this.stop("SIGKILL");
        throw new Error(`Cannot find ${pattern} in ${where}:\n${this.stdout}\n${this.stderr}`);
      }
    }
  }

  /** Sends a signal and does not wait for what comes of it. */
  signal(signal: Deno.Signal): void {
    this.#child.kill(signal);
  }

  /** Sends a signal and waits for the end. */
  async stop(signal: Deno.Signal = "SIGTERM"): Promise<Finished> {
    try {
      this.#child.kill(signal);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // it has ended by itself
    }
    return await this.finished();
  }

  /** Waits for the end. */
  async finished(): Promise<Finished> {
    const { code } = await this.#child.status;
    await this.#reading;
    return { code, stdout: this.stdout, stderr: this.stderr };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop("SIGKILL");
  }

  async #read(which: "stdout" | "stderr"): Promise<void> {
    for await (const text of this.#child[which].pipeThrough(new TextDecoderStream())) {
      this.#out[which] += text;
      this.#changed.resolve();
      this.#changed = Promise.withResolvers();
    }
  }
}

/** A server and the port that it listens on. */
export type RunningServer = RunningProgram & { readonly port: number };
