import { assertEquals } from "@std/assert";
import { IMPURE_ROOMS, MAY_IMPORT, OWN_PACKAGE } from "./may_import.ts";

const LIB = new URL("../../lib/", import.meta.url);

/** What a pure room must not name: the outside, the clock, chance and the console. */
const IMPURE =
  /\b(?:Deno|console|crypto|performance)\.|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\b(?:setTimeout|setInterval|queueMicrotask|fetch)\(/;

/** The specifiers of every import and re-export, also of those that come later. */
const IMPORT = /(?:^\s*(?:import|export)\b[^"';]*?(?:from\s*)?|\bimport\()"([^"]+)"/gm;

/** Longest file that needs no second look; a few structures may go up to `MAX_LINES`. */
const MAX_LINES = 400;

interface SourceFile {
  readonly room: string;
  readonly path: string;
  readonly text: string;
}

async function sourceFiles(): Promise<SourceFile[]> {
  const out: SourceFile[] = [];
  for await (const room of Deno.readDir(LIB)) {
    if (!room.isDirectory) continue;
    const folder = new URL(`${room.name}/`, LIB);
    for await (const entry of Deno.readDir(folder)) {
      if (!entry.isFile || !entry.name.endsWith(".ts")) continue;
      const text = await Deno.readTextFile(new URL(entry.name, folder));
      out.push({ room: room.name, path: `lib/${room.name}/${entry.name}`, text });
    }
  }
  return out;
}

/** Code without comments, in which an example may name what the code must not. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

/** What one file breaks, a sentence each. */
function violations({ room, path, text }: SourceFile): string[] {
  const code = withoutComments(text);
  const out: string[] = [];
  for (const [, specifier = ""] of code.matchAll(IMPORT)) {
    if (specifier.startsWith(".")) {
      const target = new URL(specifier, new URL(`../${path}`, LIB)).pathname.slice(
        LIB.pathname.length,
      );
      const [targetRoom = ""] = target.split("/");
      if (targetRoom !== room && !MAY_IMPORT[room]?.includes(targetRoom)) {
        out.push(`${path} imports from ${specifier}: ${room} may not import ${targetRoom}`);
      }
    } else {
      for (const [name, owner] of Object.entries(OWN_PACKAGE)) {
        if (specifier.startsWith(name) && room !== owner) {
          out.push(`${path} imports ${specifier}: only ${owner} may`);
        }
      }
    }
  }
  const impure = IMPURE.exec(code);
  if (impure !== null && !IMPURE_ROOMS.includes(room)) {
    out.push(`${path} names ${impure[0]}: ${room} is pure`);
  }
  const lines = text.split("\n").length - 1;
  if (lines > MAX_LINES) out.push(`${path} has ${lines} lines, ${MAX_LINES} at most`);
  return out;
}

Deno.test("rooms of lib/ import in one direction, and the pure ones are pure", async () => {
  assertEquals((await sourceFiles()).flatMap(violations), []);
});

Deno.test("every room of lib/ has its place in MAY_IMPORT, and every one there exists", async () => {
  const rooms = new Set((await sourceFiles()).map(({ room }) => room));
  assertEquals([...rooms].toSorted(), Object.keys(MAY_IMPORT).toSorted());
});

Deno.test("MAY_IMPORT has no circle", () => {
  const order = Object.keys(MAY_IMPORT);
  for (const [room, targets] of Object.entries(MAY_IMPORT)) {
    const later = targets.filter((target) => order.indexOf(target) >= order.indexOf(room));
    assertEquals(later, [], `${room} imports from a room that comes after it`);
  }
});

const BAD: [string, SourceFile, string][] = [
  ["a room that is not below", {
    room: "rtp",
    path: "lib/rtp/x.ts",
    text: 'import { y } from "../server/y.ts";\n',
  }, "rtp may not import server"],
  ["one that is loaded later", {
    room: "rtp",
    path: "lib/rtp/x.ts",
    text: 'const { y } = await import("../server/y.ts");\n',
  }, "rtp may not import server"],
  ["the clock", {
    room: "client",
    path: "lib/client/x.ts",
    text: "const now = Date.now();\n",
  }, "names Date.now"],
  ["a package of another room", {
    room: "client",
    path: "lib/client/x.ts",
    text: 'export * from "@std/cli/parse-args";\n',
  }, "only command_line may"],
  ["a timer", {
    room: "server",
    path: "lib/server/x.ts",
    text: "setTimeout(() => {}, 1);\n",
  }, "names setTimeout("],
];
for (const [name, file, sentence] of BAD) {
  Deno.test(`the architecture test finds ${name}`, () => {
    const [found = "nothing", ...others] = violations(file);
    assertEquals([found.includes(sentence), others], [true, []], found);
  });
}
