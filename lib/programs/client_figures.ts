import { formatSource } from "../client/failure_sentence.ts";
import { playSummaryCsv } from "../client/play_summary_csv.ts";
import {
  type FinishedPlay,
  type PlaySubject,
  playSummaryJson,
} from "../client/play_summary_json.ts";
import { playSummaryPrometheus } from "../client/play_summary_prometheus.ts";
import type { PlayResult } from "../client/play_result.ts";
import { type Verdict, verdict } from "../client/verdict.ts";
import type { ClientOutputOptions } from "../command_line/client_output_options.ts";
import { WholeFile } from "../files/whole_file.ts";
import type { ReportSubject } from "../report/report_subject.ts";

/** How much larger a picture of a report is than its page: for screens with small pixels. */
const PICTURE_SCALE = 2;

/** What figures are about. */
export interface FiguresSubject extends PlaySubject {
  readonly startedUnixMs: number;
}

/** The figures of plays, in the order of their sources, in the form that was asked for. */
export function statisticsText(
  plays: readonly FinishedPlay[],
  format: ClientOutputOptions["statsFormat"],
): string {
  switch (format) {
    case "json":
      return playSummaryJson(plays);
    case "csv":
      return playSummaryCsv(plays.map(({ result }) => result.summary.perSecond));
    case "prometheus":
      return playSummaryPrometheus(plays.map(({ result, subject }, index) => ({
        source: formatSource(subject.source),
        ...plays.length > 1 && { number: index + 1 },
        summary: result.summary,
        outcome: result.outcome,
        notWritten: subject.notWritten,
      })));
    default:
      return format satisfies never;
  }
}

/** The report of a play, if one is wanted: opened before the play, written after it. */
export class ClientReport {
  readonly #file: WholeFile;
  readonly #isPicture: boolean;
  readonly #limits: ClientOutputOptions["limits"];

  private constructor(file: WholeFile, isPicture: boolean, limits: ClientOutputOptions["limits"]) {
    this.#file = file;
    this.#isPicture = isPicture;
    this.#limits = limits;
  }

  /** @throws {Error} One sentence for the user: it cannot be written or drawn. */
  static async open(options: ClientOutputOptions): Promise<ClientReport | undefined> {
    const { report, force, limits } = options;
    if (report === undefined) return undefined;
    const isPicture = /\.png$/i.test(report);
    if (isPicture) await checkPermissions(report);
    return new ClientReport(await WholeFile.reserve(report, force), isPicture, limits);
  }

  /** @returns Why it could not be written, as a sentence. */
  async write(result: PlayResult, subject: FiguresSubject): Promise<string | undefined> {
    const { source, product, startedUnixMs, notWritten } = subject;
    const { outcome, sentence, summary } = result;
    const about: ReportSubject = {
      ...{ product, startedUnixMs, outcome, sentence, summary },
      source: formatSource(source),
      ...notWritten !== undefined && { notWritten },
      ...this.#limits !== undefined &&
        { limits: this.#limits, verdict: verdict(summary, this.#limits) },
    };
    return await this.#file.write(this.#isPicture ? await drawn(about) : await written(about));
  }
}

/** The page; what makes it is loaded only here, since plays begin sooner without it. */
async function written(about: ReportSubject): Promise<string> {
  const { htmlReport } = await import("../report/html_report.ts");
  return htmlReport(about);
}

/** The picture, as PNG. */
async function drawn(about: ReportSubject): Promise<Uint8Array> {
  const { pictureReport } = await import("../report/picture_report.ts");
  const { renderSvg } = await import("../pictures/render_svg.ts");
  return await renderSvg(pictureReport(about), PICTURE_SCALE);
}

/** What was judged; `undefined` where nothing was wanted. */
export function verdictOf(
  result: PlayResult,
  { limits }: ClientOutputOptions,
): Verdict | undefined {
  return limits === undefined ? undefined : verdict(result.summary, limits);
}

/** Pictures of reports are drawn with a native addon. */
async function checkPermissions(report: string): Promise<void> {
  const states = await Promise.all(
    (["ffi", "env", "read"] as const).map((name) => Deno.permissions.query({ name })),
  );
  if (states.every(({ state }) => state === "granted")) return;
  throw new Error(
    `Cannot draw ${JSON.stringify(report)}: it needs --allow-ffi, --allow-env and --allow-read ` +
      "(a report that ends in .html does not)",
  );
}
