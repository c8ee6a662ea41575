/** How one step of one test went. */
export interface StepResult {
  /** The file's name without folder, such as `ffmpeg_test.ts`. */
  readonly file: string;
  readonly test: string;
  /** `undefined` for the test as a whole. */
  readonly step: string | undefined;
  readonly outcome: "passed" | "failed" | "skipped";
}

const CASE = /<testcase name="([^"]*)" classname="([^"]*)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&apos;", "'"],
  ["&amp;", "&"],
]);

/** Reads what `deno test --junit-path=FILE` writes. */
export function readJunitResults(xml: string): StepResult[] {
  return Array.from(xml.matchAll(CASE), ([, name = "", path = "", body = ""]) => {
    const [test = "", ...steps] = plain(name).split(" > ");
    return {
      file: path.split("/").at(-1) ?? "",
      test,
      step: steps.length === 0 ? undefined : steps.join(" > "),
      outcome: body.includes("<skipped")
        ? "skipped"
        : /<(failure|error)\b/.test(body)
        ? "failed"
        : "passed",
    };
  });
}

function plain(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (entity) => ENTITIES.get(entity) ?? entity);
}
