import type { CommandLineSpec } from "./command_line_spec.ts";
import { CONVERT_OPTION_TABLE } from "./convert_option_table.ts";
import type { OptionValues } from "./option_table.ts";
import { parseCommandLine } from "./parse_command_line.ts";

/** What a conversion was told on its command line. */
export type ConvertOptions = OptionValues<typeof CONVERT_OPTION_TABLE> & {
  /** A movie's path. */
  readonly input: string;
  /** The new movie's path. */
  readonly output: string;
};

/** What a conversion's command line says; `message` is one sentence, and the exit code is 2. */
export type ConvertCommandLine =
  | { readonly kind: "options"; readonly options: ConvertOptions }
  | { readonly kind: "help" | "version"; readonly text: string }
  | { readonly kind: "problem"; readonly message: string };

/**
 * Reads the command line of `zoetrope-client convert`.
 *
 * @param argv Behind the word `convert`.
 * @param version As in deno.json.
 */
export function parseConvertOptions(argv: readonly string[], version: string): ConvertCommandLine {
  const parsed = parseCommandLine(convertSpec(version), argv);
  if (parsed.kind !== "options") return parsed;
  const [input, output] = parsed.arguments;
  if (input === undefined || output === undefined) {
    const missing = input === undefined ? "IN and OUT are" : "OUT is";
    const message = `${missing} missing: zoetrope-client convert IN OUT`;
    return { kind: "problem", message };
  }
  return { kind: "options", options: { ...parsed.values, input, output } };
}

function convertSpec(version: string): CommandLineSpec<typeof CONVERT_OPTION_TABLE> {
  return {
    program: "zoetrope-client convert",
    version,
    summary: "copies a movie's frames into another container, byte for byte",
    usage: ["IN OUT [options]"],
    argumentHelp: [
      {
        name: "IN",
        help: "lab framing, a JPEG stream, AVI, MOV, MP4, a multipart dump, or a folder of JPEGs",
      },
      {
        name: "OUT",
        help: "ends in .Mjpeg for lab framing, .mjpeg for a JPEG stream, .avi, or / for a folder",
      },
    ],
    mostArguments: 2,
    options: CONVERT_OPTION_TABLE,
    examples: [
      {
        command: "zoetrope-client convert holiday.avi holiday.Mjpeg",
        help: "Make a movie for the exercise's own programs",
      },
      {
        command: "zoetrope-client convert movie.Mjpeg frames/",
        help: "Take a movie apart into 000001.jpg and so on",
      },
    ],
  };
}
