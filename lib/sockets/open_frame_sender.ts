import type { FrameSender } from "./frame_output.ts";
import { LinuxFrameSender, type LinuxPacking } from "./linux_frame_sender.ts";
import { openLinuxLibc } from "./linux_libc.ts";
import { LINUX } from "./linux_numbers.ts";
import { findLinuxSocket } from "./linux_socket_descriptor.ts";
import { setSendBuffer } from "./linux_socket_options.ts";
import { NativeFrameSender, type SenderEvents } from "./native_frame_sender.ts";

/** How frames are to leave; `auto` is the fastest way that works here. */
export type SenderChoice = "auto" | "gso" | "mmsg" | "native";

/** How much may wait in the kernel for the network, in bytes. */
const SEND_BUFFER_LENGTH = 4 * 1024 * 1024;

/**
 * The way to send frames on a socket: the one that was chosen, or the next that works, with a note
 * that says why. Which one it came to is the sender's `name`.
 */
export function openFrameSender(
  socket: Deno.DatagramConn,
  choice: SenderChoice,
  events: SenderEvents,
): FrameSender {
  const native = new NativeFrameSender(socket, events);
  if (choice === "native") return native;
  const result = openLinuxLibc();
  if (result.kind === "none") {
    // Nobody asked for it, so nobody is told.
    if (choice !== "auto") events.note?.(`Frames are sent the portable way: ${result.reason}`);
    return native;
  }
  const { libc } = result;
  const found = findLinuxSocket(libc, socket);
  if (found === undefined) {
    events.note?.("Frames are sent the portable way: the socket's descriptor was not found");
    return native;
  }
  setSendBuffer(libc, found.descriptor, SEND_BUFFER_LENGTH);
  const cuts = libc.option(found.descriptor, LINUX.SOL_UDP, LINUX.UDP_SEGMENT) !== undefined;
  if (!cuts && choice === "gso") {
    events.note?.("Packets are sent one by one: this kernel does not cut them (before Linux 4.18)");
  }
  const packing: LinuxPacking = choice === "mmsg" || !cuts ? "mmsg" : "gso";
  return new LinuxFrameSender({ libc, socket: found, packing, events, fallback: native });
}
