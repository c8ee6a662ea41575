import type { PeerSpec } from "./peers.ts";

/** The version of an installed program; `undefined` where it is not installed. */
export function findPeer({ command, args, version }: PeerSpec): string | undefined {
  try {
    const { stdout, stderr } = new Deno.Command(command, { args: [...args] }).outputSync();
    const decoder = new TextDecoder();
    return version.exec(decoder.decode(stdout) + decoder.decode(stderr))?.[1];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
