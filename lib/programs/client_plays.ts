import { formatSourcesStatus } from "../client/format_sources_status.ts";
import { formatStatus } from "../client/format_status.ts";
import type { ClientOptions } from "../command_line/client_options.ts";
import type { TlsTrust } from "../sockets/connect_client.ts";
import type { WireBytes } from "../sockets/wire_tap.ts";
import type { ClientCapture } from "./client_capture.ts";
import type { ClientConsole } from "./client_console.ts";
import { statisticsText } from "./client_figures.ts";
import { ClientPlay, type ClientPlayParts, type ConcludedPlay } from "./client_play.ts";
import { EXIT_CODES } from "./exit_codes.ts";
import { numberedOptions } from "./numbered_options.ts";
import { PlayControls } from "./play_controls.ts";
import { StatisticsFile } from "./statistics_file.ts";
import { WindowError } from "./window_error.ts";
import { worstExitCode } from "./worst_exit_code.ts";

/** Options of each source, in their order. */
export type ClientSources = readonly [ClientOptions, ...ClientOptions[]];

/** What is given up where something else cannot be opened. */
interface Discarded {
  discard(): Promise<void>;
}

/** Everything that a client plays at the same time, and what all of it is written into. */
export class ClientPlays {
  /** For all that holds for each source. */
  readonly #options: ClientOptions;
  readonly #console: ClientConsole;
  readonly #plays: readonly ClientPlay[];
  readonly #capture: ClientCapture | undefined;
  readonly #statistics: StatisticsFile | undefined;
  #controls: PlayControls | undefined;

  private constructor(
    options: ClientOptions,
    console: ClientConsole,
    plays: readonly ClientPlay[],
    capture: ClientCapture | undefined,
    statistics: StatisticsFile | undefined,
  ) {
    this.#options = options;
    this.#console = console;
    this.#plays = plays;
    this.#capture = capture;
    this.#statistics = statistics;
  }

  /**
   * Opens all that is to be written; where one of it cannot be, nothing is left behind.
   *
   * @throws {Error} One sentence for the user.
   */
  static async open(sources: ClientSources, parts: ClientPlayParts): Promise<ClientPlays> {
    const [first, ...more] = sources;
    const { force, pcap, stats } = first.outputs;
    const opened: Discarded[] = [];
    const keep = <T extends Discarded>(one: T): T => {
      opened.unshift(one);
      return one;
    };
    const open = async (options: ClientOptions, index: number) => {
      if (more.length === 0) return keep(await ClientPlay.open(options, parts));
      const own = { ...parts, console: parts.console.numbered(index + 1) };
      return keep(await ClientPlay.open(numberedOptions(options, index + 1), own));
    };
    try {
      const plays: ClientPlay[] = [];
      for (const [index, options] of sources.entries()) plays.push(await open(options, index));
      const capture = pcap === undefined
        ? undefined
        : keep(await openCapture(pcap, force, `Zoetrope/${parts.version}`));
      const statistics = stats === undefined ? undefined : await StatisticsFile.open(stats);
      return new ClientPlays(first, parts.console, plays, capture, statistics);
    } catch (error) {
      await discardAll(opened);
      throw error;
    }
  }

  /** Plays all to their ends; returns the exit code. To be called once. */
  async play(trust: TlsTrust): Promise<number> {
    const capture = this.#capture;
    const parts = {
      trust,
      capture: capture && ((bytes: WireBytes) => capture.add(bytes)),
      begins: () => this.#begins(),
      ended: () => this.#ended(),
    };
    try {
      await Promise.all(this.#plays.map((play) => play.play(parts)));
      return await this.#conclude();
    } catch (error) {
      if (!(error instanceof WindowError)) throw error;
      this.#console.complain(error.message);
      await discardAll([this.#statistics, capture, ...this.#plays]);
      return EXIT_CODES.usage;
    }
  }

  /** The first of them begins; the others do in the same moment. */
  #begins(): void {
    if (this.#controls !== undefined) return;
    const console = this.#console;
    this.#controls = PlayControls.start(this.#options, {
      stop: () => this.#plays.forEach((play) => play.stop()),
      command: (step) => this.#plays.forEach((play) => play.command(step)),
      tell: (line) => console.tell(line),
    });
    const { quiet, trace } = this.#options;
    if (!quiet && !trace) console.startStatus((columns) => this.#status(columns));
  }

  /** One of them has ended. */
  #ended(): void {
    if (this.#plays.some(({ isPlaying }) => isPlaying)) return;
    this.#console.endStatus();
    this.#controls?.close();
  }

  /** One line about how it stands. */
  #status(columns: number): string {
    const facts = this.#plays.flatMap(({ status, isPlaying }) =>
      status === undefined ? [] : [{ ...status, isPlaying }]
    );
    const [first] = facts;
    if (this.#plays.length === 1 && first !== undefined) return formatStatus(first, columns);
    return formatSourcesStatus(facts, columns);
  }

  /** Writes what all have in common; returns the exit code. */
  async #conclude(): Promise<number> {
    const { statsFormat } = this.#options.outputs;
    const plays: ConcludedPlay[] = [];
    for (const play of this.#plays) plays.push(await play.conclude());
    const problems = [
      await this.#statistics?.write(statisticsText(plays, statsFormat)),
      await this.#capture?.close(),
    ].filter((sentence) => sentence !== undefined);
    this.#statistics?.close();
    for (const problem of problems) this.#console.complain(problem);
    const codes = plays.map(({ exitCode }) => exitCode);
    const isTold = problems.length === 0 && this.#console.problem === undefined;
    return worstExitCode(isTold ? codes : [...codes, EXIT_CODES.failed]);
  }
}

/** What a capture needs is loaded only here, since plays begin sooner without it. */
async function openCapture(path: string, force: boolean, product: string): Promise<ClientCapture> {
  const { ClientCapture } = await import("./client_capture.ts");
  return await ClientCapture.open(path, force, product);
}

async function discardAll(opened: readonly (Discarded | undefined)[]): Promise<void> {
  for (const one of opened) await one?.discard();
}
