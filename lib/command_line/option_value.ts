import { formatDuration } from "./format_duration.ts";
import { listWords } from "./list_words.ts";
import type { NumberRow, ValueRow } from "./option_table.ts";
import { parseAddress } from "./parse_address.ts";
import { parseDuration } from "./parse_duration.ts";
import { parseSize } from "./parse_size.ts";

/** The value that a text stands for; `undefined` where it is not what the row wants. */
export function parseOptionValue(row: ValueRow, text: string): string | number | undefined {
  switch (row.kind) {
    case "text":
    case "file":
      return text === "" || text.includes("\0") ? undefined : text;
    case "address":
      return parseAddress(text);
    case "choice":
      return row.choices.includes(text) ? text : undefined;
    case "integer":
      return inRange(row, /^(0x[\da-f]+|-?\d+)$/i.test(text) ? Number(text) : undefined);
    case "number":
      return inRange(row, /^-?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined);
    case "duration":
      return inRange(row, parseDuration(text));
    case "size":
      return inRange(row, parseSize(text));
    default:
      return row satisfies never;
  }
}

/** What a row wants, for messages: `a number from 1 to 240`. */
export function describeOptionValue(row: ValueRow): string {
  switch (row.kind) {
    case "text":
      return "a text";
    case "file":
      return "a path";
    case "address":
      return "a host name or an IP address";
    case "choice":
      return listWords(row.choices);
    case "integer":
      return `an integer from ${row.min} to ${row.max}`;
    case "number":
      return `a number from ${row.min} to ${row.max}`;
    case "duration":
      return `a time from ${formatDuration(row.min)} to ${formatDuration(row.max)}`;
    case "size":
      return `a size from ${row.min} to ${row.max} bytes`;
    default:
      return row satisfies never;
  }
}

function inRange(row: NumberRow, value: number | undefined): number | undefined {
  return value !== undefined && value >= row.min && value <= row.max ? value : undefined;
}
