import type { Impairment } from "../net_impair/impairment.ts";
import { NetworkImpairment } from "../net_impair/network_impairment.ts";
import { Alarm } from "./alarm.ts";
import { readClock } from "./clock.ts";

/** A datagram that came in. */
export interface Arrival {
  readonly channel: "rtp" | "rtcp";
  readonly bytes: Uint8Array;
  /** The sender's literal address. */
  readonly from: string;
}

/** A bad network between the sockets and who takes their datagrams, by the system's clock. */
export class ImpairedArrivals {
  readonly #network: NetworkImpairment<Arrival>;
  readonly #take: (arrival: Arrival) => void;
  readonly #alarm = new Alarm(() => this.#give(this.#network.tick(readClock().monotonicMs)));

  /** @param take Called with each datagram that is not lost, when its time has come. */
  constructor(impairment: Impairment, take: (arrival: Arrival) => void) {
    this.#network = new NetworkImpairment(impairment);
    this.#take = take;
  }

  /** A datagram came in. */
  add(arrival: Arrival): void {
    this.#give(this.#network.push(arrival, readClock().monotonicMs));
  }

  /** Forgets what is under way. */
  close(): void {
    this.#alarm.clear();
  }

  #give(due: readonly { readonly datagram: Arrival }[]): void {
    this.#alarm.set(this.#network.wakeAtMs);
    for (const { datagram } of due) this.#take(datagram);
  }
}
