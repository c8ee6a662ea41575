/**
 * Makes the browser's JavaScript of lib/page/ and puts it into lib/web/assets/, where the server
 * takes it from. `deno task page` after a change; a test says so if it was forgotten.
 *
 * Types are taken out and `.ts` in imports becomes `.js`; nothing else happens to the modules.
 */

const ROOT = new URL("../", import.meta.url);
const SOURCES = new URL("lib/page/", ROOT);
const ASSETS = new URL("lib/web/assets/", ROOT);

const HEAD = "// Made by `deno task page` from lib/page/; change it there.\n";

/** Browser modules by their file names, as they are to be in lib/web/assets/. */
export async function builtModules(): Promise<Map<string, string>> {
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
      modules.set(file, finished(await Deno.readTextFile(`${outDir}/${file}`)));
    }
    return modules;
  } finally {
    await Deno.remove(outDir, { recursive: true });
  }
}

/** The modules as they are in lib/web/assets/ now. */
export async function committedModules(): Promise<Map<string, string>> {
  const names = (await namesIn(ASSETS)).filter((name) => name.endsWith(".js"));
  const modules = new Map<string, string>();
  for (const name of names) modules.set(name, await Deno.readTextFile(new URL(name, ASSETS)));
  return modules;
}

async function namesIn(folder: URL): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) if (isFile) names.push(name);
  return names.sort();
}

/** Without comments for readers of the source, and with imports of what is served. */
function finished(code: string): string {
  const bare = code.replace(/^[ \t]*\/\*\*[\s\S]*?\*\/[ \t]*\n?/gm, "").replace(
    /^\/\/\/ .*\n/gm,
    "",
  );
  return HEAD + bare.replace(/(from "\.\/\w+)\.ts"/g, '$1.js"');
}

if (import.meta.main) {
  const built = await builtModules();
  for (const name of (await committedModules()).keys()) {
    if (!built.has(name)) await Deno.remove(new URL(name, ASSETS));
  }
  for (const [name, code] of built) await Deno.writeTextFile(new URL(name, ASSETS), code);
}
