import { WireError } from "../bytes/wire_error.ts";

/** Width and height in pixels, 1 to 65,535 each. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Reads the value of `a=x-dimensions`: `384,288`.
 *
 * @throws {WireError} For what is no such pair.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseXDimensions("384,288"), { width: 384, height: 288 });
 * assertEquals(serializeXDimensions({ width: 384, height: 288 }), "384,288");
 * ```
 */
export function parseXDimensions(value: string): PictureSize {
  return readSize("x-dimensions", value, /^(\d{1,5})\s*[,x]\s*(\d{1,5})$/.exec(value.trim()));
}

/** Writes what `parseXDimensions()` reads. */
export function serializeXDimensions({ width, height }: PictureSize): string {
  return `${width},${height}`;
}

/**
 * Reads the value of `a=framesize` (3GPP TS 26.234 §5.3.3.2): `26 384-288`.
 *
 * @throws {WireError} For what is no such value.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseFrameSize("26 384-288"), { payloadType: 26, width: 384, height: 288 });
 * ```
 */
export function parseFrameSize(value: string): PictureSize & { readonly payloadType: number } {
  const [, type = "", size = ""] = /^(\d{1,3})\s+(.*)$/.exec(value.trim()) ?? [];
  if (type === "" || Number(type) > 127) failSize("framesize", value);
  const found = /^(\d{1,5})\s*-\s*(\d{1,5})$/.exec(size);
  return { payloadType: Number(type), ...readSize("framesize", value, found) };
}

/** Writes what `parseFrameSize()` reads. */
export function serializeFrameSize(payloadType: number, { width, height }: PictureSize): string {
  return `${payloadType} ${width}-${height}`;
}

function readSize(name: string, value: string, found: RegExpExecArray | null): PictureSize {
  const [width, height] = [Number(found?.[1] ?? 0), Number(found?.[2] ?? 0)];
  if (width < 1 || height < 1 || width > 0xffff || height > 0xffff) failSize(name, value);
  return { width, height };
}

function failSize(name: string, value: string): never {
  throw new WireError(
    `Cannot parse ${name}: ${JSON.stringify(value.slice(0, 40))} is no picture size`,
  );
}
