import { formatProbe } from "../client/format_probe.ts";
import { probeJson } from "../client/probe_json.ts";
import { Prober } from "../client/prober.ts";
import type { ProbeOutcome } from "../client/prober_output.ts";
import { traceText } from "../client/trace_text.ts";
import { printText } from "../command_line/print_text.ts";
import { parseProbeOptions } from "../command_line/probe_options.ts";
import { ProbeHost } from "../sockets/probe_host.ts";
import { SecureRandom } from "../sockets/secure_random.ts";
import { onStopSignals } from "./on_stop_signals.ts";
import { readTrust } from "./read_trust.ts";

const USAGE = 2;
const EXIT_CODES: Readonly<Record<ProbeOutcome, number>> = { probed: 0, failed: 1, refused: 3 };

/**
 * `zoetrope-client probe URL`: prints what a server is and offers, as far as it can be found out.
 *
 * @param argv Behind the word `probe`.
 * @returns The exit code: 0 found out, 1 failed, 2 wrong usage, 3 refused by the server.
 */
export async function runProbe(argv: readonly string[], version: string): Promise<number> {
  const parsed = parseProbeOptions(argv, version);
  if (parsed.kind === "problem") {
    complain(`${parsed.message}\nTry: zoetrope-client probe --help`);
    return USAGE;
  }
  if (parsed.kind !== "options") {
    printText(Deno.stdout, parsed.text);
    return 0;
  }
  const { target, login, transport, json, trace } = parsed.options;
  const trust = await readTrust(parsed.options);
  if (typeof trust === "string") {
    complain(trust);
    return USAGE;
  }
  const product = `Zoetrope/${version}`;
  const random = new SecureRandom();
  const prober = new Prober({ target, login, transport, product, random });
  const host = new ProbeHost(prober, trust, ({ from, bytes }) => {
    if (trace) printText(Deno.stderr, traceText(from, bytes));
  });
  using _signals = onStopSignals(() => host.stop());
  const { outcome, result } = await host.probe();
  printText(Deno.stdout, json ? probeJson(result, product) : formatProbe(result));
  if (result.problem !== undefined) complain(result.problem);
  return EXIT_CODES[outcome];
}

function complain(sentence: string): void {
  printText(Deno.stderr, `zoetrope-client: ${sentence}\n`);
}
