/** Whether libjpeg-turbo's `cjpeg` is installed. */
export const CJPEG: boolean = isInstalled("cjpeg");

function isInstalled(program: string): boolean {
  try {
    new Deno.Command(program, { args: ["-version"], stdout: "null", stderr: "null" }).outputSync();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotCapable) {
      return false;
    }
    throw error;
  }
}

/** What `cjpeg` makes of a picture with colours everywhere. */
export async function cjpeg(args: string[], width: number, height: number): Promise<Uint8Array> {
  const command = new Deno.Command("cjpeg", {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  });
  const child = command.spawn();
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => i * i >> 5);
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(`P6 ${width} ${height} 255\n`));
  await writer.write(pixels);
  await writer.close();
  const { success, stdout } = await child.output();
  if (!success) throw new Error(`Cannot make a JPEG: cjpeg ${args.join(" ")} failed`);
  return stdout;
}
