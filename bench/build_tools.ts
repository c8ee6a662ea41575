import { type BenchTools, ROOT } from "./server_subjects.ts";

/**
 * Builds the C programs, has Deno keep ours in its cache (a server that is started for the first time has the
 * compiler's memory as well), and looks for the peers.
 *
 * @param folder Where everything goes that a bench makes.
 * @throws {Error} There is no C compiler, or it fails.
 */
export async function buildTools(folder: string): Promise<BenchTools> {
  const { python, peerProblem } = await findPython();
  await new Deno.Command(Deno.execPath(), {
    args: ["cache", "--quiet", "server.ts", "client.ts"],
    cwd: ROOT,
  }).output();
  return {
    folder,
    receiver: await build(folder, "receiver"),
    gsoSender: await build(folder, "gso_sender"),
    python,
    peerProblem,
  };
}

async function build(folder: string, name: string): Promise<string> {
  const source = new URL(`c/${name}.c`, import.meta.url).pathname;
  const args = ["-O2", "-o", `${folder}/${name}`, source];
  const { success, stderr } = await new Deno.Command("cc", { args }).output();
  if (!success) throw new Error(`cc ${name}.c failed: ${new TextDecoder().decode(stderr)}`);
  return `${folder}/${name}`;
}

/** A Python that has the peer's bindings, or why there is none. */
async function findPython(): Promise<Pick<BenchTools, "python" | "peerProblem">> {
  const code = "import gi; gi.require_version('GstRtspServer', '1.0')";
  for (const python of ["/usr/bin/python3", "python3"]) {
    try {
      const { success } = await new Deno.Command(python, { args: ["-c", code] }).output();
      if (success) return { python, peerProblem: undefined };
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return { python: "", peerProblem: "no python3 with gi and GstRtspServer 1.0" };
}
