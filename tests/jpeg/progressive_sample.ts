import { hex } from "../support/hex.ts";

/**
 * A progressive JPEG of 19 x 13 pixels in 4:2:2 with restart markers every three blocks, as
 * `cjpeg -quality 60 -progressive -sample 2x1 -restart 3B` of libjpeg-turbo 2.1.5 made it of a picture
 * from `randomPicture`.
 */
export const PROGRESSIVE_SAMPLE: Uint8Array = hex`
  ff d8 ff e0 00 10 4a 46 49 46 00 01 01 00 00 01 00 01 00 00 ff db 00 43 00 0d 09 0a 0b 0a 08 0d
  0b 0a 0b 0e 0e 0d 0f 13 20 15 13 12 12 13 27 1c 1e 17 20 2e 29 31 30 2e 29 2d 2c 33 3a 4a 3e 33
  36 46 37 2c 2d 40 57 41 46 4c 4e 52 53 52 32 3e 5a 61 5a 50 60 4a 51 52 4f ff db 00 43 01 0e 0e
  0e 13 11 13 26 15 15 26 4f 35 2d 35 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f
  4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f 4f ff c2
  00 11 08 00 0d 00 13 03 01 21 00 02 11 01 03 11 01 ff c4 00 18 00 00 03 01 01 00 00 00 00 00 00
  00 00 00 00 00 00 00 01 05 02 03 ff c4 00 17 01 00 03 01 00 00 00 00 00 00 00 00 00 00 00 00 00
  00 02 05 03 ff dd 00 04 00 03 ff da 00 0c 03 01 00 02 10 03 10 00 00 01 94 ad ef cc 13 48 6f ff
  d0 86 5a 6f ff c4 00 18 10 00 02 03 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01 02 10 31 ff da
  00 08 01 01 00 01 05 02 90 f0 ff d0 77 ff c4 00 16 11 01 01 01 00 00 00 00 00 00 00 00 00 00 00
  00 00 00 02 10 ff da 00 08 01 03 01 01 3f 01 ac a7 ff d0 7f ff c4 00 17 11 00 03 01 00 00 00 00
  00 00 00 00 00 00 00 00 00 00 02 31 10 ff da 00 08 01 02 01 01 3f 01 5b 8b 4f ff d0 3f ff c4 00
  14 10 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 10 ff da 00 08 01 01 00 06 3f 02 7f ff d0
  7f ff c4 00 18 10 01 00 03 01 00 00 00 00 00 00 00 00 00 00 00 00 01 00 10 21 31 ff da 00 08 01
  01 00 01 3f 21 5b 16 2b ff d0 51 e1 5f ff da 00 0c 03 01 00 02 00 03 00 00 00 10 e0 cf ff d0 0f
  ff c4 00 17 11 01 01 01 01 00 00 00 00 00 00 00 00 00 00 00 00 00 01 11 21 ff da 00 08 01 03 01
  01 3f 10 ae 46 a9 ff d0 d7 ff c4 00 16 11 01 01 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01
  31 ff da 00 08 01 02 01 01 3f 10 d5 6b 47 ff d0 7f ff c4 00 18 10 01 01 01 01 01 00 00 00 00 00
  00 00 00 00 00 00 01 00 21 91 11 ff da 00 08 01 01 00 01 3f 10 f5 57 00 97 6f ff d0 65 67 c2 5d
  bf ff d9
`;
