/**
 * Runs the interop tests and prints which programs of others passed in what, with their versions.
 *
 * Usage: `deno run -A scripts/interop_matrix.ts [--write]`; `--write` puts the result into docs/interop.md
 * as well. Ends with code 1 where a test failed.
 */
import { findPeer } from "../tests/interop/find_peer.ts";
import { readJunitResults, type StepResult } from "../tests/interop/junit_results.ts";
import { matrixTable } from "../tests/interop/matrix_table.ts";
import { PEERS } from "../tests/interop/peers.ts";

const ROOT = new URL("../", import.meta.url);
const DOCUMENT = new URL("docs/interop.md", ROOT);
/** Between these lines stands what this writes. */
const MARKERS = ["<!-- begin: scripts/interop_matrix.ts -->", "<!-- end -->"] as const;

/** The parts of the matrix, and the test files whose steps they show. */
const PARTS: readonly (readonly [title: string, files: readonly string[]])[] = [
  [
    "They play from our server",
    ["ffmpeg_test.ts", "gstreamer_test.ts", "vlc_test.ts", "curl_test.ts"],
  ],
  ["Kinds of JPEG, from our server", ["jpeg_shapes_test.ts", "exercise_movie_test.ts"]],
  ["Our server's packets, dissected", ["tshark_test.ts"]],
  ["Our client plays from them", ["client_test.ts"]],
];

async function run(args: readonly string[]): Promise<number> {
  const command = new Deno.Command(Deno.execPath(), {
    cwd: ROOT,
    args: [...args],
    stdout: "inherit",
    stderr: "inherit",
  });
  return (await command.output()).code;
}

async function testResults(): Promise<{ code: number; results: StepResult[] }> {
  const file = await Deno.makeTempFile({ prefix: "zoetrope-interop-", suffix: ".xml" });
  try {
    const code = await run(["test", "--allow-all", `--junit-path=${file}`, "tests/interop"]);
    return { code, results: readJunitResults(await Deno.readTextFile(file)) };
  } finally {
    await Deno.remove(file);
  }
}

/** The matrix as Markdown. */
function matrix(results: readonly StepResult[]): string {
  const parts = PARTS.flatMap(([title, files]) => {
    const shown = results.filter(({ file }) => files.includes(file));
    return shown.length === 0 ? [] : [`### ${title}\n\n${matrixTable(shown)}`];
  });
  const versions = Object.values(PEERS).map((peer) =>
    `- ${peer.name} ${findPeer(peer) ?? "is not installed"} (\`${peer.debian}\`)`
  );
  const { os, arch } = Deno.build;
  const where = `Measured on ${new Date().toISOString().slice(0, 10)}, ${os} ${arch}, with Deno ` +
    `${Deno.version.deno} and`;
  return [where, "", ...versions, "", ...parts].join("\n");
}

async function write(text: string): Promise<void> {
  const document = await Deno.readTextFile(DOCUMENT);
  const [begin, end] = [document.indexOf(MARKERS[0]), document.indexOf(MARKERS[1])];
  if (begin < 0 || end < begin) throw new Error(`${DOCUMENT.pathname} lacks ${MARKERS.join(", ")}`);
  const head = document.slice(0, begin + MARKERS[0].length);
  await Deno.writeTextFile(DOCUMENT, `${head}\n\n${text}\n${document.slice(end)}`);
  await run(["fmt", "--quiet", DOCUMENT.pathname]);
}

const { code, results } = await testResults();
const text = matrix(results);
await Deno.stdout.write(new TextEncoder().encode(`\n${text}`));
if (Deno.args.includes("--write")) await write(text);
Deno.exit(code);
