import { assert, assertEquals } from "@std/assert";
import { parseCompound, serializeCompound } from "../../lib/rtcp/compound.ts";
import { describeSource } from "../../lib/rtcp/source_description.ts";
import { digestSecret } from "../../lib/rtsp/digest.ts";
import { serializeInterleaved } from "../../lib/rtsp/interleaved_block.ts";
import { AccessRules, parseAccessRule } from "../../lib/server/access_rules.ts";
import { Authenticator } from "../../lib/server/authenticator.ts";
import { parseUserFile } from "../../lib/server/user_file.ts";
import type { ServerSettings } from "../../lib/server/server_settings.ts";
import { damaged } from "../support/damage.ts";
import { FakeMovie } from "../support/fake_movie.ts";
import { LAB_VARIANTS, STOCK_VARIANT } from "../support/lab_variants.ts";
import { SeededRandom } from "../support/random.ts";
import { sampleJpegs } from "../support/sample_jpegs.ts";
import { ServerHarness } from "../support/server_harness.ts";
import { bytesOf } from "../support/text.ts";

const RUNS = 40_000;
/** Inputs that one server gets before it has to be empty again. */
const RUNS_A_SERVER = 200;
const CONNECTIONS = 3;
const MOST_SESSIONS = 5;
const FRAMES = sampleJpegs(20, 16, 16);

const URL = "rtsp://127.0.0.1:8554/movie.Mjpeg";
const METHODS =
  "OPTIONS DESCRIBE SETUP SETUP SETUP PLAY PLAY PAUSE TEARDOWN GET_PARAMETER SET_PARAMETER RECORD constructor"
    .split(" ");
const URIS = [
  URL,
  URL,
  URL,
  URL,
  `${URL}/trackID=0`,
  `${URL}/trackID=0`,
  "*",
  "movie.Mjpeg",
  "rtsp://[::1]/movie.Mjpeg?a//",
  "rtsp://127.0.0.1/%00",
  "rtsp://127.0.0.1/..%2fmovie.Mjpeg",
  `${URL}?\t`,
];
/** How many of the headers are for SETUP. */
const TRANSPORTS = 7;
const HEADERS = [
  "Transport: RTP/AVP;unicast;client_port=5000-5001",
  "Transport: RTP/AVP/TCP;unicast;interleaved=254-255",
  "Transport: RTP/AVP/TCP;unicast;interleaved=255",
  "Transport: RTP/AVP/TCP;unicast",
  "Transport: RTP/AVP;multicast",
  "Transport: RTP/AVP;unicast;client_port=65535;destination=10.0.0.1,RTP/AVP;client_port=65535",
  "Transport: RTP/UDP; client_port= 25000",
  "Range: npt=0.5-1",
  "Range: npt=1.9-0.2",
  "Range: npt=now-",
  "Range: smpte-30-drop=00:00:01:02-;time=20260101T000000Z",
  "Range: clock=20260101T000000Z-20270101T000000.5Z",
  "Scale: -1",
  "Scale: 7.5",
  "Speed: 0.001",
  "Blocksize: 100",
  "Require: x\r\nRequire:",
  "Proxy-Require: ,",
  "Accept: application/sdp;q=0, */*",
  "If-Match: *",
  "Authorization: Basic YW5uOndyb25n",
  'Authorization: Digest username="ann"',
  "Content-Type: text/parameters\r\nContent-Length: 10\r\n\r\nposition\r\n",
  "Content-Length: 5",
  "X: \u00a0\u3000",
];

/** Inputs that the peers of one server send, each of its own making. */
class Attackers {
  readonly #random: SeededRandom;
  readonly #server: ServerHarness;
  /** Who is connected at present, by place. */
  readonly #ids: number[] = [];
  #lastId = 0;

  constructor(server: ServerHarness, random: SeededRandom) {
    this.#server = server;
    this.#random = random;
  }

  /** One thing that may happen to a server. */
  act(): void {
    const place = this.#random.below(CONNECTIONS);
    switch (this.#random.below(16)) {
      case 0:
        return this.#leave(place);
      case 1:
        this.#server.holdMovies = !this.#server.holdMovies;
        return this.#server.answerMovies();
      case 2:
      case 3:
        return this.#server.advance(this.#random.below(300));
      case 4:
        return this.#server.advance(this.#random.below(40_000));
      case 5:
      case 6:
        return this.#datagram();
      case 7:
        return this.#server.do(this.#server.machine.sendFailed(this.#session(), "refused"));
      default:
        this.#server.send(this.#input(), this.#connected(place));
    }
  }

  /** All connections end. */
  leave(): void {
    for (let place = 0; place < CONNECTIONS; place++) this.#leave(place);
  }

