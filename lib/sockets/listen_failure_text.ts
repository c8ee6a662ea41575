/**
 * Why a server cannot listen, as a clause for messages: `another program listens there already`.
 *
 * @param error As thrown by `Deno.listen`.
 * @param port The one that was asked for.
 */
export function listenFailureText(error: Error, port: number): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return "another program listens there already; PORT 0 takes any free one";
  }
  if (error instanceof Deno.errors.AddrNotAvailable) return "this machine has no such address";
  if (error.message.includes("failed to lookup address")) return "there is no host of that name";
  const hint = port < 1024 && error instanceof Deno.errors.PermissionDenied
    ? "; ports below 1024 need root, 8554 does not"
    : "";
  return error.message.replace(/ \(os error \d+\)$/, "") + hint;
}
