import { assertEquals } from "@std/assert";
import { parsePicture } from "../../lib/page/parse_picture.ts";
import { serializeWindowPicture } from "../../lib/web/window_picture.ts";
import { hex } from "../support/hex.ts";

const JPEG = hex`ff d8 ff d9`;

const PICTURES = [
  {
    picture: { number: 258, positionSeconds: 1.5, jpeg: JPEG },
    bytes: hex`
      00 00 01 02              # frame 258
      3f f8 00 00 00 00 00 00  # at 1.5 s
      ff d8 ff d9              # JPEG
    `,
  },
  {
    picture: { number: 1, positionSeconds: null, jpeg: JPEG },
    bytes: hex`
      00 00 00 01              # frame 1
      7f f8 00 00 00 00 00 00  # NaN: not known where
      ff d8 ff d9              # JPEG
    `,
  },
];

for (const { picture, bytes } of PICTURES) {
  const where = picture.positionSeconds ?? "nobody knows where";
  Deno.test(`serializeWindowPicture() and parsePicture() agree on a frame at ${where}`, () => {
    assertEquals(serializeWindowPicture(picture), bytes);
    assertEquals(parsePicture(bytes.slice().buffer), picture);
  });
}
