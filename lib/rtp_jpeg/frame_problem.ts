import type { DropReason } from "./depacketizer_output.ts";

/** Why a frame cannot be used: for the count, and as a clause for the log. */
export interface FrameProblem {
  readonly kind: "problem";
  readonly reason: DropReason;
  readonly detail: string;
}

/** A problem of these two. */
export function problem(reason: DropReason, detail: string): FrameProblem {
  return { kind: "problem", reason, detail };
}
