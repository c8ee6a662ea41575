import { assert, assertEquals } from "@std/assert";
import type uPlot from "uplot";
import type { LogLine } from "../../lib/web/log_line.ts";
import { chartOptions, lonelyIndices, upperEnd } from "../../lib/page/chart_options.ts";
import { keyedChanges } from "../../lib/page/keyed_changes.ts";
import { movieAddresses } from "../../lib/page/movie_addresses.ts";
import { movieFacts, thumbnailFrame } from "../../lib/page/movie_facts.ts";
import { FIRST_STATE, nextPageState } from "../../lib/page/page_state.ts";
import { plotColumns, type PlotSample } from "../../lib/page/plot_columns.ts";
import { formatScaled } from "../../lib/page/quantities.ts";
import { sessionCells } from "../../lib/page/session_cells.ts";
import type { ServerStatus } from "../../lib/web/server_status.ts";
import type { SessionStatus } from "../../lib/web/session_status.ts";
import { SeededRandom } from "../support/random.ts";

const SCALED: [number, string][] = [
  [0, "0 bit/s"],
  [999, "999 bit/s"],
  [999.6, "1 kbit/s"],
  [1000, "1 kbit/s"],
  [12_345, "12.3 kbit/s"],
  [999_499, "999 kbit/s"],
  [999_500, "1 Mbit/s"],
  [4_000_000, "4 Mbit/s"],
  [2.5e12, "2.5 Tbit/s"],
  [5e15, "5000 Tbit/s"],
  [-1500, "−1.5 kbit/s"],
];
for (const [value, text] of SCALED) {
  Deno.test(`formatScaled() writes ${value} as ${text}`, () => {
    assertEquals(formatScaled(value, "bit/s"), text);
  });
}

Deno.test("keyedChanges() makes any list from any other, and leaves alone what may stay", () => {
  const random = new SeededRandom(7);
  const draw = () =>
    [..."abcdefgh"].filter(() => random.uint32() % 3 > 0)
      .map((key) => [random.uint32(), key] as const).sort(([a], [b]) => a - b)
      .map(([, key]) => key);
  for (let run = 0; run < 20_000; run++) {
    const [before, after] = [draw(), draw()];
    const list = [...before];
    for (const change of keyedChanges(before, after)) {
      const at = list.indexOf(change.key);
      if (at >= 0) list.splice(at, 1);
      if (change.kind === "remove") continue;
      list.splice(
        change.before === undefined ? list.length : list.indexOf(change.before),
        0,
        change.key,
      );
    }
    assertEquals(list, after);
  }
  assertEquals(keyedChanges(["a", "b", "c"], ["a", "b", "c"]), []);
  assertEquals(keyedChanges(["b", "c"], ["a", "b", "c", "d"]).length, 2);
});

const STATUS: ServerStatus = {
  version: "1",
  startedUnixMs: 1000,
  sender: "gso",
  rtsp: { scheme: "rtsp", hostname: null, port: 8554 },
  history: [],
};

function line(id: number): LogLine {
  return { id, atUnixMs: id, level: "info", peer: null, session: null, message: `m${id}` };
}

Deno.test("nextPageState() adds lines that are new, and forgets those of a server before", () => {
  let state = nextPageState(FIRST_STATE, { kind: "status", status: STATUS });
  state = nextPageState(state, { kind: "lines", lines: [line(1), line(2)] });
  state = nextPageState(state, { kind: "lines", lines: [line(2), line(3)] });
  assertEquals(state.lines.map(({ id }) => id), [1, 2, 3]);
  assertEquals(nextPageState(state, { kind: "lines", lines: [line(3)] }), state);
  state = nextPageState(state, { kind: "status", status: STATUS });
  assertEquals(state.lines.length, 3, "the same server, heard again");
  state = nextPageState(state, { kind: "status", status: { ...STATUS, startedUnixMs: 2000 } });
  state = nextPageState(state, { kind: "lines", lines: [line(1)] });
  assertEquals(state.lines.map(({ id }) => id), [1]);
});

