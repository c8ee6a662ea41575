/** By whole paths, since a permission for a bare name complains where there is none. */
const COMMANDS: Readonly<Record<string, string>> = {
  linux: "/usr/bin/xdg-open",
  darwin: "/usr/bin/open",
};

/**
 * Opens an address in the desktop's browser.
 *
 * @returns Why it cannot be done, as a sentence.
 */
export async function openBrowser(address: string): Promise<string | undefined> {
  const command = COMMANDS[Deno.build.os];
  if (command === undefined) return `Open ${address} yourself: no command for it is known here`;
  const why = (reason: string) => `Cannot open a browser, open ${address} yourself: ${reason}`;
  const { state } = await Deno.permissions.query({ name: "run", command });
  if (state !== "granted") return why(`it needs --allow-run=${command}`);
  try {
    new Deno.Command(command, { args: [address], stdout: "null", stderr: "null" }).spawn().unref();
    return undefined;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return why(`there is no ${command}`);
  }
}
