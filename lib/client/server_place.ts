import type { RandomSource } from "../bytes/random_source.ts";
import { Authentication } from "./authentication.ts";
import type { Login } from "./login.ts";
import type { MediaDescription } from "./media_description.ts";
import type { TransportWish } from "./play_wishes.ts";
import type { StandardTarget } from "./standard_target.ts";
import { TransportPlan } from "./transport_plan.ts";

/** What is played where, and what is known of the server there; a redirect changes all of it. */
export class ServerPlace {
  readonly #wish: TransportWish;
  readonly #random: RandomSource;
  target: StandardTarget;
  authentication: Authentication;
  plan: TransportPlan;
  /** What the server offers; `undefined` before OPTIONS was answered. */
  methods: ReadonlySet<string> | undefined;
  /** What DESCRIBE brought. */
  description: MediaDescription | undefined;
  /** Whether anything that can be read has come of this server. */
  hasAnswered = false;
  /** Redirects in a row. */
  redirects = 0;

  constructor(
    target: StandardTarget,
    login: Login | undefined,
    wish: TransportWish,
    random: RandomSource,
  ) {
    this.#wish = wish;
    this.#random = random;
    this.target = target;
    this.authentication = new Authentication(login ?? target.login, random);
    this.plan = new TransportPlan(wish, target.secure);
  }

  /** Another place; the login stays with the host that it was given for. */
  moveTo(target: StandardTarget): void {
    const isSameHost = target.host === this.target.host;
    if (!isSameHost || target.login !== undefined) {
      this.authentication = new Authentication(target.login, this.#random);
    }
    this.target = target;
    this.plan = new TransportPlan(this.#wish, target.secure);
    this.methods = undefined;
    this.description = undefined;
    this.hasAnswered = false;
  }
}
