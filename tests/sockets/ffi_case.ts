import { openLinuxLibc } from "../../lib/sockets/linux_libc.ts";

const result = openLinuxLibc();
const name = result.kind === "libc" ? "" : ` (skipped: ${result.reason})`;

/** A test of what only Linux with `--allow-ffi` can do; elsewhere a line says that it was left out. */
export function ffiCase(title: string, run: () => void | Promise<void>): void {
  Deno.test({ name: title + name, ignore: result.kind === "none", fn: run });
}
