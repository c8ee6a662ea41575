/** Where the pages are: beside this file, also in a compiled program. */
const FOLDER = new URL("./assets/", import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
};

/** One file of the pages. */
export interface PageAsset {
  readonly bytes: Uint8Array;
  readonly type: string;
  /** In quotes, as in the header. */
  readonly etag: string;
}

/** The files of the pages, by name; read once. */
export class PageAssets {
  readonly #assets: ReadonlyMap<string, PageAsset>;

  private constructor(assets: ReadonlyMap<string, PageAsset>) {
    this.#assets = assets;
  }

  /** Reads all of them. */
  static async load(folder: URL = FOLDER): Promise<PageAssets> {
    const assets = new Map<string, PageAsset>();
    for await (const { name, isFile } of Deno.readDir(folder)) {
      const type = TYPES[name.split(".").at(-1) ?? ""];
      if (!isFile || type === undefined) continue;
      const bytes = await Deno.readFile(new URL(name, folder));
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes), 0, 8);
      const tag = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
      assets.set(name, { bytes, type, etag: `"${tag}"` });
    }
    return new PageAssets(assets);
  }

  /** By the file's name. */
  get names(): readonly string[] {
    return [...this.#assets.keys()].sort();
  }

  /** A file; `undefined` where there is none of that name. */
  get(name: string): PageAsset | undefined {
    return this.#assets.get(name);
  }
}
