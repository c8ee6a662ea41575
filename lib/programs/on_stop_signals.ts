/** Windows has no SIGTERM. */
const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM"];

/** Calls `stop` at each signal that asks the process to end, until what is returned is disposed of. */
export function onStopSignals(stop: () => void): Disposable {
  for (const signal of SIGNALS) Deno.addSignalListener(signal, stop);
  return {
    [Symbol.dispose]: () => {
      for (const signal of SIGNALS) Deno.removeSignalListener(signal, stop);
    },
  };
}
