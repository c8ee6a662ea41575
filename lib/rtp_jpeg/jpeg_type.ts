import type { JpegImage } from "../jpeg/jpeg_image.ts";

type Sampled = Pick<JpegImage, "components">;

/**
 * The type of a picture without restart markers (RFC 2435 §4.1): 0 for 4:2:2, 1 for 4:2:0; `undefined`
 * for other samplings, and for the same ones written with other factors, whose MCUs differ.
 */
export function jpegType(image: Sampled): 0 | 1 | undefined {
  switch (samplingOf(image)) {
    case "2x1, 1x1, 1x1":
      return 0;
    case "2x2, 1x1, 1x1":
      return 1;
    default:
      return undefined;
  }
}

/** The sampling factors of all components, for messages: `2x2, 1x1, 1x1`. */
export function samplingOf({ components }: Sampled): string {
  return components.map((c) => `${c.horizontal}x${c.vertical}`).join(", ");
}
