import { assertEquals } from "@std/assert";
import { maskCredentials } from "../../lib/client/mask_credentials.ts";
import { bytesOf, textOf } from "../support/text.ts";

const MASKED: readonly (readonly [name: string, message: string, masked: string])[] = [
  [
    "a message without",
    "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n",
    "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n",
  ],
  ["any case and LF", "A b C\nauthorization:x y\nD: e\n\n", "A b C\nauthorization:***\nD: e\n\n"],
  ["a proxy's", "A b C\nProxy-Authorization : xy\n\n", "A b C\nProxy-Authorization : **\n\n"],
  [
    "a folded one",
    "A b C\r\nAuthorization: x\r\n y\r\nD: e\r\n",
    "A b C\r\nAuthorization: *****\r\nD: e\r\n",
  ],
  ["what only looks like one", "A b C\nX-Authorization: x\n\n", "A b C\nX-Authorization: x\n\n"],
];
for (const [name, message, masked] of MASKED) {
  Deno.test(`maskCredentials() of ${name} keeps every other byte`, () => {
    assertEquals(textOf(maskCredentials(bytesOf(message))), masked);
  });
}