  #leave(place: number): void {
    const id = this.#ids[place];
    if (id !== undefined) this.#server.disconnect(id);
    delete this.#ids[place];
  }

  /** The connection at a place, made anew where it has ended. */
  #connected(place: number): number {
    const known = this.#ids[place];
    if (known !== undefined && !this.#server.closed.some(([id]) => id === known)) return known;
    const id = this.#ids[place] = ++this.#lastId;
    this.#server.connect(id, { secure: place === 2, address: `127.0.0.${1 + place % 2}` });
    return id;
  }

  #pick<T>(items: readonly T[], other: T): T {
    return items[this.#random.below(items.length)] ?? other;
  }

  #session(): string {
    return this.#pick([...this.#server.machine.sessions.keys()], "0");
  }

  #input(): Uint8Array {
    const kind = this.#random.below(8);
    const whole = kind === 0
      ? this.#lab()
      : kind === 1
      ? serializeInterleaved(this.#random.below(4), this.#rtcp())
      : bytesOf(this.#request());
    const joined = this.#random.below(4) === 0 ? this.#joined(whole) : whole;
    return this.#random.below(3) === 0 ? damaged(joined, this.#random) : joined;
  }

  #joined(first: Uint8Array): Uint8Array {
    const second = bytesOf(this.#request());
    return Uint8Array.from([...first, ...second]);
  }

  #lab(): Uint8Array {
    const variant = this.#pick(LAB_VARIANTS, STOCK_VARIANT);
    const method = this.#pick(["setup", "setup", "play", "pause", "teardown"] as const, "setup");
    if (method === "setup") return variant.setup("movie.Mjpeg", 25_000);
    return variant[method]("movie.Mjpeg", this.#random.below(9), this.#session());
  }

  #request(): string {
    const method = this.#pick(METHODS, "");
    const lines = [`${method} ${this.#pick(URIS, "")} RTSP/1.0`];
    lines.push(`CSeq: ${this.#random.below(50)}`);
    if (this.#random.below(4) > 0) lines.push("Authorization: Basic YW5uOnNlY3JldA==");
    const isNew = method === "SETUP" && this.#random.below(3) > 0;
    if (!isNew && this.#random.below(5) > 0) lines.push(`Session: ${this.#session()}`);
    if (isNew) lines.push(this.#pick(HEADERS.slice(0, TRANSPORTS), ""));
    for (let left = this.#random.below(3); left > 0; left--) lines.push(this.#pick(HEADERS, ""));
    return `${lines.join("\r\n")}\r\n\r\n`;
  }

  /** A report, also under the server's own SSRC, as one who collides sends it. */
  #rtcp(): Uint8Array {
    const last = this.#server.controls.at(-1)?.bytes;
    const said = last === undefined ? undefined : parseCompound(last);
    const [first] = said?.kind === "packets" ? said.packets : [];
    const theirs = first?.kind === "sender report" ? first.ssrc : 7;
    const ssrc = this.#random.below(4) === 0 ? theirs : 7;
    return serializeCompound([
      { kind: "receiver report", ssrc, reports: [], extension: new Uint8Array() },
      describeSource(ssrc, "x"),
      ...this.#random.below(4) === 0 ? [{ kind: "goodbye", ssrcs: [ssrc] } as const] : [],
    ]);
  }

  #datagram(): void {
    const whole = this.#rtcp();
    const bytes = this.#random.below(2) === 0 ? damaged(whole, this.#random) : whole;
    const kind = this.#random.below(2) === 0 ? "rtp" : "rtcp";
    const from = {
      address: `127.0.0.${1 + this.#random.below(2)}`,
      port: 5000 + this.#random.below(2),
    };
    this.#server.datagram(kind, from, bytes);
  }
}

function settingsOf(kind: string): Partial<ServerSettings> {
  const multicast = { group: "239.1.2.3", ttl: 1, firstPort: 5004 };
  if (kind === "open") return { multicast, loop: true, maxSessions: MOST_SESSIONS };
  const secret = digestSecret("MD5", "ann", "films", "secret");
  return {
    maxSessions: MOST_SESSIONS,
    authenticator: new Authenticator({
      users: parseUserFile(`ann:films:${secret}\n`, "users"),
      rules: new AccessRules([parseAccessRule("/=users")]),
      digest: "sha256",
      basic: true,
      throttle: { freeFailures: 100 },
    }, new SeededRandom(3)),
  };
}

/** Everybody leaves, and what may outlive that does not outlive its timeout. */
function assertEmpties(server: ServerHarness, attackers: Attackers, movie: FakeMovie): void {
  server.holdMovies = false;
  server.answerMovies();
  attackers.leave();
  for (const { connection, route } of server.machine.sessions.values()) {
    assertEquals(route.kind, "udp", `session of connection ${connection}`);
  }
  server.advance(3_600_000);
  assertEquals(server.machine.sessions.size, 0);
  assertEquals(movie.leased, 0);
  assertEquals(server.machine.wakeAtMs, undefined, "no timer is left");
}

for (const kind of ["open", "guarded"]) {
  Deno.test(`ServerMachine survives 20,000 hostile inputs in every state, ${kind}`, () => {
    const random = new SeededRandom(kind.length);
    let sessions = 0;
    let frames = 0;
    for (let run = 0; run < RUNS / 2; run += RUNS_A_SERVER) {
      const movie = new FakeMovie("movie.Mjpeg", FRAMES);
      const server = new ServerHarness(
        (path) =>
          path.startsWith("movie.Mjpeg")
            ? movie.lease()
            : { kind: "refusal", status: 404, reason: "there is none" },
        settingsOf(kind),
      );
      const attackers = new Attackers(server, random);
      for (let act = 0; act < RUNS_A_SERVER; act++) {
        attackers.act();
        const dialects = [...server.machine.sessions.values()].map(({ dialect }) => dialect);
        assert(dialects.length <= MOST_SESSIONS);
        assert(kind === "open" || !dialects.includes("lab"), "nobody has logged in");
      }
      sessions += server.machine.totals.sessions;
      frames += server.frames.length;
      assertEmpties(server, attackers, movie);
    }
    assert(sessions > 200, `only ${sessions} sessions were set up`);
    assert(frames > 200, `only ${frames} frames were sent`);
  });
}
