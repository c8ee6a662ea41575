import type { ClientOutputOptions } from "../command_line/client_output_options.ts";
import { StatusLine } from "./status_line.ts";
import { printText } from "../command_line/print_text.ts";
import { failureText } from "../files/failure_text.ts";

type Stream = typeof Deno.stdout | typeof Deno.stderr;

/** Where a client talks to its user. */
export class ClientConsole {
  readonly #text: Stream;
  readonly #prefix: string;
  readonly #status: StatusLine;
  /** What went wrong, for all that share it. */
  readonly #failure: { sentence?: string };

  private constructor(
    text: Stream,
    prefix: string,
    status: StatusLine,
    failure: { sentence?: string } = {},
  ) {
    this.#text = text;
    this.#prefix = prefix;
    this.#status = status;
    this.#failure = failure;
  }

  /** @param outputs What else goes to standard output: then text for people does not. */
  static of(
    { toStdout, stats }: Pick<ClientOutputOptions, "toStdout" | "stats"> = {
      toStdout: false,
      stats: undefined,
    },
  ): ClientConsole {
    const text = toStdout || stats === "-" ? Deno.stderr : Deno.stdout;
    const status = new StatusLine({ write: printIfHeard, columns });
    return new ClientConsole(text, "", status);
  }

  /** The same for one of several sources: `[2] ` stands before each of its lines. */
  numbered(number: number): ClientConsole {
    return new ClientConsole(this.#text, `[${number}] `, this.#status, this.#failure);
  }

  /** What could not be written of the text that was asked for, as a sentence. */
  get problem(): string | undefined {
    return this.#failure.sentence;
  }

  /** Writes what was asked for, lines with their ends; what cannot be written is complained of once. */
  print(text: string): void {
    if (this.problem !== undefined) return;
    try {
      this.#status.clear();
      printText(this.#text, this.#prefixed(text));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const name = this.#text === Deno.stdout ? "output" : "error";
      this.#failure.sentence = `Cannot write to standard ${name}: ${failureText(error)}`;
      this.complain(this.#failure.sentence);
    }
  }

  /** Writes what happens: a line without its end. */
  tell(line: string): void {
    this.#status.clear();
    printIfHeard(`${this.#prefixed(line)}\n`);
  }

  /** Writes what is wrong. */
  complain(sentence: string): void {
    this.tell(`zoetrope-client: ${sentence}`);
  }

  /** Whether a status line can be seen. */
  get isOnTerminal(): boolean {
    return Deno.stderr.isTerminal();
  }

  /** Shows a line at the bottom where standard error is a terminal, until `endStatus()`. */
  startStatus(text: (columns: number) => string): void {
    if (this.isOnTerminal) this.#status.start(text);
  }

  /** Takes the line away for good. */
  endStatus(): void {
    this.#status.stop();
  }

  #prefixed(text: string): string {
    return this.#prefix === "" ? text : text.replace(/^(?=.)/gm, this.#prefix);
  }
}

/** Writes to standard error; where that cannot be, there is nobody left to tell. */
function printIfHeard(text: string): void {
  try {
    printText(Deno.stderr, text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

/** Of the terminal; where it does not say, what terminals usually have. */
function columns(): number {
  const usual = 80;
  try {
    return Deno.consoleSize().columns || usual;
  } catch {
    return usual;
  }
}
