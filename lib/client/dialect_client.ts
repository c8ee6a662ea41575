import type { Now } from "../bytes/now.ts";
import type { ClientCommand } from "./client_command.ts";
import type { ClientLink, ClientMachine } from "./client_machine.ts";
import type { ClientOutput } from "./client_output.ts";
import type { ClientState } from "./client_states.ts";
import type { Reception } from "./reception.ts";
import type { SessionFigures } from "./session_figures.ts";

/**
 * Finds out which dialect a server speaks: begins with the standard one, and where the server turns out
 * not to know it, goes over to the lab's on another connection and does there what was asked so far.
 */
export class DialectClient implements ClientMachine {
  readonly #makeLab: () => ClientMachine;
  #machine: ClientMachine;
  /** What was asked of the standard machine; `undefined` once the dialect is settled. */
  #asked: ClientCommand[] | undefined = [];

  /**
   * @param standard One that says of a failure whether it is the dialect's.
   * @param makeLab Makes the machine to go over to, called once at most.
   */
  constructor(standard: ClientMachine, makeLab: () => ClientMachine) {
    this.#machine = standard;
    this.#makeLab = makeLab;
  }

  get state(): ClientState {
    return this.#machine.state;
  }

  get isBusy(): boolean {
    return this.#machine.isBusy;
  }

  get reception(): Reception {
    return this.#machine.reception;
  }

  get figures(): SessionFigures {
    return this.#machine.figures;
  }

  get wakeAtMs(): number | undefined {
    return this.#machine.wakeAtMs;
  }

  command(command: ClientCommand, now: Now): ClientOutput[] {
    this.#asked?.push(command);
    return this.#heed(this.#machine.command(command, now), now);
  }

  connected(link: ClientLink, now: Now): ClientOutput[] {
    return this.#heed(this.#machine.connected(link, now), now);
  }

  receive(bytes: Uint8Array, now: Now): ClientOutput[] {
    return this.#heed(this.#machine.receive(bytes, now), now);
  }

  datagram(channel: "rtp" | "rtcp", bytes: Uint8Array, from: string, now: Now): ClientOutput[] {
    return this.#heed(this.#machine.datagram(channel, bytes, from, now), now);
  }

  disconnected(reason: string, now: Now): ClientOutput[] {
    return this.#heed(this.#machine.disconnected(reason, now), now);
  }

  tick(now: Now): ClientOutput[] {
    return this.#heed(this.#machine.tick(now), now);
  }

  #heed(outputs: ClientOutput[], now: Now): ClientOutput[] {
    if (this.#asked === undefined) return outputs;
    const other = outputs.find((output) => output.kind === "failure" && output.otherDialect);
    if (other?.kind === "failure") {
      const commands = this.#asked;
      this.#asked = undefined;
      this.#machine = this.#makeLab();
      const message = `${other.sentence}: tried now`;
      return [
        ...outputs.filter((output) => output !== other),
        { kind: "log", level: "warning", message },
        ...commands.flatMap((command) => this.#machine.command(command, now)),
      ];
    }
    const isSettled = outputs.some((output) => output.kind === "reply" && output.status < 300);
    if (isSettled) this.#asked = undefined;
    return outputs;
  }
}
