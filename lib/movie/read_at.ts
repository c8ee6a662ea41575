/**
 * Reads a file at a position, now: `files/` and the tests each have one.
 *
 * @param offset Where in the file.
 * @param into Filled from its start.
 * @returns How many bytes were read: fewer than `into.length` only where the file ends; 0 at its end.
 */
export type ReadAt = (offset: number, into: Uint8Array) => number;
