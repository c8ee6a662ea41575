import { assertEquals } from "@std/assert";
import { parsePlayScript, type PlayStep } from "../../lib/command_line/play_script.ts";

const GOOD: [string, PlayStep[]][] = [
  ["setup play wait:2 pause wait:1 play wait:2 teardown", [
    { kind: "setup" },
    { kind: "play" },
    { kind: "wait", ms: 2000 },
    { kind: "pause" },
    { kind: "wait", ms: 1000 },
    { kind: "play" },
    { kind: "wait", ms: 2000 },
    { kind: "teardown" },
  ]],
  ["Describe, options,,stop\n quit ", [
    { kind: "describe" },
    { kind: "options" },
    { kind: "stop" },
    { kind: "quit" },
  ]],
  ["wait:500ms wait:0 wait:.5 wait:1m", [
    { kind: "wait", ms: 500 },
    { kind: "wait", ms: 0 },
    { kind: "wait", ms: 500 },
    { kind: "wait", ms: 60_000 },
  ]],
  ["seek:1.5 seek:2m", [{ kind: "seek", seconds: 1.5 }, { kind: "seek", seconds: 120 }]],
  ["scale:2 scale:-1 scale:0.25", [
    { kind: "scale", scale: 2 },
    { kind: "scale", scale: -1 },
    { kind: "scale", scale: 0.25 },
  ]],
];
for (const [text, steps] of GOOD) {
  Deno.test(`parsePlayScript() reads ${JSON.stringify(text)}`, () => {
    assertEquals(parsePlayScript(text), { kind: "script", steps });
  });
}

const COMMANDS =
  "setup, play, pause, teardown, describe, options, stop, quit, wait:TIME, seek:TIME or scale:NUMBER";
const SCALES = "a scale is written scale:2, scale:0.5 or scale:-1, up to 100";
const BAD: [string, string][] = [
  ["", "it is empty"],
  [" , ", "it is empty"],
  ["setup paly", `step 2 is "paly", wanted ${COMMANDS}, did you mean play?`],
  ["record", `step 1 is "record", wanted ${COMMANDS}`],
  ["play:2", 'step 1 is "play:2": play takes no time'],
  ["wait", 'step 1 is "wait", a wait is written wait:2 or wait:500ms, up to wait:24h'],
  ["wait:soon", 'step 1 is "wait:soon", a wait is written wait:2 or wait:500ms, up to wait:24h'],
  ["wait:-1", 'step 1 is "wait:-1", a wait is written wait:2 or wait:500ms, up to wait:24h'],
  ["wait:25h", 'step 1 is "wait:25h", a wait is written wait:2 or wait:500ms, up to wait:24h'],
  ["seek:end", 'step 1 is "seek:end", a seek is written seek:10 or seek:1.5'],
  ["scale:0", `step 1 is "scale:0", ${SCALES}`],
  ["scale:fast", `step 1 is "scale:fast", ${SCALES}`],
  ["scale:101", `step 1 is "scale:101", ${SCALES}`],
  ["play ".repeat(10_001), "it has 10001 steps, at most 10000 are allowed"],
];
for (const [text, what] of BAD) {
  Deno.test(`parsePlayScript() refuses ${JSON.stringify(text.slice(0, 20))}`, () => {
    const message = `Cannot read the script: ${what}`;
    assertEquals(parsePlayScript(text), { kind: "problem", message });
  });
}
