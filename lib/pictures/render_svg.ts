/** A renderer in a native addon and WebAssembly: where no picture is wanted, it is not loaded. */
async function load(): Promise<typeof import("imagescript")> {
  return await import("imagescript");
}

/**
 * An SVG picture as a PNG file. Its text has to be paths: there are no fonts. Needs the permissions
 * `--allow-ffi`, `--allow-env` and `--allow-read`, since imagescript has an addon.
 *
 * @param scale What width and height are multiplied with: 2 for screens with small pixels.
 * @throws {Deno.errors.NotCapable} A permission is missing.
 */
export async function renderSvg(svg: string, scale: number): Promise<Uint8Array> {
  const { Image } = await load();
  const image = await Image.renderSVG(svg, scale, Image.SVG_MODE_SCALE);
  return await image.encode();
}
