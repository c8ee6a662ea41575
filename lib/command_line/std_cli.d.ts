// The npm package carries no types: the part of @std/cli that we use.
declare module "@std/cli/parse-args" {
  /** What was parsed: `_` holds the positional arguments. */
  export interface ParsedArgs {
    readonly _: readonly (string | number)[];
    readonly [name: string]: unknown;
  }
  /** How to parse; as in @std/cli. */
  export interface ParseArgsOptions {
    readonly string?: readonly string[];
    readonly boolean?: readonly string[];
    readonly collect?: readonly string[];
    readonly negatable?: readonly string[];
    readonly alias?: Readonly<Record<string, string | readonly string[]>>;
    readonly default?: Readonly<Record<string, unknown>>;
    readonly stopEarly?: boolean;
    readonly "--"?: boolean;
    readonly unknown?: (arg: string, key?: string, value?: unknown) => unknown;
  }
  /** Parses command-line arguments. */
  export function parseArgs(args: readonly string[], options?: ParseArgsOptions): ParsedArgs;
}

// The same for @std/path.
declare module "@std/path" {
  export function join(...parts: string[]): string;
  export function resolve(...parts: string[]): string;
  export function basename(path: string, suffix?: string): string;
  export function dirname(path: string): string;
  export function extname(path: string): string;
  export function relative(from: string, to: string): string;
  export function isAbsolute(path: string): boolean;
  export function normalize(path: string): string;
  export function fromFileUrl(url: string | URL): string;
  export function toFileUrl(path: string): URL;
  export const SEPARATOR: string;
}
