import { type Impairment, parseImpairment } from "../net_impair/impairment.ts";

/** What `--impair` asks for; where that cannot be read, one sentence that says why. */
export function readImpairment(text: string): Impairment | string {
  try {
    return parseImpairment(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return error.message;
  }
}
