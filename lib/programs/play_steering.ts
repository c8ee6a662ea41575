import type { PlayStep } from "../client/play_plan.ts";
import type { Impairment } from "../net_impair/impairment.ts";

/** What its user can do to a play that goes on. */
export interface PlaySteering {
  /** Asks the server for something. */
  command(step: PlayStep): void;
  /** Damages the datagrams that come from now on. @param impairment Absent: not at all. */
  impair(impairment: Impairment | undefined): void;
}
