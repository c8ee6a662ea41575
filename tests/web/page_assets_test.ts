import { assert, assertEquals, assertMatch } from "@std/assert";
import { PageAssets } from "../../lib/web/page_assets.ts";
import { ROUTES } from "../../lib/web/route_table.ts";
import { builtFiles, committedFiles } from "../../scripts/build_page.ts";

const MOST_OCTETS = 150_000;

async function textOf(name: string): Promise<string> {
  const asset = (await PageAssets.load()).get(name);
  assert(asset !== undefined, `There is no ${name}`);
  return new TextDecoder().decode(asset.bytes);
}

Deno.test("the page's files are under 150 kB in all", async () => {
  const assets = await PageAssets.load();
  const sizes = assets.names.map((name) => assets.get(name)?.bytes.length ?? Infinity);
  const sum = sizes.reduce((a, b) => a + b, 0);
  assert(sum < MOST_OCTETS, `${sum} bytes`);
});

// Another version of Deno may write the same program otherwise.
const MADE_WITH = "2.9.6";
const isOther = Deno.version.deno !== MADE_WITH;
Deno.test({
  name: "lib/web/assets/ has what `deno task page` makes" +
    (isOther ? ` (skipped: it was made with Deno ${MADE_WITH})` : ""),
  ignore: isOther,
  fn: async () => {
    const [built, committed] = await Promise.all([builtFiles(), committedFiles()]);
    assertEquals([...committed.keys()], [...built.keys()].sort());
    for (const [name, code] of built) {
      assert(committed.get(name) === code, `${name} is old: run \`deno task page\``);
    }
  },
});

Deno.test("every module that the page imports is there", async () => {
  const modules = await committedFiles();
  for (const [name, code] of modules) {
    for (const [, imported = ""] of code.matchAll(/^import\b[^;]*?from "([^"]+)"/gm)) {
      const isThere = imported.startsWith("./") && modules.has(imported.slice(2));
      assert(isThere, `${name} imports ${imported}`);
    }
  }
});

Deno.test("the library among the page's files has its licence with it", async () => {
  assertMatch(await textOf("uplot.js"), /The MIT License[\s\S]+Copyright \(c\) \d+ Leon Sorokin/);
});

/** The pages, and how many elements their code looks for at least. */
const PAGES = [["index.html", "server_page.js", 10], [
  "player.html",
  "player_page.js",
  10,
]] as const;

for (const [page, script, least] of PAGES) {
  Deno.test(`${page} has no code or style of its own, and every file that it names`, async () => {
    const html = await textOf(page);
    const assets = await PageAssets.load();
    assert(!/<style|style=|\son\w+=|javascript:|<script(?![^>]* src=)/i.test(html));
    assert(html.includes(`src="/assets/${script}"`));
    for (const [, name = ""] of html.matchAll(/(?:src|href)="\/assets\/([^"]+)"/g)) {
      assert(assets.get(name) !== undefined, name);
    }
  });

  Deno.test(`${page} has every element that its code looks for`, async () => {
    const html = await textOf(page);
    let count = 0;
    for (const code of await codeOf(script)) {
      for (const [, id = ""] of code.matchAll(/byId\("([^"]+)"/g)) {
        assert(html.includes(`id="${id}"`), id);
        count++;
      }
    }
    assert(count > least, `${count} are looked for`);
  });
}

/** A module and all that it imports. */
async function codeOf(script: string): Promise<string[]> {
  const modules = await committedFiles();
  const names = new Set([script]);
  for (const name of names) {
    const imports = (modules.get(name) ?? "").matchAll(/from "\.\/([^"]+)"/g);
    for (const [, imported = ""] of imports) names.add(imported);
  }
  return [...names].map((name) => modules.get(name) ?? "");
}

Deno.test("the OpenAPI file describes exactly the routes that there are", async () => {
  const api = JSON.parse(await textOf("openapi.json"));
  assertMatch(api.openapi, /^3\.1\./);
  const described = Object.entries(api.paths).flatMap(([path, item]) =>
    Object.keys(item as object).map((method) => `${method.toUpperCase()} ${path}`)
  );
  assertEquals(described.sort(), ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
});

Deno.test("every $ref of the OpenAPI file leads somewhere", async () => {
  const text = await textOf("openapi.json");
  const api = JSON.parse(text);
  const refs = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = ""]) => path);
  assert(refs.length > 10);
  for (const ref of refs) {
    const found = ref.split("/").reduce((value, key) => value?.[key], api);
    assert(found !== undefined, ref);
  }
});
