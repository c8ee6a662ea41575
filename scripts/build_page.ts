/**
 * Makes the browser's files of lib/page/, of uPlot and of lib/web/openapi.json, and puts them into
 * lib/web/assets/, where the programs take them from. `deno task page` after a change; a test says so
 * if it was forgotten.
 *
 * Types, comments and indentation are taken out of the modules, and imports name what is served; nothing
 * else happens to them.
 * uPlot is as its package has it, with its licence.
 */
import { createRequire } from "node:module";

const ROOT = new URL("../", import.meta.url);
const SOURCES = new URL("lib/page/", ROOT);
const ASSETS = new URL("lib/web/assets/", ROOT);

const HEAD = "// Made by `deno task page` from lib/page/; change it there.\n";

/** What is served for a package, by what modules call it. */
const PACKAGES = new Map([["uplot", "./uplot.js"]]);

/** Everything that is made, by file names, as it is to be in lib/web/assets/. */
export async function builtFiles(): Promise<Map<string, string>> {
  const api = JSON.parse(await Deno.readTextFile(new URL("lib/web/openapi.json", ROOT)));
  return new Map([
    ...await builtModules(),
    ...await libraryFiles(),
    ["openapi.json", `${JSON.stringify(api)}\n`],
  ]);
}

/** What lib/web/assets/ has of all that now, and modules that nobody makes any more. */
export async function committedFiles(): Promise<Map<string, string>> {
  const made = ["openapi.json", "uplot.css"];
  const files = new Map<string, string>();
  for (const name of await namesIn(ASSETS)) {
    if (!name.endsWith(".js") && !made.includes(name)) continue;
    files.set(name, await Deno.readTextFile(new URL(name, ASSETS)));
  }
  return files;
}

async function builtModules(): Promise<Map<string, string>> {
  const outDir = await Deno.makeTempDir({ prefix: "zoetrope-page-" });
  try {
    const names = (await namesIn(SOURCES)).filter((name) => name.endsWith(".ts"));
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["transpile", "--quiet", "--no-check", "--outdir", outDir, ...names],
      cwd: SOURCES,
      stdout: "null",
      stderr: "piped",
    }).output();
    if (!success) throw new Error(`Cannot transpile: ${new TextDecoder().decode(stderr)}`);
    const modules = new Map<string, string>();
    for (const name of names) {
      const file = name.replace(/\.ts$/, ".js");
      modules.set(file, finished(name, await Deno.readTextFile(`${outDir}/${file}`)));
    }
    return modules;
  } finally {
    await Deno.remove(outDir, { recursive: true });
  }
}

async function namesIn(folder: URL): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) if (isFile) names.push(name);
  return names.sort();
}

/** Without what is for readers of the source, and with imports of what is served. */
function finished(name: string, code: string): string {
  const bare = code.replace(/^[ \t]*(?:\/\*\*[\s\S]*?\*\/[ \t]*)+\n?/gm, "");
  const lines = bare.split("\n").map((line) => line.trimStart());
  const odd = lines.find((line) => line.split("`").length % 2 === 0);
  if (odd !== undefined) throw new Error(`${name}: a template of several lines begins at ${odd}`);
  return HEAD +
    lines.filter((line) => line !== "" && !line.startsWith("//")).join("\n").concat("\n")
      .replace(/(from "\.\/\w+)\.ts"/g, '$1.js"')
      .replace(/from "([^".]+)"/g, (_, name) => `from "${PACKAGES.get(name) ?? name}"`);
}

/** uPlot: its small form, which sets a variable, as a module; and its style sheet. */
async function libraryFiles(): Promise<[name: string, text: string][]> {
  const require = createRequire(import.meta.url);
  const read = async (path: string) => (await Deno.readTextFile(require.resolve(path))).trim();
  const { version } = JSON.parse(await read("uplot/package.json"));
  const head = `/*! uPlot ${version}, put here by \`deno task page\`.`;
  const code = await read("uplot/dist/uPlot.iife.min.js");
  return [
    ["uplot.js", `${head}\n\n${await read("uplot/LICENSE")}\n*/\n${code}\nexport default uPlot;\n`],
    [
      "uplot.css",
      `${head} Its licence is in uplot.js. */\n${await read("uplot/dist/uPlot.min.css")}\n`,
    ],
  ];
}

if (import.meta.main) {
  const built = await builtFiles();
  for (const name of (await committedFiles()).keys()) {
    if (!built.has(name)) await Deno.remove(new URL(name, ASSETS));
  }
  for (const [name, text] of built) await Deno.writeTextFile(new URL(name, ASSETS), text);
}
