import type { ClientFrame } from "../client/client_frame.ts";
import type { ClientMachine } from "../client/client_machine.ts";
import { DialectClient } from "../client/dialect_client.ts";
import { LabClient } from "../client/lab_client.ts";
import { labFileProblem } from "../client/lab_file_problem.ts";
import type { StatusFacts } from "../client/format_status.ts";
import { PLAY_THROUGH, type PlayPlan, type PlayStep } from "../client/play_plan.ts";
import { PlayReport } from "../client/play_report.ts";
import type { PlayResult } from "../client/play_result.ts";
import { PlayRunner } from "../client/play_runner.ts";
import { ReconnectClient, type SecondAttempt } from "../client/reconnect_client.ts";
import { StandardClient } from "../client/standard_client.ts";
import type { ClientOptions } from "../command_line/client_options.ts";
import { ClientHost, type PlayEvent } from "../sockets/client_host.ts";
import type { TlsTrust } from "../sockets/connect_client.ts";
import { SecureRandom } from "../sockets/secure_random.ts";
import type { WireBytes, WireTap } from "../sockets/wire_tap.ts";
import { lookIntervalMs } from "./look_interval.ts";
import type { PlaySteering } from "./play_steering.ts";
import type { PlayWindow } from "./play_window.ts";

/** A play that goes on, for those who steer it or look on. */
export interface PlayHandle {
  /** Ends it, as a signal does. */
  stop(): void;
  /** Does one more thing. */
  command(step: PlayStep): void;
  /** How it stands. */
  status(): StatusFacts;
}

/** What a play works with beside its options; nothing of it may hold up the receiver. */
export interface PlaySurroundings {
  /** Name and version. */
  readonly product: string;
  readonly trust: TlsTrust;
  /** Whether a status line can be seen; not so unless it is said. */
  readonly isOnTerminal?: boolean;
  /** Told of all bytes that go over the wire. */
  readonly capture?: WireTap;
  /**
   * Opens the window, where one is wanted.
   *
   * @throws {Error} One sentence: it cannot be had.
   */
  openWindow?(runner: PlayRunner, steering: PlaySteering): Promise<PlayWindow>;
  /** Given the play before it begins. */
  begins(play: PlayHandle): void;
  /** The play is over: nothing more is told of it. */
  ended(): void;
  /** A frame has come. */
  frame(frame: ClientFrame, dialect: "lab" | "standard"): void;
  /** Anything else has happened. */
  notice(event: PlayEvent): void;
}

/** Plays what the options name, from its beginning to its end. */
export async function playSource(
  options: ClientOptions,
  surroundings: PlaySurroundings,
): Promise<PlayResult> {
  const { target, rtpPort, impair } = options;
  const { trust, capture, product } = surroundings;
  const report = new PlayReport();
  const make = (again?: SecondAttempt) => machineOf(options, product, report, again);
  const machine = options.reconnect ? new ReconnectClient(make, target) : make();
  const runner = new PlayRunner(machine, report, target, planOf(options));
  let positionSeconds: number | undefined;
  const window = await surroundings.openWindow?.(runner, {
    command: (step) => host.command(step),
    impair: (impairment) => host.impair(impairment),
  });
  const isTapped = capture !== undefined || window !== undefined;
  const lagMs = isTapped ? 0 : lookIntervalMs(options, surroundings.isOnTerminal ?? false);
  const host: ClientHost = new ClientHost({
    ...{ runner, rtpPort, trust },
    patience: { lagMs },
    ...impair !== undefined && { impair },
    ...isTapped && {
      capture: (bytes: WireBytes) => {
        capture?.(bytes);
        window?.wire(bytes);
      },
    },
    notice: (event) => {
      window?.event(event);
      if (event.kind !== "frame") return surroundings.notice(event);
      positionSeconds = event.frame.positionSeconds;
      surroundings.frame(event.frame, runner.dialect);
    },
  });
  surroundings.begins({
    stop: () => host.stop(),
    command: (step) => host.command(step),
    status: () => runner.status(positionSeconds),
  });
  try {
    return await host.play();
  } finally {
    surroundings.ended();
    await window?.close();
  }
}

/** How many buttons there are; `undefined` where the play begins and ends by itself. */
export function buttonsOf(
  { buttons, window }: Pick<ClientOptions, "buttons" | "window">,
): 3 | 4 | undefined {
  return buttons ?? (window === undefined ? undefined : 4);
}

function planOf(options: ClientOptions): PlayPlan {
  const { script, frames, duration, outputs } = options;
  const buttons = buttonsOf(options);
  return {
    ...PLAY_THROUGH,
    ...buttons !== undefined && { steps: [], then: "wait", playSetsUp: buttons === 3 },
    ...script !== undefined && { steps: script, then: "end" },
    ...outputs.snapshot !== undefined && { frames: 1 },
    ...frames !== undefined && { frames },
    ...duration !== undefined && { durationMs: duration },
  };
}

/** The machine that speaks the server's dialect, or finds out which one that is. */
function machineOf(
  { target, dialect: wanted, wishes, login, rtpPort }: ClientOptions,
  product: string,
  report: PlayReport,
  again: SecondAttempt | undefined,
): ClientMachine {
  const dialect = again?.dialect ?? wanted;
  if (target.form === "lab" || dialect === "lab") return new LabClient(target, report);
  const mayBeLab = dialect === "auto" && !target.secure &&
    labFileProblem(target.file) === undefined;
  // Ports that the system chooses are others with each attempt: there nothing old can come.
  const pastSsrc = rtpPort === 0 ? undefined : again?.pastSsrc;
  const standard = new StandardClient({
    ...{ target, login, product, mayBeLab, report, pastSsrc },
    wishes: { ...wishes, ...again?.wishes },
    random: new SecureRandom(),
  });
  return mayBeLab ? new DialectClient(standard, () => new LabClient(target, report)) : standard;
}