Deno.test("nextPageState() holds five minutes and 500 lines at most", () => {
  const sample = {
    atUnixMs: 0,
    sessions: 0,
    bitsPerSecond: 0,
    framesPerSecond: 0,
    worstLoss: null,
    worstJitterMs: null,
  };
  let state = FIRST_STATE;
  for (let second = 0; second < 400; second++) {
    const event = { sample: { ...sample, atUnixMs: second }, sessions: [] };
    state = nextPageState(state, { kind: "second", event });
  }
  assertEquals([state.history.length, state.history.at(-1)?.atUnixMs], [300, 399]);
  const between = { kind: "second", event: { sample: null, sessions: [] } } as const;
  assertEquals(nextPageState(state, between).history, state.history);
  const lines = Array.from({ length: 700 }, (_, index) => line(index + 1));
  state = nextPageState(state, { kind: "lines", lines });
  assertEquals([state.lines.length, state.lines.at(-1)?.id], [500, 700]);
});

Deno.test("nextPageState() leaves a state alone that does not change", () => {
  assertEquals(
    nextPageState(FIRST_STATE, { kind: "connection", connection: "connecting" }),
    FIRST_STATE,
  );
  const lost = nextPageState(FIRST_STATE, { kind: "connection", connection: "lost" });
  assertEquals(lost.connection, "lost");
  assertEquals(nextPageState(lost, { kind: "movies", movies: [] }).movies, []);
});

const SESSION: SessionStatus = {
  id: "1",
  dialect: "standard",
  peer: "192.0.2.1:5000",
  user: null,
  movie: "a.mjpeg",
  state: "playing",
  transport: "udp",
  route: "192.0.2.1:6000",
  nextFrame: 4,
  framesPerSecond: 25,
  frames: 3,
  skipped: 1,
  packets: 30,
  octets: 30_000,
  droppedFrames: 2,
  bitsPerSecond: 1_234_000,
  framesSentPerSecond: 24.9,
  reception: {
    fractionLost: 0.25,
    cumulativeLost: 9,
    jitterMs: 1.24,
    roundTripMs: null,
    atUnixMs: 0,
  },
};

Deno.test("sessionCells() says what is known, and a dash for what is not", () => {
  assertEquals(Object.values(sessionCells(SESSION)), [
    "192.0.2.1:5000",
    "a.mjpeg",
    "playing",
    "UDP",
    "1.23 Mbit/s",
    "24.9 fps",
    "25 %",
    "1.2 ms",
    "–",
    "3",
  ]);
  const lab = sessionCells({
    ...SESSION,
    dialect: "lab",
    state: "ready",
    user: "ann",
    reception: null,
  });
  assertEquals(Object.values(lab), [
    "ann at 192.0.2.1:5000",
    "a.mjpeg",
    "ready",
    "UDP, lab",
    ...["–", "–", "–", "–", "–", "3"],
  ]);
});

const ADDRESSES: [string | null, string, string, string][] = [
  [null, "http://films.example:8080", "a.mjpeg", "rtsp://films.example:8554/a.mjpeg"],
  [null, "http://[::1]:8080", "a.mjpeg", "rtsp://[::1]:8554/a.mjpeg"],
  ["::1", "http://localhost:8080", "a.mjpeg", "rtsp://[::1]:8554/a.mjpeg"],
  ["192.0.2.1", "http://localhost", "x y/ä.mjpeg", "rtsp://192.0.2.1:8554/x%20y/%C3%A4.mjpeg"],
];
for (const [hostname, page, name, url] of ADDRESSES) {
  Deno.test(`movieAddresses() of ${name} from ${page} has ${url}`, () => {
    const rtsp = { scheme: "rtsp", hostname, port: 8554 } as const;
    assertEquals(movieAddresses(name, rtsp, page)[0]?.text, url);
  });
}

