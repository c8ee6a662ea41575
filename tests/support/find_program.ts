/**
 * Whether a program is installed; where it is not, says so in one line, so that a skipped test is seen.
 *
 * @param args With these it ends by itself.
 */
export async function findProgram(
  name: string,
  args: readonly string[] = ["version"],
): Promise<boolean> {
  try {
    await new Deno.Command(name, { args: [...args], stdout: "null", stderr: "null" }).output();
    return true;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    // deno-lint-ignore no-console
    console.log(`skipped: ${name} is not installed`);
    return false;
  }
}
