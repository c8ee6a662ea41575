import { assertEquals, assertThrows } from "@std/assert";
import { listenFailureText } from "../../lib/sockets/listen_failure_text.ts";

function failureAt(hostname: string, port: number): string {
  const error = assertThrows(() => Deno.listen({ hostname, port }).close(), Error);
  return listenFailureText(error, port);
}

Deno.test("listenFailureText() names what stands in the way", () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  try {
    assertEquals(
      failureAt("127.0.0.1", listener.addr.port),
      "another program listens there already; PORT 0 takes any free one",
    );
  } finally {
    listener.close();
  }
  // 192.0.2.0/24 is for documentation (RFC 5737): no machine has it.
  assertEquals(failureAt("192.0.2.1", 0), "this machine has no such address");
  assertEquals(failureAt("no-such-host.invalid", 0), "there is no host of that name");
});

Deno.test("listenFailureText() tells why low ports are closed", () => {
  const denied = new Deno.errors.PermissionDenied("Permission denied (os error 13)");
  const hint = "; ports below 1024 need root, 8554 does not";
  assertEquals(listenFailureText(denied, 554), `Permission denied${hint}`);
  assertEquals(listenFailureText(denied, 8554), "Permission denied");
});
