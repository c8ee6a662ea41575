import type { Now } from "../bytes/now.ts";
import { type Impairment, NO_IMPAIRMENT } from "../net_impair/impairment.ts";
import { NetworkImpairment } from "../net_impair/network_impairment.ts";
import { Alarm } from "./alarm.ts";
import { readClock } from "./clock.ts";

/** A datagram that came in. */
export interface Arrival {
  readonly channel: "rtp" | "rtcp";
  readonly bytes: Uint8Array;
  /** The sender's literal address. */
  readonly from: string;
  /** When. */
  readonly now: Now;
}

/** A bad network between the sockets and who takes their datagrams, by the system's clock. */
export class ImpairedArrivals {
  readonly #network = new NetworkImpairment<Arrival>(NO_IMPAIRMENT);
  readonly #take: (arrival: Arrival) => void;
  readonly #alarm = new Alarm(() => this.#tick());
  #impairment: Impairment | undefined;

  /**
   * @param impairment Without one, all passes at once.
   * @param take Called with each datagram that is not lost, when its time has come.
   */
  constructor(impairment: Impairment | undefined, take: (arrival: Arrival) => void) {
    this.#take = take;
    this.change(impairment);
  }

  /** What is in force; `undefined` while all passes at once. */
  get impairment(): Impairment | undefined {
    return this.#impairment;
  }

  /**
   * What is in force from now on: its fates begin with its seed. What is under way comes out in its time.
   *
   * @param impairment Without one, all that comes passes at once.
   */
  change(impairment: Impairment | undefined): void {
    this.#impairment = impairment;
    this.#network.change(impairment ?? NO_IMPAIRMENT);
  }

  /** A datagram came in. */
  add(arrival: Arrival): void {
    if (this.#impairment === undefined) this.#take(arrival);
    else this.#give(this.#network.push(arrival, arrival.now.monotonicMs), arrival.now);
  }

  /** Forgets what is under way. */
  close(): void {
    this.#alarm.clear();
  }

  #tick(): void {
    const now = readClock();
    this.#give(this.#network.tick(now.monotonicMs), now);
  }

  #give(due: readonly { readonly datagram: Arrival }[], now: Now): void {
    this.#alarm.set(this.#network.wakeAtMs);
    for (const { datagram } of due) this.#take({ ...datagram, now });
  }
}
