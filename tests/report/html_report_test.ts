import { assert, assertEquals, assertLess } from "@std/assert";
import { decode } from "fast-png";
import { htmlReport } from "../../lib/report/html_report.ts";
import type { ReportSubject } from "../../lib/report/report_subject.ts";
import { sampleReport, sampleSeconds } from "./sample_report.ts";

const SUBJECT = sampleReport(sampleSeconds(60));

function titles(page: string): string[] {
  return [...page.matchAll(/aria-label="([^"]*) in [^"]*"/g)].map(([, title = ""]) => title);
}

Deno.test("htmlReport() has a plot for everything that was measured", () => {
  const page = htmlReport(SUBJECT);
  assertEquals(titles(page), [
    "Data rate",
    "Frame rate",
    "Loss",
    "Broken frames",
    "Jitter",
    "Longest gap between frames",
    "Frame sizes, smallest to largest",
  ]);
  assert(page.includes('aria-label="Loss in packets over 60 s: 0 to 4"'));
});

Deno.test("htmlReport() leaves out plots of what was not measured, or never happened", () => {
  const seconds = sampleSeconds(20).map(({ packets, frames, payloadBytes }) => ({
    packets,
    frames,
    payloadBytes,
    lost: 0,
    broken: 0,
    jitterMs: null,
  }));
  assertEquals(titles(htmlReport(sampleReport(seconds))), ["Data rate", "Frame rate", "Loss"]);
  const nothing = htmlReport(sampleReport([]));
  assertEquals([titles(nothing), nothing.includes("<svg")], [[], false]);
});

Deno.test("htmlReport() has every figure, and those that say most at its head", () => {
  const transport = { protocol: "udp", reason: "it is the first to be tried" } as const;
  const rtcp = { sent: 5, received: 4, dropped: 1, fractionLost: 0.25, cumulativeLost: 3 };
  const summary = {
    ...SUBJECT.summary,
    ...{ transport, rtcp, roundTripMs: { min: 0.4, last: 0.5 } },
    ...{ keepalives: 6, receiveBufferBytes: 4_194_304, reconnects: 2 },
  };
  const page = htmlReport({ ...SUBJECT, summary, notWritten: 7 });
  for (
    const text of [
      "<dd>19.84 fps</dd>",
      "<dd>0.75 %</dd>",
      "<td>15 of 2,000 (0.75 %)</td>",
      "<td>16,983,210 bytes</td>",
      "<td>min 48.9, mean 50.4, p99 100.2, max 150.1 ms</td>",
      '<th scope="row">Frames not written</th><td>7</td>',
      "<td>UDP</td>",
      "<td>0.40 ms</td>",
      "Report of a play, 2026-01-02 03:04:05 UTC",
      '<th scope="row">Packets foreign</th>',
      '<th scope="row">Data rate, seconds</th>',
      '<th scope="row">Gaps between packets</th>',
      '<th scope="row">RTCP</th><td>5 sent, 4 received, 1 dropped</td>',
      '<th scope="row">Loss reported</th><td>25.00 %</td>',
      '<th scope="row">Keepalives</th><td>6</td>',
      '<th scope="row">Receive buffer</th><td>4,194,304 bytes</td>',
      '<th scope="row">Reconnects</th><td>2</td>',
    ]
  ) assert(page.includes(text), text);
});

Deno.test("htmlReport() shows a verdict and draws its limits", () => {
  const limits = { minFramesPerSecond: 19, maxJitterMs: 20 };
  const verdict = { passed: false, sentence: "Failed: it is too slow" };
  const page = htmlReport({ ...SUBJECT, verdict, limits });
  assert(page.includes('<p class="verdict failed">Failed: it is too slow.</p>'));
  assertEquals(page.match(/stroke-dasharray/g)?.length, 2);
  assert(page.includes("frames a second, wanted: at least 19"));
  assert(!htmlReport(SUBJECT).includes("stroke-dasharray"));
});

Deno.test("htmlReport() needs nothing else, and runs nothing", () => {
  const page = htmlReport(SUBJECT);
  assertEquals(page.match(/<(script|link|img|iframe|object|embed|base|form)\b/gi), null);
  assertEquals(page.match(/\b(src|href|on[a-z]+)=|@import|url\(/gi), null);
});

Deno.test("htmlReport() shows hostile names as they are", () => {
  const hostile: ReportSubject = {
    ...SUBJECT,
    source: `</title><script>alert(1)</script>" onload='x' \x00\x1b[2J`,
    sentence: "<b>&amp;",
    outcome: "failed",
    verdict: { passed: true, sentence: "<i>" },
  };
  const page = htmlReport(hostile);
  assertEquals(page.match(/<(script|b|i)>/g), null);
  assert(page.includes("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39; ??[2J"));
  assert(page.includes("&lt;b&gt;&amp;amp;"));
});

Deno.test("htmlReport() of a day is no more than twice as large as one of ten minutes", () => {
  const [minutes, day] = [600, 86_400].map((count) =>
    htmlReport(sampleReport(sampleSeconds(count)))
  );
  assertLess(day?.length ?? Infinity, (minutes?.length ?? 0) * 2);
  assert(day?.includes("24:00:00"));
});

/** A picture of the page by headless Chromium; `undefined` where it is not installed. */
async function screenshot(page: string): Promise<ReturnType<typeof decode> | undefined> {
  const folder = await Deno.makeTempDir({ prefix: "zoetrope-test-" });
  try {
    await Deno.writeTextFile(`${folder}/report.html`, page);
    const args = [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
    ];
    const quiet = [
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ];
    const { code } = await new Deno.Command("chromium", {
      args: [
        ...args,
        ...quiet,
        `--user-data-dir=${folder}/profile`,
        "--hide-scrollbars",
        "--window-size=1240,1900",
        `--screenshot=${folder}/report.png`,
        `file://${folder}/report.html`,
      ],
      stdout: "null",
      stderr: "null",
    }).output();
    assertEquals(code, 0);
    return decode(await Deno.readFile(`${folder}/report.png`));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    // deno-lint-ignore no-console -- a test that is left out says so
    console.log("Left out: chromium is not installed");
    return undefined;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("htmlReport() is shown by Chromium with all its plots", async () => {
  const picture = await screenshot(htmlReport(SUBJECT));
  if (picture === undefined) return;
  assertEquals([picture.width, picture.height], [1240, 1900]);
  const seen = new Set<string>();
  for (let at = 0; at < picture.data.length; at += picture.channels) {
    seen.add(Array.from(picture.data.subarray(at, at + 3)).join());
  }
  // The lines of data rate, loss and gaps, each as :root has it.
  for (const colour of ["37,99,235", "220,38,38", "124,58,237"]) assert(seen.has(colour), colour);
});
