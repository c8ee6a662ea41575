import { assert, assertEquals } from "@std/assert";
import {
  type LabelledSummary,
  playSummaryPrometheus,
} from "../../lib/client/play_summary_prometheus.ts";
import { SAMPLE_SUMMARY } from "./sample_summary.ts";

const LINE =
  /^(# (HELP|TYPE) [a-z_0-9]+ .+|[a-z_0-9]+\{source="(\\.|[^"\\\n])*"\} -?\d+(\.\d+)?(e-?\d+)?)$/;

Deno.test("playSummaryPrometheus() has help, type and value of each figure", () => {
  const text = playSummaryPrometheus([{
    source: "rtsp://a/b",
    summary: SAMPLE_SUMMARY,
    outcome: "played",
  }]);
  assertEquals(
    text.slice(0, text.indexOf("# HELP zoetrope_client_packets_expected")),
    `\
# HELP zoetrope_client_success 1: played, 0: failed or refused
# TYPE zoetrope_client_success gauge
zoetrope_client_success{source="rtsp://a/b"} 1
# HELP zoetrope_client_packets_received_total RTP packets that came
# TYPE zoetrope_client_packets_received_total counter
zoetrope_client_packets_received_total{source="rtsp://a/b"} 1990
`,
  );
  assert(text.includes('\nzoetrope_client_loss_ratio{source="rtsp://a/b"} 0.0075\n'));
  assert(text.includes('\nzoetrope_client_jitter_seconds{source="rtsp://a/b"} 0.000314\n'));
  assert(text.endsWith("\n"));
});

Deno.test("playSummaryPrometheus() has nothing but lines of the format, each name typed once", () => {
  const plays: LabelledSummary[] = ["rtsp://a/b", 'odd "\\\n'].map((source) => ({
    source,
    summary: SAMPLE_SUMMARY,
    outcome: "played",
  }));
  const lines = playSummaryPrometheus(plays).trimEnd().split("\n");
  assertEquals(lines.filter((line) => !LINE.test(line)), []);
  const types = lines.filter((line) => line.startsWith("# TYPE "));
  assertEquals(new Set(types).size, types.length);
  assertEquals(lines.length, types.length * 4);
});

Deno.test("playSummaryPrometheus() leaves out what was not measured", () => {
  const summary = { ...SAMPLE_SUMMARY, jitterMs: null };
  assert(!playSummaryPrometheus([{ source: "a", summary, outcome: "played" }]).includes("jitter"));
  assertEquals(playSummaryPrometheus([]), "");
});

Deno.test("playSummaryPrometheus() tells plays of the same name apart by their numbers", () => {
  const plays: LabelledSummary[] = [1, 2].map((number) => ({
    source: "a",
    number,
    summary: SAMPLE_SUMMARY,
    outcome: "played",
  }));
  const samples = playSummaryPrometheus(plays).split("\n").filter((line) => /^[a-z]/.test(line));
  assert(samples.includes('zoetrope_client_reconnects_total{source="a",number="2"} 0'));
  assertEquals(new Set(samples.map((line) => line.replace(/ .*/, ""))).size, samples.length);
});

Deno.test("playSummaryPrometheus() tells of plays that failed, and of what only some plays have", () => {
  const rtcp = { sent: 5, received: 4, dropped: 1, fractionLost: 0.25, cumulativeLost: 3 };
  const summary = { ...SAMPLE_SUMMARY, roundTripMs: { min: 2, last: 3 }, keepalives: 6, rtcp };
  const play = { source: "a", summary, outcome: "failed", notWritten: 7 } as const;
  const text = playSummaryPrometheus([play]);
  for (
    const sample of [
      ...["success", "frames_not_written_total"].map((name, i) => [name, i * 7] as const),
      ...[["round_trip_min_seconds", 0.002], ["round_trip_last_seconds", 0.003]] as const,
      ...[["keepalives_total", 6], ["rtcp_sent_total", 5], ["rtcp_received_total", 4]] as const,
      ...[["rtcp_dropped_total", 1], ["rtcp_loss_ratio", 0.25]] as const,
    ]
  ) assert(text.includes(`\nzoetrope_client_${sample[0]}{source="a"} ${sample[1]}\n`), sample[0]);
});

/** The value at a path such as `packets.lost`. */
function valueAt(object: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>(
    (value, name) => Object.entries(value ?? {}).find(([key]) => key === name)?.[1],
    object,
  );
}

Deno.test("docs/statistics.md maps each figure of openRTSP to fields and metrics that there are", async () => {
  const page = await Deno.readTextFile(new URL("../../docs/statistics.md", import.meta.url));
  const metrics = playSummaryPrometheus([{
    source: "a",
    summary: SAMPLE_SUMMARY,
    outcome: "played",
  }]);
  const rows = page.split("\n").filter((line) => /^\| `[a-zA-Z]+(_[a-zA-Z]+)+` /.test(line));
  assertEquals(rows.length, 14);
  for (const row of rows) {
    const [, , json = "", , prometheus = ""] = row.split("|");
    for (const [, path = ""] of json.matchAll(/`([a-zA-Z.]+)`/g)) {
      assertEquals(typeof valueAt(SAMPLE_SUMMARY, path), "number", path);
    }
    const names = [...prometheus.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name);
    assert(names.length > 0, row);
    for (const name of names) assert(metrics.includes(`\nzoetrope_client_${name}{`), name);
  }
});
