import type { ProbeResult } from "./probe_result.ts";

/** The version of the form; it counts up when a field changes its meaning or goes away. */
export const PROBE_VERSION = 1;

/**
 * What a probe found, as JSON text: one object with the fields of `ProbeResult`; `null` where something
 * was not found out.
 *
 * @param product Name and version of the client: `Zoetrope/0.1.0`.
 */
export function probeJson(result: ProbeResult, product: string): string {
  const document = { version: PROBE_VERSION, product, ...result };
  return JSON.stringify(document, jsonValue, 2) + "\n";
}

function jsonValue(_name: string, value: unknown): unknown {
  if (typeof value === "number") return Math.round(value * 1e6) / 1e6;
  return value === undefined ? null : value;
}
