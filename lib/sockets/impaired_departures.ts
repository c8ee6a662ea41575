import type { Impairment } from "../net_impair/impairment.ts";
import { NetworkImpairment } from "../net_impair/network_impairment.ts";
import type { UdpRoute } from "../server/server_output.ts";
import { Alarm } from "./alarm.ts";
import { readClock } from "./clock.ts";

/**
 * Bad networks between who sends and the socket, one for each way, by the system's clock. The first way
 * that is used has the impairment's seed, the next one the next, so that each listener's losses are the
 * same in every run that serves the same listeners in the same order.
 *
 * @typeParam T What is sent; kept until it is due.
 */
export class ImpairedDepartures<T> {
  readonly #impairment: Impairment;
  readonly #send: (datagram: T) => void;
  /** Forgotten with the way. */
  readonly #networks = new WeakMap<UdpRoute, NetworkImpairment<T>>();
  /** Those in which something is under way. */
  readonly #busy = new Set<NetworkImpairment<T>>();
  readonly #alarm = new Alarm(() => this.#ring());
  #ways = 0;
  #wakeAtMs = Infinity;

  /** @param send Called with each datagram that is not lost, when its time has come. */
  constructor(impairment: Impairment, send: (datagram: T) => void) {
    this.#impairment = impairment;
    this.#send = send;
  }

  /** A datagram is to leave on this way. */
  add(route: UdpRoute, datagram: T): void {
    const network = this.#networkOf(route);
    this.#give(network, network.push(datagram, readClock().monotonicMs));
    this.#alarm.set(this.#wakeAtMs);
  }

  /** Forgets what is under way. */
  close(): void {
    this.#alarm.clear();
    this.#busy.clear();
  }

  #networkOf(route: UdpRoute): NetworkImpairment<T> {
    let network = this.#networks.get(route);
    if (network === undefined) {
      const seed = (this.#impairment.seed + this.#ways++) >>> 0;
      network = new NetworkImpairment({ ...this.#impairment, seed });
      this.#networks.set(route, network);
    }
    return network;
  }

  #ring(): void {
    const nowMs = readClock().monotonicMs;
    this.#wakeAtMs = Infinity;
    for (const network of this.#busy) this.#give(network, network.tick(nowMs));
    this.#alarm.set(this.#wakeAtMs);
  }

  #give(network: NetworkImpairment<T>, due: readonly { readonly datagram: T }[]): void {
    const { wakeAtMs } = network;
    if (wakeAtMs === undefined) this.#busy.delete(network);
    else this.#busy.add(network);
    this.#wakeAtMs = Math.min(this.#wakeAtMs, wakeAtMs ?? Infinity);
    for (const { datagram } of due) this.#send(datagram);
  }
}
