import type { SdpAttribute } from "./session_description.ts";

/**
 * The value of the first attribute of a name; `""` for a flag, `undefined` where there is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const attributes = [{ name: "recvonly" }, { name: "control", value: "track1" }];
 * assertEquals(attributeValue(attributes, "control"), "track1");
 * assertEquals(attributeValue(attributes, "recvonly"), "");
 * ```
 */
export function attributeValue(
  attributes: readonly SdpAttribute[],
  name: string,
): string | undefined {
  return attributeValues(attributes, name)[0];
}

/** The values of all attributes of a name: `rtpmap` stands once for each format. */
export function attributeValues(attributes: readonly SdpAttribute[], name: string): string[] {
  return attributes.filter((attribute) => attribute.name === name).map(({ value }) => value ?? "");
}
