/** What is played, and from where. */
export interface PlaySource {
  /** Name or address, without brackets. */
  readonly host: string;
  readonly port: number;
  /** The movie's name, as it goes into requests; empty for the only one that a server has. */
  readonly file: string;
}

const DEEDS: ReadonlyMap<string, string> = new Map([
  ["PAUSE", "pause"],
  ["TEARDOWN", "end"],
  ["DESCRIBE", "describe"],
  ["OPTIONS", "describe"],
]);

/** What a request is to bring about, as a verb: `play` where there is none or no other is known. */
export function deedOf(method: string | undefined): string {
  return DEEDS.get(method ?? "") ?? "play";
}

/**
 * One sentence for the user about what could not be done, without a final period.
 *
 * @param deed A verb: `play`, `go on playing`.
 * @param what A clause: what happened instead.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const source = { host: "::1", port: 8554, file: "movie.Mjpeg" };
 * assertEquals(
 *   failureSentence("play", source, "SETUP was answered 404 Not Found"),
 *   "Cannot play movie.Mjpeg from [::1]:8554: SETUP was answered 404 Not Found",
 * );
 * ```
 */
export function failureSentence(deed: string, source: PlaySource, what: string): string {
  return `Cannot ${deed} ${formatSource(source)}: ${what}`;
}

/**
 * File and address: `movie.Mjpeg from 127.0.0.1:8554`, an IPv6 address in brackets.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatSource({ host: "::1", port: 554, file: "a" }), "a from [::1]:554");
 * ```
 */
export function formatSource({ host, port, file }: PlaySource): string {
  const address = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  return file === "" ? address : `${file} from ${address}`;
}
