import { assertEquals, assertMatch } from "@std/assert";
import type { Movie } from "../../lib/movie/movie.ts";
import { AccessRules } from "../../lib/server/access_rules.ts";
import { Authenticator, type AuthResult } from "../../lib/server/authenticator.ts";
import { FakeMovie } from "../support/fake_movie.ts";
import { SeededRandom } from "../support/random.ts";
import { sampleJpegs } from "../support/sample_jpegs.ts";
import { ServerHarness } from "../support/server_harness.ts";

const FRAMES = sampleJpegs(10, 16, 16);

/** A server of a whole movie, and of one in which our own code breaks at a frame, or at once. */
function serverWithDefects(): { server: ServerHarness; whole: FakeMovie; broken: FakeMovie } {
  const whole = new FakeMovie("whole", FRAMES, 20);
  const broken = new FakeMovie("broken", FRAMES, 20);
  broken.frame = (index) => {
    if (index === 3) throw new TypeError("nothing is there");
    return FRAMES[index] as Uint8Array;
  };
  const worst: Movie = new Proxy(whole, {
    get(target, name) {
      if (name === "frameCount") throw new TypeError("no count");
      return Reflect.get(target, name, target);
    },
  });
  const server = new ServerHarness((path) => {
    if (path === "worst") return { ...whole.lease(), movie: worst };
    return path === "broken" ? broken.lease() : whole.lease();
  });
  server.expectsDefects = true;
  return { server, whole, broken };
}

function play(server: ServerHarness, name: string, id: number): string {
  server.connect(id);
  const url = `rtsp://127.0.0.1/${name}`;
  const transport = `Transport: RTP/AVP;unicast;client_port=${5000 + 2 * id}-${5001 + 2 * id}`;
  const reply = server.ask(
    `SETUP ${url}/trackID=0 RTSP/1.0\r\nCSeq: 1\r\n${transport}\r\n\r\n`,
    id,
  );
  const session = /^Session: (\w+)/m.exec(reply)?.[1] ?? "";
  return server.ask(`PLAY ${url} RTSP/1.0\r\nCSeq: 2\r\nSession: ${session}\r\n\r\n`, id);
}

function errors(server: ServerHarness): string[] {
  return server.logs.filter(({ level }) => level === "error").map(({ message }) => message);
}

Deno.test("ServerMachine ends the play alone in which it meets a defect of ours", () => {
  const { server, broken } = serverWithDefects();
  assertMatch(play(server, "broken", 1), /^RTSP\/1.0 200 OK/);
  assertMatch(play(server, "whole", 2), /^RTSP\/1.0 200 OK/);
  server.advance(1000);
  const [first, second] = [...server.machine.sessions.values()].map(({ playback }) =>
    playback.counts.frames
  );
  assertEquals([first, second], [3, 10]);
  const [message, ...others] = errors(server);
  assertMatch(message ?? "", /^Internal error, please report it: TypeError: nothing is there, at /);
  assertEquals(others, []);
  server.disconnect(1);
  server.advance(120_000);
  assertEquals(broken.leased, 0);
});

Deno.test("ServerMachine closes the connection alone whose request meets a defect of ours", () => {
  const { server } = serverWithDefects();
  assertMatch(play(server, "whole", 2), /^RTSP\/1.0 200 OK/);
  play(server, "worst", 1);
  assertEquals(server.closed, [[1, "an internal error"]]);
  assertMatch(errors(server)[0] ?? "", /^Internal error, please report it: TypeError: no count/);
  server.advance(1000);
  const [first] = server.machine.sessions.values();
  assertEquals(first?.playback.counts.frames, 10);
  assertMatch(play(server, "whole", 3), /^RTSP\/1.0 200 OK/);
  server.advance(120_000);
  assertEquals(server.machine.sessions.size, 0);
});

Deno.test("ServerMachine releases the movie whose first request meets a defect of ours", () => {
  const whole = new FakeMovie("whole", FRAMES, 20);
  const worst: Movie = new Proxy(whole, {
    get(target, name) {
      if (name === "etag") throw new TypeError("no etag");
      return Reflect.get(target, name, target);
    },
  });
  const server = new ServerHarness(() => ({ ...whole.lease(), movie: worst }));
  server.expectsDefects = true;
  server.connect();
  const transport = 'Transport: RTP/AVP;unicast;client_port=5000-5001\r\nIf-Match: "1"';
  server.ask(`SETUP rtsp://127.0.0.1/worst/trackID=0 RTSP/1.0\r\nCSeq: 1\r\n${transport}\r\n\r\n`);
  assertEquals(server.closed, [[1, "an internal error"]]);
  assertEquals([server.machine.sessions.size, whole.leased], [0, 0]);
});

/** Breaks when its refusal is written, which it has put off. */
class BrokenAuthenticator extends Authenticator {
  constructor() {
    const rules = new AccessRules([]);
    const users = { name: "users", realm: "films", users: new Map() };
    super({ users, rules, digest: "md5", basic: false }, new SeededRandom(1));
  }

  override check(): AuthResult {
    return {
      kind: "bad",
      delayMs: 500,
      get reason(): string {
        throw new TypeError("no reason");
      },
    };
  }
}

Deno.test("ServerMachine closes the connection whose delayed answer meets a defect of ours", () => {
  const whole = new FakeMovie("whole", FRAMES, 20);
  const server = new ServerHarness(() => whole.lease(), {
    authenticator: new BrokenAuthenticator(),
  });
  server.expectsDefects = true;
  server.connect();
  server.send("DESCRIBE rtsp://127.0.0.1/whole RTSP/1.0\r\nCSeq: 1\r\n\r\n");
  assertEquals(server.closed, []);
  server.advance(1000);
  assertEquals(server.closed, [[1, "an internal error"]]);
  assertMatch(errors(server)[0] ?? "", /TypeError: no reason/);
});