Deno.test("movieAddresses() quotes what a shell would take apart", () => {
  const rtsp = { scheme: "rtsps", hostname: "::1", port: 322 } as const;
  const texts = movieAddresses("it's (1).mjpeg", rtsp, "http://localhost").map(({ text }) => text);
  assertEquals(texts[2], "vlc 'rtsps://[::1]:322/it'\\''s%20(1).mjpeg'");
});

Deno.test("movieFacts() of a live movie, a still and one that is not known yet", () => {
  const content = {
    frames: null,
    framesPerSecond: 29.97,
    seconds: null,
    width: 640,
    height: 480,
    live: true,
    etag: "x",
  };
  const movie = { name: "a", octets: 0, modifiedMs: null, content, problem: null };
  assertEquals(movieFacts(movie), ["640 × 480", "29.97 fps", "live"]);
  assertEquals(movieFacts({ ...movie, octets: 5, content: { ...content, live: false } }).slice(2), [
    "without end",
    "5 B",
  ]);
  assertEquals(movieFacts({ ...movie, content: null }), []);
  const one = { ...movie, content: { ...content, frames: 1, seconds: 0.04 } };
  assertEquals([thumbnailFrame(movie), thumbnailFrame(one)], [0, 1]);
});

/** Samples with these times and values. */
function samplesOf(samples: readonly (readonly [number, number | null])[]): PlotSample[] {
  return samples.map(([atSeconds, value]) => ({ atSeconds, value }));
}

const SPAN = { spanSeconds: 60, gapSeconds: 1.5 };

Deno.test("plotColumns() leaves out what is older than the span, and keeps its edge", () => {
  const samples = samplesOf([[39, 1], [39.9, 2], [40, 3], [99, 4], [100, 5]]);
  assertEquals(plotColumns(samples, SPAN), [[-60, -30.5, -1, 0], [3, null, 4, 5]]);
  assertEquals(plotColumns([], SPAN), [[], []]);
});

Deno.test("plotColumns() breaks the line where samples are missing, and only there", () => {
  const samples = samplesOf([[0, 1], [1.5, null], [3.5, 2], [5, 3]]);
  assertEquals(plotColumns(samples, SPAN), [[-5, -3.5, -2.5, -1.5, 0], [1, null, null, 2, 3]]);
});

Deno.test("lonelyIndices() finds the values between gaps, and at the ends", () => {
  assertEquals(lonelyIndices([1, null, 2, null, 3, 4, null, 5]), [0, 2, 7]);
  assertEquals(lonelyIndices([null, 1, 2]), []);
  assertEquals(lonelyIndices([0]), [0]);
  assertEquals(lonelyIndices([]), []);
});

Deno.test("upperEnd() is above every value, but not far, and no less than is wanted", () => {
  for (let value = 0.011; value < 1e10; value *= 1.07) {
    const end = upperEnd(value, { least: 0.01 });
    assert(end > value && end <= value * 1.3, `${value}: ${end}`);
  }
  assertEquals([null, 0, 0.004, 0.01].map((value) => upperEnd(value, { least: 0.01 })), [
    ...[0.01, 0.01, 0.01, 0.01],
  ]);
  assertEquals([0.99, 1].map((value) => upperEnd(value, { least: 0.01, most: 1 })), [1, 1]);
});

const LOOK = {
  fontSize: 10,
  fontFamily: "sans-serif",
  ...{ text: "#000", grid: "#ccc", line: "#00f", fill: "#eef" },
};

Deno.test("chartOptions() words the axes with their units, and the time up to now", () => {
  const format = (value: number) => `${value} ms`;
  const options = chartOptions({ spanSeconds: 60, least: 10, format }, LOOK, () => {});
  const words = (options.axes ?? []).map(({ values }, axis) =>
    typeof values === "function" ? values({} as uPlot, [-60, -90, 0], axis, 0, 0) : values
  );
  assertEquals(words, [["−1 min", "−1 min 30 s", "now"], ["-60 ms", "-90 ms", "0 ms"]]);
});
