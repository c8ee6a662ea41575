import { assert } from "@std/assert";
import { serializeCompound } from "../../lib/rtcp/compound.ts";
import { describeSource } from "../../lib/rtcp/source_description.ts";
import { serializeInterleaved } from "../../lib/rtsp/interleaved_block.ts";
import { damaged } from "../support/damage.ts";
import { SeededRandom } from "../support/random.ts";
import { sampleJpegs } from "../support/sample_jpegs.ts";
import { bytesOf } from "../support/text.ts";
import { LabClientBench } from "./lab_client_bench.ts";
import { SDP, SSRC, StandardClientBench } from "./standard_client_bench.ts";

const RUNS = 20_000;
/** Inputs that one client gets. */
const RUNS_A_CLIENT = 50;
/** More outputs than that of one input are no answer to it. */
const MOST_OUTPUTS = 5_000;
const STATES = ["init", "ready", "playing"] as const;
const COMMANDS = ["describe", "options", "setup", "play", "pause", "teardown"] as const;
const JPEGS = sampleJpegs(3, 16, 16);

const STATUSES = [
  "200 OK",
  "200 OK",
  "200 OK",
  "200",
  "100 Continue",
  "301 Moved Permanently",
  "302 Found",
  "401 Unauthorized",
  "404 Not Found",
  "454 Session Not Found",
  "461 Unsupported Transport",
  "500 Internal Server Error",
];

const TRANSPORTS = [
  "Transport: RTP/AVP;unicast;client_port=6000-6001;server_port=65535;ssrc=12345678",
  "Transport: RTP/AVP;unicast;server_port=65534;source=999.1.1.1",
  "Transport: RTP/AVP/TCP;unicast;interleaved=255",
  "Transport: RTP/AVP/TCP;interleaved=0-1",
  "Transport: RTP/AVP/TCP;interleaved=0-255",
  "Transport: RTP/AVP;multicast;destination=239.0.0.1;port=65535;ttl=3",
  "Transport: RTP/AVP;multicast;destination=x y",
];

const HEADERS = [
  "Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER",
  "Public: ,",
  "Session: abcdefgh;timeout=1",
  "Session: abcdefgh;timeout=999999999",
  "Session: \u00e9\u00a0",
  ...TRANSPORTS,
  "RTP-Info: url=rtsp://cam.example/a/track1;seq=65535;rtptime=4294967295",
  "RTP-Info: url=x;seq=99999999;rtptime=-1",
  "Range: npt=now-",
  "Range: npt=999999:59:59-0",
  "Range: clock=19961108T142300Z-",
  "Scale: -0.000001",
  "Scale: 999999999",
  "Location: rtsp://other.example:1/b",
  "Location: rtsp://[::1%25eth0]/b\u00a0c",
  "Location: /b",
  "Location: rtsp://cam.example/b #x",
  "Content-Base: rtsp://cam.example/\u3000",
  "Content-Location: rtsp:///",
  'WWW-Authenticate: Digest realm="a\tb", nonce="c", qop="auth", algorithm=SHA-256',
  "WWW-Authenticate: Basic",
];

const SDPS = [
  SDP,
  SDP.replaceAll("track1", "track\u0001"),
  SDP.replaceAll("track1", "\u00a0track1 x\u2028"),
  SDP.replaceAll("\r\n", "\n").replaceAll("track1", "a\rb"),
  SDP.replace("control:*", "control:rtsp://x/\u007f"),
  `${SDP}a=framerate:0.0000001\r\na=x-dimensions:99999,1\r\na=range:npt=5-1\r\n`,
  `${SDP}a=framesize:26 0-0\r\na=framerate:1e99\r\n`,
];

