import type { ProbeResult, ProbeStep, ProbeTrack } from "./probe_result.ts";

const NAME_WIDTH = 13;

/**
 * What a probe found, as text for people: the server, what it offers, how long each step took, and the
 * session description as it came. What was not found out is left out.
 */
export function formatProbe(result: ProbeResult): string {
  const { url, address, dialect, server, methods, tracks, transport, firstFrame } = result;
  const rows: readonly (readonly [name: string, text: string | undefined])[] = [
    ["URL", url],
    ["Address", address],
    ["Server", printable(server)],
    ["Dialect", dialect],
    ["Methods", methods.length === 0 ? undefined : printable(methods.join(", "))],
    ...tracks.map((track, index) => [`Track ${index + 1}`, describeTrack(track)] as const),
    ["Transport", printable(transport)],
    ["First frame", firstFrame && describeFrame(firstFrame)],
    ["Problem", result.problem],
  ];
  const lines = rows.flatMap(([name, text]) => text === undefined ? [] : [line(name, text)]);
  return [...lines, ...timingLines(result), ...sdpLines(result.sdp)].join("\n") + "\n";
}

function line(name: string, text: string): string {
  return `${`${name}:`.padEnd(NAME_WIDTH)}${text}`;
}

function describeTrack(track: ProbeTrack): string {
  const { media, encoding, payloadType, size, framesPerSecond, playSeconds, control } = track;
  const parts = [
    `${media}, ${encoding} (payload type ${payloadType})`,
    size && `${size.width} x ${size.height}`,
    framesPerSecond === undefined ? undefined : `${framesPerSecond} frames a second`,
    playSeconds === undefined ? undefined : `${playSeconds} s`,
    control,
  ];
  return printable(parts.filter((part) => part !== undefined).join(", ")) ?? "";
}

function describeFrame(frame: NonNullable<ProbeResult["firstFrame"]>): string {
  const { width, height, bytes, tookMs } = frame;
  return `${width} x ${height}, ${bytes} bytes, ${tookMs.toFixed(1)} ms after PLAY`;
}

function timingLines({ connectMs, steps }: ProbeResult): string[] {
  const connect = connectMs === undefined ? [] : [`  ${timing("connect", connectMs, "")}`];
  const lines = [...connect, ...steps.map((step) => `  ${stepLine(step)}`)];
  return lines.length === 0 ? [] : ["Timing:", ...lines];
}

function stepLine({ method, status, reason, tookMs }: ProbeStep): string {
  const answer = status === undefined ? `no answer: ${reason}` : `${status} ${reason}`;
  return timing(method, tookMs, printable(answer) ?? "");
}

function timing(name: string, ms: number, answer: string): string {
  return `${name.padEnd(10)}${ms.toFixed(1).padStart(9)} ms  ${answer}`.trimEnd();
}

function sdpLines(sdp: string | undefined): string[] {
  if (sdp === undefined || sdp.trim() === "") return [];
  const lines = sdp.trimEnd().split(/\r\n|\r|\n/);
  return ["Session description:", ...lines.map((text) => `  ${printable(text)}`)];
}

/** Text of the server without control characters, which could steer a terminal. */
function printable(text: string | undefined): string | undefined {
  // deno-lint-ignore no-control-regex -- these are what is taken out
  return text?.replace(/[\u0000-\u001f\u007f-\u009f]/g, "\ufffd");
}
