import type { Impairment } from "../net_impair/impairment.ts";
import type { UdpRoute } from "../server/server_output.ts";
import { ImpairedDepartures } from "./impaired_departures.ts";

/** What reports have beside the seed of the frames, whose fates are not to depend on them. */
const SEED_OFFSET = 2 ** 31;

/** What a control sender works with. */
export interface ControlSenderOptions {
  readonly socket: Deno.DatagramConn;
  /** What happens to reports on their way; without it, nothing. */
  readonly impair?: Impairment | undefined;
  /** A datagram could not be sent: a clause. */
  failed(reason: string): void;
}

/** Sends RTCP by UDP. A report that cannot be sent is as one that is lost on the way: another follows. */
export class ControlSender {
  readonly #options: ControlSenderOptions;
  readonly #departures: ImpairedDepartures<() => void> | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(options: ControlSenderOptions) {
    this.#options = options;
    const { impair } = options;
    if (impair === undefined) return;
    const seed = (impair.seed + SEED_OFFSET) >>> 0;
    this.#departures = new ImpairedDepartures({ ...impair, seed }, (send) => send());
  }

  /** @param bytes Not to be changed any more. */
  send(route: UdpRoute, bytes: Uint8Array): void {
    const { address: hostname, controlPort: port } = route;
    if (port === undefined) return;
    const to = { transport: "udp", hostname, port } as const;
    // One after another: several in flight may leave in any order.
    const send = () => {
      this.#last = this.#last.then(() => this.#sendNow(bytes, to));
    };
    if (this.#departures === undefined) send();
    else this.#departures.add(route, send);
  }

  /** Sends nothing any more; resolves when what was sent has left. */
  async close(): Promise<void> {
    this.#departures?.close();
    await this.#last;
  }

  async #sendNow(bytes: Uint8Array, to: Deno.NetAddr): Promise<void> {
    try {
      await this.#options.socket.send(bytes, to);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#options.failed(error.message);
    }
  }
}
