import { assert, assertEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { ROOT, runClient, runServer } from "../support/programs.ts";
import { localLinks, optionsNamed } from "./markdown.ts";

/** Every page, by its path in the repository. */
const PAGES = new Map<string, string>();
for (const path of ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", ...docs()]) {
  PAGES.set(path, await Deno.readTextFile(new URL(path, ROOT)));
}

function docs(): string[] {
  const entries = [...Deno.readDirSync(new URL("docs/", ROOT))];
  return entries.map(({ name }) => `docs/${name}`).filter((path) => path.endsWith(".md"));
}

/** Pages whose options are those of our programs alone. */
const OPTION_PAGES = [
  "README.md",
  "docs/lab.md",
  "docs/client.md",
  "docs/statistics.md",
  "docs/authentication.md",
];

Deno.test("pages link to files that are there", async () => {
  for (const [page, text] of PAGES) {
    for (const link of localLinks(text)) {
      const { isFile } = await Deno.stat(new URL(link, new URL(page, ROOT))).catch(() => ({
        isFile: false,
      }));
      assert(isFile, `${page} links to ${link}, which is not there`);
    }
  }
});

Deno.test("every page in docs/ is linked from README.md or another page", () => {
  const linked = Array.from(
    PAGES,
    ([page, text]) => localLinks(text).map((link) => new URL(link, new URL(page, ROOT)).href),
  ).flat();
  assertEquals(docs().filter((path) => !linked.includes(new URL(path, ROOT).href)), []);
});

Deno.test("docs/dependencies.md names every package of deno.json", () => {
  const packages = Object.values(config.imports).map((target) => target.match(/npm:(.+)@/)?.[1]);
  const page = PAGES.get("docs/dependencies.md") ?? "";
  const missing = packages.filter((name) => !page.includes(`\`${name}\` `));
  assertEquals([...new Set(missing)], []);
});

/** What is deno's, not ours: the flags of its permissions. */
const DENO_FLAG = /^--allow-(?:net|read|write|ffi|sys|env|run)$/;

Deno.test("pages name options that the programs have", async () => {
  const commands = [[], ["convert"], ["probe"]];
  const clients = commands.map((command) => runClient([...command, "--help"]));
  const helps = await Promise.all([runServer(["--help"]), ...clients]);
  const known = helps.flatMap(({ stdout }) => stdout.match(/--[a-z][a-z0-9-]*/g) ?? []);
  for (const page of OPTION_PAGES) {
    const unknown = optionsNamed(PAGES.get(page) ?? "").filter((name) =>
      !known.includes(name) && !DENO_FLAG.test(name)
    );
    assertEquals(unknown, [], page);
  }
});

Deno.test("pages name make targets and tasks that are there", async () => {
  const makefile = await Deno.readTextFile(new URL("Makefile", ROOT));
  for (const [page, text] of PAGES) {
    for (const [, target = ""] of text.matchAll(/(?:^|`|&& )make ([a-z][a-z-]*)/gm)) {
      assert(new RegExp(`^${target}:`, "m").test(makefile), `${page}: make ${target}`);
    }
    for (const [, task = ""] of text.matchAll(/deno task ([a-z][a-z-]*)/g)) {
      assert(Object.keys(config.tasks).includes(task), `${page}: deno task ${task}`);
    }
  }
});