/** What servers say, true to form before it is damaged. */
class Sayings {
  readonly random: SeededRandom;

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
  }

  pick<T>(items: readonly T[], other: T): T {
    return items[this.random.below(items.length)] ?? other;
  }

  /**
   * @param cseq The one that is awaited; at times another is named.
   * @param method What is awaited: it is often answered as it wants.
   */
  reply(cseq: string, method: string): Uint8Array {
    const suits = this.random.below(3) > 0;
    const lines = [`RTSP/1.0 ${suits ? "200 OK" : this.pick(STATUSES, "")}`];
    lines.push(`CSeq: ${this.random.below(8) === 0 ? this.random.below(9) : cseq}`);
    if (suits && method === "SETUP") {
      lines.push("Session: abcdefgh", this.pick(TRANSPORTS, ""));
    }
    for (let left = this.random.below(5); left > 0; left--) lines.push(this.pick(HEADERS, ""));
    const sdp = suits && method === "DESCRIBE" ? this.pick(SDPS, "") : "";
    if (sdp !== "") {
      lines.push("Content-Type: application/sdp", `Content-Length: ${bytesOf(sdp).length}`);
    }
    return this.perhapsDamaged(bytesOf(`${lines.join("\r\n")}\r\n\r\n${sdp}`));
  }

  /** A request of the server. */
  request(): Uint8Array {
    const method = this.pick(["OPTIONS", "REDIRECT", "ANNOUNCE", "GET_PARAMETER"], "");
    const lines = [`${method} * RTSP/1.0`, `CSeq: ${this.random.below(9)}`];
    lines.push(this.pick(HEADERS, ""));
    return this.perhapsDamaged(bytesOf(`${lines.join("\r\n")}\r\n\r\n`));
  }

  /** A report of the server, or of somebody who calls himself as it does. */
  control(): Uint8Array {
    const ssrc = this.random.below(3) === 0 ? this.random.uint32() : SSRC;
    const ntpTime = { seconds: this.random.uint32(), fraction: this.random.uint32() };
    return this.perhapsDamaged(serializeCompound([
      {
        kind: "sender report",
        ssrc,
        ntpTime,
        rtpTimestamp: this.random.uint32(),
        packetCount: this.random.uint32(),
        octetCount: this.random.uint32(),
        reports: [],
        extension: new Uint8Array(),
      },
      describeSource(ssrc, "x"),
      ...this.random.below(6) === 0 ? [{ kind: "goodbye", ssrcs: [ssrc] } as const] : [],
    ]));
  }

  perhapsDamaged(bytes: Uint8Array): Uint8Array {
    return this.random.below(3) === 0 ? damaged(bytes, this.random) : bytes;
  }
}

function attackStandard(bench: StandardClientBench, say: Sayings): void {
  switch (say.random.below(12)) {
    case 0:
    case 1:
      return bench.command(say.pick(COMMANDS, "play"));
    case 2:
      return bench.advance(say.random.below(say.random.below(4) === 0 ? 70_000 : 300));
    case 3: {
      const channel = say.random.below(2) === 0 ? "rtcp" : "rtp";
      return bench.datagram(channel, say.control());
    }
    case 4: {
      const ssrc = say.random.below(4) === 0 ? 1 : SSRC;
      return bench.nextFrame(ssrc).forEach((packet) =>
        bench.datagram("rtp", say.perhapsDamaged(packet))
      );
    }
    case 5: {
      const packets = [...bench.nextFrame(), say.control()];
      return packets.forEach((packet) =>
        bench.receive(
          say.perhapsDamaged(serializeInterleaved(say.random.below(3), packet)),
        )
      );
    }
    case 6:
      return bench.receive(say.request());
    case 7:
      if (say.random.below(5) === 0) bench.disconnected();
      return;
    default: {
      const cseq = bench.header("CSeq") ?? "1";
      return bench.receive(say.reply(cseq, bench.lines.at(-1)?.split(" ")[0] ?? ""));
    }
  }
}

function attackLab(bench: LabClientBench, say: Sayings): void {
  switch (say.random.below(10)) {
    case 0:
    case 1:
      return bench.command(say.pick(COMMANDS, "play"));
    case 2:
      return bench.advance(say.random.below(say.random.below(4) === 0 ? 20_000 : 300));
    case 3:
    case 4: {
      const jpeg = say.pick(JPEGS, new Uint8Array());
      const header = Uint8Array.of(0x80, 26, 0, say.random.below(256), 0, 0, 0, 1, 0, 0, 0, 0);
      return bench.datagram(say.perhapsDamaged(Uint8Array.from([...header, ...jpeg])));
    }
    case 5:
      if (say.random.below(5) === 0) bench.disconnected();
      return;
    case 6:
      return bench.answer(say.pick(STATUSES, ""), {
        session: say.pick(["0", "", "1;x", "\t"], ""),
      });
    default:
      return bench.receive(say.reply(String(say.random.below(6)), ""));
  }
}

Deno.test("StandardClient survives 20,000 hostile inputs in every state", () => {
  const say = new Sayings(1);
  let frames = 0;
  for (let run = 0; run < RUNS; run++) {
    const options = { mayBeLab: say.random.below(2) === 0 };
    const bench = StandardClientBench.in(say.pick(STATES, "init"), options);
    for (; run % RUNS_A_CLIENT < RUNS_A_CLIENT - 1; run++) {
      const before = bench.outputs.length;
      attackStandard(bench, say);
      assert(bench.outputs.length - before < MOST_OUTPUTS);
    }
    frames += bench.received.length;
    bench.advance(200_000);
  }
  assert(frames > 100, `only ${frames} frames came through`);
});

Deno.test("LabClient survives 20,000 hostile inputs in every state", () => {
  const say = new Sayings(2);
  let frames = 0;
  for (let run = 0; run < RUNS; run++) {
    const bench = LabClientBench.in(say.pick(STATES, "init"));
    for (; run % RUNS_A_CLIENT < RUNS_A_CLIENT - 1; run++) {
      const before = bench.outputs.length;
      attackLab(bench, say);
      assert(bench.outputs.length - before < MOST_OUTPUTS);
    }
    frames += bench.received.length;
    bench.advance(200_000);
  }
  assert(frames > 100, `only ${frames} frames came through`);
});
