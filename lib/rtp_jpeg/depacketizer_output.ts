/** Why a frame was dropped, or a broken one kept. */
export type DropReason =
  /** Packets are missing: lost, or never sent. */
  | "incomplete"
  /** A packet of it is not what RFC 2435 wants. */
  | "malformed"
  /** A type other than 0, 1, 64 and 65. */
  | "unsupported type"
  /** Fields of interlaced video: type-specific other than 0. */
  | "interlaced"
  /** Q is 0 or 100 to 127. */
  | "reserved Q"
  /** Q stands for tables that were never sent. */
  | "no tables"
  /** The header says 0 and nobody else says the size. */
  | "no size"
  /** Over the limit for a frame. */
  | "too large";

/** A JPEG that arrived. */
export interface ReceivedJpeg {
  readonly kind: "frame";
  /** A whole file, SOI to EOI: a view of memory that is the receiver's alone. */
  readonly jpeg: Uint8Array;
  /** Of the frame's packets. */
  readonly timestamp: number;
  /** In pixels, as in the file's frame header. */
  readonly width: number;
  readonly height: number;
  /** Why the picture is broken: its data ends at the first hole. Only with `keepBroken`. */
  readonly broken?: string;
  /** The size that was announced and could not be true of this frame. */
  readonly contradictedSize?: { readonly width: number; readonly height: number };
}

/** A frame that could not be put together; the stream goes on. */
export interface DroppedJpeg {
  readonly kind: "dropped";
  readonly reason: DropReason;
  /** A sentence without final period, for a log. */
  readonly detail: string;
  /** Of the frame's packets. */
  readonly timestamp: number;
}

/** What comes out of a `JpegDepacketizer`. */
export type DepacketizerOutput = ReceivedJpeg | DroppedJpeg;
