import { assertEquals } from "@std/assert";
import { openFrameSender, type SenderChoice } from "../../lib/sockets/open_frame_sender.ts";
import { ffiCase } from "./ffi_case.ts";

/** The way that a choice came to, and what was said about it. */
function open(choice: SenderChoice): [string, string[]] {
  const socket = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
  const notes: string[] = [];
  const sender = openFrameSender(socket, choice, {
    failed: () => {},
    note: (message) => notes.push(message),
    nowMs: () => 0,
  });
  sender.close();
  socket.close();
  return [sender.name, notes];
}

for (const [choice, name] of [["auto", "gso"], ["gso", "gso"], ["mmsg", "mmsg"]] as const) {
  ffiCase(`openFrameSender() comes to ${name} when ${choice} is wanted`, () => {
    assertEquals(open(choice), [name, []]);
  });
}

Deno.test("openFrameSender() sends the portable way when it is told to", () => {
  assertEquals(open("native"), ["native", []]);
});

Deno.test({
  name:
    "openFrameSender() sends the portable way where FFI is not allowed, and says so when asked for another",
  permissions: { net: true },
  fn: () => {
    assertEquals(open("auto"), ["native", []]);
    const note = "Frames are sent the portable way: --allow-ffi was not given";
    for (const choice of ["gso", "mmsg"] as const) {
      assertEquals(open(choice), ["native", Deno.build.os === "linux" ? [note] : open(choice)[1]]);
    }
  },
});
