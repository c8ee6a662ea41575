import { type FrameProblem, problem } from "./frame_problem.ts";
import type { PayloadHeader } from "./payload_header.ts";

/**
 * What in a main header stands against its frame, if anything (RFC 2435 §3.1).
 *
 * @param hasExtension Whether the frame has the header extension of ONVIF, with which Q 0 stands for the
 * tables of the frame before.
 */
export function headerProblem(
  header: PayloadHeader,
  hasExtension: boolean,
): FrameProblem | undefined {
  const { typeSpecific, type, q } = header;
  if (type > 127 || (type & 63) > 1) {
    return problem("unsupported type", `type is ${type}; 0, 1, 64 or 65 is wanted`);
  }
  if (typeSpecific !== 0) {
    return problem("interlaced", `type-specific is ${typeSpecific} (fields), 0 is wanted`);
  }
  if (q === 0 && hasExtension) return undefined;
  if (q === 0 || q > 99 && q < 128) {
    return problem("reserved Q", `Q is ${q}, 1 to 99 or 128 to 255 is wanted`);
  }
  return undefined;
}
