import { Authenticator } from "../../lib/server/authenticator.ts";
import { AccessRules, parseAccessRule } from "../../lib/server/access_rules.ts";
import type { LogEvent } from "../../lib/server/server_output.ts";
import { parseUserFile } from "../../lib/server/user_file.ts";
import { digestSecret } from "../../lib/rtsp/digest.ts";
import type { MovieLease } from "../../lib/movie/movie_lease.ts";
import { HostRules } from "../../lib/web/host_rules.ts";
import { LogBuffer } from "../../lib/web/log_buffer.ts";
import { PageAssets } from "../../lib/web/page_assets.ts";
import { scaleJpeg } from "../../lib/web/scale_jpeg.ts";
import { WebHandler } from "../../lib/web/web_handler.ts";
import type { WebSettings } from "../../lib/web/web_settings.ts";
import { FakeMovie } from "../support/fake_movie.ts";
import { at } from "../support/now.ts";
import { SeededRandom } from "../support/random.ts";
import { sampleJpegs } from "../support/sample_jpegs.ts";
import { ServerHarness } from "../support/server_harness.ts";
import { ManualClock } from "./manual_clock.ts";

const PEER = "127.0.0.1";

/** As large as `FakeMovie` says. */
const FRAMES = sampleJpegs(40, 384, 288);

/** A server and its pages in memory: one movie of 40 frames, 20 a second, and one folder of others. */
export class WebFixture {
  readonly movie = new FakeMovie("movie.Mjpeg", FRAMES);
  readonly hidden = new FakeMovie("secret/a b.mjpeg", FRAMES.slice(0, 4));
  readonly server: ServerHarness;
  readonly clock = new ManualClock();
  readonly log = new LogBuffer();
  readonly reports: LogEvent[] = [];
  readonly handler: WebHandler;

  private constructor(assets: PageAssets, settings: Partial<WebSettings>) {
    this.server = new ServerHarness(() => this.movie.lease());
    const { machine } = this.server;
    this.handler = new WebHandler({
      version: "1.2.3",
      rtsp: { scheme: "rtsp", hostname: null, port: 8554 },
      hosts: new HostRules("127.0.0.1", ["films.example"]),
      assets,
      movies: {
        open: (name) => Promise.resolve(this.#open(name)),
        list: () =>
          Promise.resolve(
            [this.movie, this.hidden].map(({ name }) => ({
              name,
              length: 1000,
              modifiedMs: undefined,
            })),
          ),
      },
      server: {
        get sessions() {
          return machine.sessions;
        },
        get totals() {
          return machine.totals;
        },
        sender: "mmsg",
        droppedFrames: () => 3,
        endSession: (id, reason) =>
          this.server.do(machine.endSession(id, reason, at(this.server.nowMs))),
      },
      log: this.log,
      scaler: { scale: (jpeg, width) => Promise.resolve(scaleJpeg(jpeg, width)), close() {} },
      clock: this.clock,
      residentOctets: () => 50_000_000,
      report: (event) => this.reports.push(event),
      ...settings,
    });
  }

  /** With the real files of the page. */
  static async create(settings: Partial<WebSettings> = {}): Promise<WebFixture> {
    return new WebFixture(await PageAssets.load(), settings);
  }

  /** Asks as a program on this machine does. */
  ask(
    path: string,
    headers: Readonly<Record<string, string>> = {},
    method: string = "GET",
    peer: string = PEER,
  ): Promise<Response> {
    const request = new Request(`http://127.0.0.1:8080${path}`, {
      method,
      headers: { host: "127.0.0.1:8080", ...headers },
    });
    return this.handler.handle(request, peer);
  }

  /** A lab client sets a session up and plays; its id. */
  play(): string {
    this.server.connect();
    this.server.ask("SETUP movie.Mjpeg RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 25000");
    const [id = "none"] = this.server.machine.sessions.keys();
    this.server.ask(`PLAY movie.Mjpeg RTSP/1.0\nCSeq: 2\nSession: ${id}`);
    return id;
  }

  #open(name: string): MovieLease | { kind: "refusal"; status: 404; reason: string } {
    const movie = [this.movie, this.hidden].find((one) => one.name === name);
    return movie?.lease() ?? { kind: "refusal", status: 404, reason: `Cannot open "${name}"` };
  }
}

/** ann and bob, whose passwords are their names; the rules are those of `--allow`. */
export function authenticatorOf(...rules: readonly string[]): Authenticator {
  const users = ["ann", "bob"].map((user) =>
    `${user}:films:${digestSecret("MD5", user, "films", user)}`
  );
  return new Authenticator({
    users: parseUserFile(users.join("\n"), "users"),
    rules: new AccessRules(rules.map(parseAccessRule)),
    digest: "md5",
    basic: true,
  }, new SeededRandom(1));
}

/** The `Authorization` of Basic. */
export function basic(user: string, password: string = user): Record<string, string> {
  return { authorization: `Basic ${btoa(`${user}:${password}`)}` };
}
