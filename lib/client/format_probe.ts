import type { ProbeResult, ProbeStep, ProbeTrack, ProbeTransport } from "./probe_result.ts";

const NAME_WIDTH = 13;

/**
 * What a probe found, as text for people: the server, what it offers, how long each step took, and the
 * session description as it came. What was not found out is left out.
 */
export function formatProbe(result: ProbeResult): string {
  const { url, redirects, address, server, methods, tracks, transports } = result;
  const rows: readonly (readonly [name: string, text: string | undefined])[] = [
    ["URL", url],
    ...redirects.map((one) => ["Redirect", printable(one)] as const),
    ["Address", address],
    ["Server", printable(server)],
    ["Methods", methods.length === 0 ? undefined : printable(methods.join(", "))],
    ...tracks.map((track, index) => [`Track ${index + 1}`, describeTrack(track)] as const),
    ...transports.map((one) => [one.protocol.toUpperCase(), describeTransport(one)] as const),
    ["Problem", printable(result.problem)],
  ];
  const lines = rows.flatMap(([name, text]) => text === undefined ? [] : [line(name, text)]);
  return [...lines, ...timingLines(result), ...sdpLines(result.sdp)].join("\n") + "\n";
}

function line(name: string, text: string): string {
  return `${`${name}:`.padEnd(NAME_WIDTH)}${text}`;
}

function describeTrack(track: ProbeTrack): string {
  const { media, encoding, payloadType, size, framesPerSecond, control } = track;
  const { startSeconds = 0, endSeconds } = track;
  const parts = [
    `${media}, ${encoding} (payload type ${payloadType})`,
    size && `${size.width} x ${size.height}`,
    framesPerSecond === undefined ? undefined : `${framesPerSecond} frames a second`,
    endSeconds === undefined ? undefined : `${startSeconds} to ${endSeconds} s`,
    control,
  ];
  return printable(parts.filter((part) => part !== undefined).join(", ")) ?? "";
}

function describeTransport({ accepted, answer }: ProbeTransport): string {
  const detail = answer === "" ? "" : `: ${answer}`;
  return printable(`${accepted ? "accepted" : "refused"}${detail}`) ?? "";
}

function timingLines({ connectMs, steps }: ProbeResult): string[] {
  const connect = connectMs === undefined ? [] : [timing("connect", 0, connectMs, "")];
  const lines = [...connect, ...steps.map(stepLine)];
  return lines.length === 0 ? [] : ["Timing (begun, taken):", ...lines];
}

function stepLine({ method, protocol, status, reason, atMs, tookMs }: ProbeStep): string {
  const answer = status === undefined ? `no answer: ${reason}` : `${status} ${reason}`;
  const name = protocol === undefined ? method : `${method} ${protocol.toUpperCase()}`;
  return timing(name, atMs, tookMs, printable(answer) ?? "");
}

function timing(name: string, atMs: number, tookMs: number, answer: string): string {
  const [at, took] = [atMs, tookMs].map((ms) => `${ms.toFixed(1).padStart(9)} ms`);
  return `  ${name.padEnd(18)}${at}${took}  ${answer}`.trimEnd();
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
