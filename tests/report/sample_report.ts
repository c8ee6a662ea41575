import type { SecondFigures } from "../../lib/client/second_figures.ts";
import type { ReportSubject } from "../../lib/report/report_subject.ts";
import { SAMPLE_SUMMARY } from "../client/sample_summary.ts";

/** Seconds in which some packets are lost, and everything is measured. */
export function sampleSeconds(count: number): SecondFigures[] {
  return Array.from({ length: count }, (_, i) => ({
    packets: 120,
    frames: i % 17 === 3 ? 16 : 20,
    payloadBytes: 150_000 + (i % 5) * 4000,
    lost: i % 17 === 3 ? 4 : 0,
    broken: i % 17 === 3 ? 2 : 0,
    jitterMs: 0.3 + (i % 7) * 0.01,
    longestGapMs: i % 17 === 3 ? 151 : 51,
    leastFrameBytes: 6000 + i % 9,
    mostFrameBytes: 9000 - i % 11,
  }));
}

/** The subject of a report over so many seconds. */
export function sampleReport(seconds: readonly SecondFigures[]): ReportSubject {
  return {
    source: "rtsp://127.0.0.1:8554/movie.Mjpeg",
    product: "Zoetrope/test",
    startedUnixMs: Date.UTC(2026, 0, 2, 3, 4, 5),
    outcome: "played",
    sentence: "Played rtsp://127.0.0.1:8554/movie.Mjpeg to its end",
    summary: { ...SAMPLE_SUMMARY, playingSeconds: seconds.length, perSecond: seconds },
  };
}
