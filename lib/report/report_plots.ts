import { bucketSeconds, type SecondsBucket } from "./bucket_seconds.ts";
import type { Plot } from "./plot.ts";
import type { ReportSubject } from "./report_subject.ts";

/** Steps of a plot: as many as can be told apart. */
const MOST_STEPS = 500;

type Draft = Omit<Plot, "values" | "lows" | "stepSeconds" | "endSeconds"> & {
  readonly value: (bucket: SecondsBucket) => number | null;
  readonly low?: (bucket: SecondsBucket) => number | null;
  /** Not shown where all values are 0. */
  readonly hiddenAtZero?: true;
};

/** The plots of a report: those for which there is something to show. */
export function reportPlots({ summary, limits }: ReportSubject): Plot[] {
  const { stepSeconds, buckets } = bucketSeconds(summary.perSecond, MOST_STEPS);
  const endSeconds = stepSeconds * (buckets.length - 1) + (buckets.at(-1)?.seconds ?? stepSeconds);
  return drafts(limits, mostRate(buckets)).flatMap(({ value, low, hiddenAtZero, ...draft }) => {
    const values = buckets.map(value);
    const isEmpty = (one: number | null) => one === null || hiddenAtZero && one === 0;
    if (values.every(isEmpty)) return [];
    const lows = low === undefined ? {} : { lows: buckets.map(low) };
    return [{ ...draft, values, ...lows, stepSeconds, endSeconds }];
  });
}

function drafts(limits: ReportSubject["limits"], rate: BitUnit): Draft[] {
  const { minFramesPerSecond, maxJitterMs } = limits ?? {};
  return [
    {
      title: "Data rate",
      unit: rate.name,
      colour: "blue",
      kind: "line",
      value: ({ bitsPerSecond }) => bitsPerSecond === null ? null : bitsPerSecond / rate.bits,
    },
    {
      title: "Frame rate",
      unit: "frames a second",
      colour: "green",
      kind: "line",
      value: ({ framesPerSecond }) => framesPerSecond,
      ...minFramesPerSecond !== undefined &&
        { limit: { value: minFramesPerSecond, label: `at least ${minFramesPerSecond}` } },
    },
    { title: "Loss", unit: "packets", colour: "red", kind: "bars", value: ({ lost }) => lost },
    {
      title: "Broken frames",
      unit: "frames",
      colour: "red",
      kind: "bars",
      value: ({ broken }) => broken,
      hiddenAtZero: true,
    },
    {
      title: "Jitter",
      unit: "ms",
      colour: "amber",
      kind: "line",
      value: ({ jitterMs }) => jitterMs,
      ...maxJitterMs !== undefined &&
        { limit: { value: maxJitterMs, label: `at most ${maxJitterMs}` } },
    },
    {
      title: "Longest gap between frames",
      unit: "ms",
      colour: "violet",
      kind: "line",
      value: ({ longestGapMs }) => longestGapMs,
    },
    {
      title: "Frame sizes, smallest to largest",
      unit: "kB",
      colour: "teal",
      kind: "band",
      value: ({ mostFrameBytes }) => mostFrameBytes === null ? null : mostFrameBytes / 1000,
      low: ({ leastFrameBytes }) => leastFrameBytes === null ? null : leastFrameBytes / 1000,
    },
  ];
}

interface BitUnit {
  readonly name: string;
  readonly bits: number;
}

function mostRate(buckets: readonly SecondsBucket[]): BitUnit {
  const most = Math.max(0, ...buckets.map(({ bitsPerSecond }) => bitsPerSecond ?? 0));
  return most >= 1e6 ? { name: "Mbit/s", bits: 1e6 } : { name: "kbit/s", bits: 1e3 };
}
