/**
 * Why the network failed, as a clause for messages: `nobody listens there (connection refused)`.
 *
 * @param error As thrown by Deno's network functions.
 */
export function clientFailureText(error: unknown): string {
  if (error instanceof Deno.errors.ConnectionRefused) {
    return "nobody listens there (connection refused)";
  }
  if (error instanceof Deno.errors.ConnectionReset) return "the server broke the connection off";
  if (error instanceof Deno.errors.BrokenPipe) return "the server closed the connection";
  if (error instanceof Deno.errors.TimedOut) return "the connection timed out";
  if (error instanceof Deno.errors.NotCapable) return "permission for the network is denied";
  const text = error instanceof Error ? error.message : String(error);
  if (text.includes("failed to lookup address")) return "there is no host of that name";
  return text.replace(/ \(os error \d+\).*$/s, "");
}
