import type { PlaySummary } from "../../lib/client/play_summary.ts";

/** Figures of 100 seconds of play, as tests of their forms use them. */
export const SAMPLE_SUMMARY: PlaySummary = {
  packets: {
    received: 1990,
    expected: 2000,
    lost: 15,
    duplicate: 5,
    late: 1,
    reordered: 7,
    foreign: 0,
    lossRate: 0.0075,
  },
  frames: { whole: 1984, broken: 2, brokenBy: {} },
  payloadBytes: 16_983_210,
  dataRateBitsPerSecond: 1_358_656.8,
  framesPerSecond: 19.84,
  jitterMs: 0.314,
  jitterBasis: "timestamps",
  gapsMs: { min: 48.91, mean: 50.4, p99: 100.2, max: 150.06 },
  packetGapsMs: { min: 0.02, mean: 50.2, max: 150.06 },
  firstFrameMs: 41.26,
  playingSeconds: 100,
  durationSeconds: 161.5,
  dialect: "lab",
  transport: null,
  receiveBufferBytes: null,
  roundTripMs: null,
  keepalives: 0,
  reconnects: 0,
  rtcp: null,
  samplingIntervalMs: 1000,
  perSecondRange: {
    dataRateBitsPerSecond: { min: 480_000, max: 1_200_000 },
    lossRate: { min: 0, max: 0.1 },
  },
  perSecond: [
    { packets: 20, frames: 20, payloadBytes: 150_000 },
    { packets: 18, frames: 18, payloadBytes: 60_000 },
    { packets: 1, frames: 1, payloadBytes: 10 },
  ],
};
