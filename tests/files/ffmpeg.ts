/** Runs one of FFmpeg's programs; `undefined` where it is not installed. */
export async function runFfmpeg(
  program: "ffmpeg" | "ffprobe",
  args: readonly string[],
): Promise<string | undefined> {
  try {
    const command = new Deno.Command(program, {
      args: ["-v", "error", ...args],
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    });
    const { code, stdout, stderr } = await command.output();
    const decoder = new TextDecoder();
    if (code !== 0) throw new Error(`${program} failed: ${decoder.decode(stderr)}`);
    return decoder.decode(stdout);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return undefined;
  }
}

/** Whether FFmpeg is installed; else a line says why tests are left out. */
export async function hasFfmpeg(): Promise<boolean> {
  const found = await runFfmpeg("ffmpeg", ["-version"]) !== undefined &&
    await runFfmpeg("ffprobe", ["-version"]) !== undefined;
  // deno-lint-ignore no-console -- a test that is left out says so
  if (!found) console.log("Tests with FFmpeg are left out: ffmpeg or ffprobe is not installed");
  return found;
}
