import type { ClientOptions } from "../command_line/client_options.ts";
import type { ClientOutputOptions } from "../command_line/client_output_options.ts";
import { numberedPath } from "../files/numbered_path.ts";

/**
 * The options of one of several sources: names of its own for what it writes, and a bad network of its
 * own. What all sources write into together, `stats` and `pcap`, keeps its name.
 *
 * @param number The source's, from 1.
 */
export function numberedOptions(options: ClientOptions, number: number): ClientOptions {
  const { outputs, impair } = options;
  return {
    ...options,
    outputs: numberedOutputs(outputs, number),
    // The first has the fate that it has alone.
    impair: impair && { ...impair, seed: (impair.seed + number - 1) >>> 0 },
  };
}

function numberedOutputs(outputs: ClientOutputOptions, number: number): ClientOutputOptions {
  const { dump, thumbnails, sheet, snapshot, record, report } = outputs;
  const folder = (path: string | undefined) => path && `${path.replace(/[/\\]+$/, "")}/${number}`;
  const file = (path: string | undefined) => path && numberedPath(path, number);
  return {
    ...outputs,
    dump: folder(dump),
    thumbnails: folder(thumbnails),
    sheet: file(sheet),
    snapshot: file(snapshot),
    record: file(record),
    report: file(report),
  };
}
