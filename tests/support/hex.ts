/**
 * The bytes of an annotated hex template: digits in pairs, `#` starts a comment up to the line's end;
 * interpolated byte arrays stand as they are.
 */
export function hex(
  strings: TemplateStringsArray,
  ...values: readonly Uint8Array[]
): Uint8Array {
  const bytes: number[] = [];
  strings.forEach((text, index) => {
    const digits = text.replace(/#.*$/gm, "").replace(/\s+/g, "");
    if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new TypeError(`Cannot read hex: "${digits}"`);
    for (let i = 0; i < digits.length; i += 2) bytes.push(parseInt(digits.slice(i, i + 2), 16));
    bytes.push(...values[index] ?? []);
  });
  return Uint8Array.from(bytes);
}
