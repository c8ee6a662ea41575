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
  const code = error instanceof Error && "code" in error ? error.code : undefined; // of node:tls
  if (code === "ECONNREFUSED") return "nobody listens there (connection refused)";
  if (code === "ECONNRESET") return "the server broke the connection off";
  const text = error instanceof Error ? error.message : String(error);
  if (text.includes("failed to lookup address")) return "there is no host of that name";
  if (/InvalidContentType|corrupt message|wrong version number/i.test(text)) {
    return "the server does not speak TLS there: rtsp:// instead of rtsps:// may do";
  }
  if (text.includes("invalid peer certificate")) {
    const why = text.replace(/^.*invalid peer certificate: /s, "");
    return `the server's certificate is not trusted (${why}): --ca FILE trusts one, --insecure any`;
  }
  return text.replace(/ \(os error \d+\).*$/s, "");
}
