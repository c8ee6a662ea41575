import { assertEquals, assertThrows } from "@std/assert";
import { printText } from "../../lib/command_line/print_text.ts";

Deno.test("printText() writes what a sink takes piece by piece", () => {
  const taken: number[] = [];
  printText({
    writeSync: (bytes) => {
      taken.push(...bytes.subarray(0, 2));
      return Math.min(2, bytes.length);
    },
  }, "fünf!");
  assertEquals(new TextDecoder().decode(Uint8Array.from(taken)), "fünf!");
});

Deno.test("printText() minds no pipe that nobody reads, and hides no other failure", () => {
  const failing = (error: Error) => ({
    writeSync: () => {
      throw error;
    },
  });
  printText(failing(new Deno.errors.BrokenPipe("Broken pipe")), "text");
  assertThrows(() => printText(failing(new Error("the disk is full")), "text"), Error, "full");
});
