import { type BenchReport, type BenchSection, costOf } from "./bench_report.ts";
import type { BenchMovie } from "./server_media.ts";
import type { BenchTools, Run, Subject } from "./server_subjects.ts";
import { takeTurns, type Turns, turnsSeconds } from "./take_turns.ts";

/** With so many streams each server takes about half a core: ours and the C program, */
const MOST = 1200;
/** gst-rtsp-server with one pipeline for all, */
export const MANY = 500;
/** and with a pipeline for each. */
const SOME = 120;
/** What VLC carries well: it has ended before 300. */
const FEW = 100;

const FULL: Turns = { passes: 2, warmUpMs: 3000, sliceMs: 1500, slices: 3 };
const QUICK: Turns = { passes: 1, warmUpMs: 2500, sliceMs: 1000, slices: 1 };

/** Processor time per stream beside the peers, by turns. */
export function compareCosts(
  report: BenchReport,
  tools: BenchTools,
  movie: BenchMovie,
  isQuick: boolean,
): BenchSection[] {
  const turns = isQuick ? QUICK : FULL;
  const { peerProblem } = tools;
  const gst: [Subject, number][] = [["gst on demand", SOME], ["gst shared", MANY]];
  const udp: [Subject, number][] = [["ours", MOST], ["C with GSO", MOST], ["ours", MANY]];
  const tcp: [Subject, number][] = [["ours", MANY]];
  if (peerProblem === undefined) {
    udp.push(...gst);
    tcp.push(["gst on demand", SOME]);
  }
  const run = async (list: readonly [Subject, number][], transport: "udp" | "tcp") => {
    const plans = list.map(([subject, count]): Run => ({ subject, count, movie, transport }));
    return (await takeTurns(report, tools, plans, turns)).map(costOf);
  };
  const many = `${MANY} streams, ${SOME} of theirs`;
  const missing = peerProblem === undefined ? {} : { missing: peerProblem };
  return [
    {
      name: "12 kB by UDP beside the peers",
      plannedSeconds: turnsSeconds(udp.length, turns),
      run: async () => {
        const [ours, c, oursAtMany, demand, shared] = await run(udp, "udp");
        const counts = `${MOST} streams, of theirs`;
        const what = "12 kB by UDP, to";
        report.ratio(`${what} gst on demand (${counts} ${SOME})`, 1 / 8, [ours, demand], missing);
        report.ratio(`${what} gst shared (${counts} ${MANY})`, 1 / 2, [ours, shared], missing);
        report.ratio(`${what} C with GSO (${MOST} streams)`, 2, [ours, c]);
        report.ratio(
          `${what} gst shared, as many streams (${MANY})`,
          undefined,
          [oursAtMany, shared],
          missing,
        );
      },
    },
    {
      name: "12 kB by TCP beside the peer",
      plannedSeconds: turnsSeconds(tcp.length, turns),
      run: async () => {
        const [ours, demand] = await run(tcp, "tcp");
        report.ratio(`12 kB by TCP, to gst on demand (${many})`, 1 / 6, [ours, demand], missing);
      },
    },
    ...isQuick ? [] : [{
      name: "VLC as a server",
      plannedSeconds: turnsSeconds(2, { ...turns, passes: 1, slices: 5 }),
      run: async () => {
        const plans = (["ours", "VLC"] as const).map((subject) => ({ subject, count: FEW, movie }));
        const [ours, vlc] = (await takeTurns(report, tools, plans, {
          ...{ ...turns, passes: 1, slices: 5 },
        })).map(costOf);
        report.ratio(`12 kB by UDP, to VLC (${FEW} streams)`, undefined, [ours, vlc], {
          missing: "VLC did not serve",
          remark: "; its movie is encoded anew by FFmpeg: it sends none of our frames",
        });
      },
    }],
  ];
}
