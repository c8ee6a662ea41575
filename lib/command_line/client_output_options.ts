import type { FrameChoice } from "../client/frame_choice.ts";
import type { VerdictLimits } from "../client/verdict.ts";
import type { CLIENT_OUTPUT_TABLE } from "./client_output_table.ts";
import type { OptionValues } from "./option_table.ts";
import { parseAt, parseEvery } from "./parse_frame_choice.ts";
import { parsePercentage } from "./parse_percentage.ts";
import { optionName } from "./option_name.ts";
import { samePlace } from "./same_place.ts";

/** The values of the options for what a client writes. */
export type ClientOutputValues = OptionValues<typeof CLIENT_OUTPUT_TABLE>;

/** What a client is to write, as it was told. */
export type ClientOutputOptions =
  & Omit<
    ClientOutputValues,
    "every" | "at" | "segment" | "output" | "maxLoss" | "minFps" | "maxJitter"
  >
  & {
    /** Which frames become pictures; `undefined`: all. */
    readonly choice: FrameChoice | undefined;
    readonly segmentMs: number | undefined;
    /** Whether frames go to standard output. */
    readonly toStdout: boolean;
    /** What the play has to hold; `undefined` where there is no verdict. */
    readonly limits: VerdictLimits | undefined;
  };

/** Options that say what is written, for messages. */
const PICTURES = ["dump", "thumbnails", "sheet"] as const;
const FILES = [...PICTURES, "snapshot", "record", "report", "pcap"] as const;

/** Endings of pictures that are no JPEGs. */
const OTHER_PICTURES = /\.(png|gif|webp|avif|bmp|tiff?)$/i;

/** What is to be written, or what is wrong with it: one sentence. */
export function readClientOutputs(values: ClientOutputValues): ClientOutputOptions | string {
  const { every, at, segment, output, maxLoss, minFps, maxJitter } = values;
  const { dump, thumbnails, sheet, snapshot, size, columns, record, force } = values;
  const { stats, statsFormat, report, pcap } = values;
  const problem = outputsProblem(values);
  if (problem !== undefined) return problem;
  const choice = every !== undefined
    ? parseEvery(every)
    : at === undefined
    ? undefined
    : parseAt(at);
  if (every !== undefined && choice === undefined) {
    return `--every needs a number of frames or a time, such as 10 or 2s, not ${quote(every)}`;
  }
  if (at !== undefined && choice === undefined) {
    return `--at needs times with commas between them, such as 1.5,3,10, not ${quote(at)}`;
  }
  const share = maxLoss === undefined ? undefined : parsePercentage(maxLoss);
  if (maxLoss !== undefined && share === undefined) {
    return `--max-loss needs a percentage from 0% to 100%, such as 1%, not ${quote(maxLoss)}`;
  }
  const hasLimits = maxLoss !== undefined || minFps !== undefined || maxJitter !== undefined;
  return {
    ...{ dump, thumbnails, sheet, snapshot, size, columns, record, force },
    ...{ stats, statsFormat, report, pcap },
    choice,
    segmentMs: segment,
    toStdout: output === "-",
    limits: hasLimits
      ? { maxLoss: share, minFramesPerSecond: minFps, maxJitterMs: maxJitter }
      : undefined,
  };
}

function outputsProblem(values: ClientOutputValues): string | undefined {
  const { every, at, sheet, report, output, stats, force } = values;
  if (every !== undefined && at !== undefined) return "--every and --at contradict each other";
  const chosen = every !== undefined ? "every" : at !== undefined ? "at" : undefined;
  if (chosen !== undefined && PICTURES.every((name) => values[name] === undefined)) {
    return `--${chosen} means nothing without --dump, --thumbnails or --sheet`;
  }
  if (force && FILES.every((name) => values[name] === undefined)) {
    return "--force means nothing without --dump, --record or another option that writes files";
  }
  if (sheet !== undefined && !/\.(png|jpe?g)$/i.test(sheet)) {
    return `--sheet needs a file that ends in .png or .jpg, not ${quote(sheet)}`;
  }
  if (report !== undefined && !/\.(html?|png)$/i.test(report)) {
    return `--report needs a file that ends in .html or .png, not ${quote(report)}`;
  }
  if (output !== undefined && output !== "-") {
    return `--output needs - for standard output, not ${quote(output)}: --record writes files`;
  }
  if (output === "-" && stats === "-") {
    return "--output - and --stats - contradict each other: both want standard output";
  }
  return placesProblem(values);
}

function placesProblem(values: ClientOutputValues): string | undefined {
  const { snapshot } = values;
  const dash = FILES.find((name) => values[name] === "-");
  if (dash !== undefined) {
    return `--${dash} writes no standard output: frames go there by --output -, figures by --stats -`;
  }
  if (snapshot !== undefined && OTHER_PICTURES.test(snapshot)) {
    return `--snapshot writes a JPEG, which ends in .jpg: not ${quote(snapshot)}`;
  }
  const same = samePlace([...FILES, "stats" as const].map((name) => [name, values[name]]));
  if (same === undefined) return undefined;
  const [one, other] = same.map((name) => `--${optionName(name)}`);
  return `${one} and ${other} contradict each other: both want ${quote(values[same[0]] ?? "")}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
