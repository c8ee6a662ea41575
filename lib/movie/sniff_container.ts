/** How many bytes of a file's start `sniffContainer` wants, where the file has them. */
export const SNIFFED_LENGTH = 16;

/** What a file's first bytes say that it is. */
export type Container =
  | { readonly kind: "lab-framing" }
  | { readonly kind: "jpeg-stream" }
  | { readonly kind: "avi" }
  | { readonly kind: "mp4" }
  | { readonly kind: "multipart" }
  | { readonly kind: "unknown" };

/**
 * Tells a movie's container by its first bytes, never by its name.
 *
 * @param head At least 16 bytes, fewer where the file is shorter.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 *
 * const head = new TextEncoder().encode("RIFF____AVI LIST");
 * assert(head.length >= SNIFFED_LENGTH);
 * const container: Container = sniffContainer(head);
 * assertEquals(container.kind, "avi");
 * ```
 */
export function sniffContainer(head: Uint8Array): Container {
  const text = String.fromCharCode(...head.subarray(0, SNIFFED_LENGTH));
  if (/^\d{5}/.test(text)) return { kind: "lab-framing" };
  if (text.startsWith("\xff\xd8")) return { kind: "jpeg-stream" };
  if (/^RIFF....AVI /s.test(text)) return { kind: "avi" };
  if (/^....(ftyp|moov|mdat|wide|free|skip|pnot)/s.test(text)) return { kind: "mp4" };
  if (/^(\r?\n)?--\S|^HTTP\/1|^Content-/i.test(text)) return { kind: "multipart" };
  return { kind: "unknown" };
}
