import type { SessionFigures } from "../../lib/client/session_figures.ts";

/** What is known of a lab session beside what came in. */
export const LAB_FIGURES: SessionFigures = {
  dialect: "lab",
  transport: undefined,
  roundTrip: undefined,
  keepalives: 0,
  rtcp: undefined,
};
