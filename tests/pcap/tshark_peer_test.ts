import { assertEquals } from "@std/assert";
import { joinBytes } from "../../lib/bytes/join_bytes.ts";
import { parseJpegImage } from "../../lib/jpeg/jpeg_image.ts";
import type { CapturedBytes } from "../../lib/pcap/captured_bytes.ts";
import { PcapngWriter } from "../../lib/pcap/pcapng_writer.ts";
import { ntpTimeOf } from "../../lib/rtcp/ntp_time.ts";
import { serializeSenderReport } from "../../lib/rtcp/sender_report.ts";
import { writeRtpHeader } from "../../lib/rtp/rtp_header.ts";
import { packetizeJpeg } from "../../lib/rtp_jpeg/packetize_jpeg.ts";
import { writeInterleavedHeader } from "../../lib/rtsp/interleaved_block.ts";
import { bytesOf } from "../support/text.ts";
import { labMovieFrames } from "../support/lab_movie.ts";

const FRAMES = 12;
const SSRC = 0x1234_5678;
const MOVIE = new URL("../../media/movie.Mjpeg", import.meta.url);

/** Runs tshark; `undefined` where it is not installed. */
async function tshark(...args: string[]): Promise<string | undefined> {
  try {
    const command = new Deno.Command("tshark", { args, stdout: "piped", stderr: "piped" });
    const { code, stdout, stderr } = await command.output();
    if (code !== 0) throw new Error(`tshark failed: ${new TextDecoder().decode(stderr)}`);
    return new TextDecoder().decode(stdout);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return undefined;
  }
}

const HAS_TSHARK = await tshark("--version") !== undefined;
// deno-lint-ignore no-console -- a test that is left out says so
if (!HAS_TSHARK) console.log("Tests with tshark are left out: it is not installed");

async function rtpPackets(): Promise<Uint8Array[]> {
  let sequence = 65_530;
  const frames = (await labMovieFrames(MOVIE)).slice(0, FRAMES);
  return frames.flatMap((jpeg, frame) => {
    const { payloads } = packetizeJpeg(parseJpegImage(jpeg));
    return payloads.map((payload, index) => {
      const packet = new Uint8Array(12 + payload.length);
      const marker = index === payloads.length - 1;
      const timestamp = frame * 4500;
      const header = { marker, payloadType: 26, sequence: sequence++, timestamp, ssrc: SSRC };
      writeRtpHeader(packet, 0, header);
      packet.set(payload, 12);
      return packet;
    });
  });
}

const REPORT = serializeSenderReport({
  kind: "sender report",
  ssrc: SSRC,
  ntpTime: ntpTimeOf(1_700_000_000_000),
  rtpTimestamp: 0,
  packetCount: 1,
  octetCount: 1,
  reports: [],
  extension: new Uint8Array(),
});

function interleaved(channel: number, packet: Uint8Array): Uint8Array {
  const header = new Uint8Array(4);
  writeInterleavedHeader(header, 0, channel, packet.length);
  return joinBytes([header, packet]);
}

/** A whole session between two addresses, as a capture; and how many RTP packets are in it. */
async function session(
  transport: "udp" | "tcp",
  [client, server]: [string, string],
): Promise<{ file: Uint8Array; rtp: number }> {
  const writer = new PcapngWriter({ product: "Zoetrope/test" });
  const parts = [writer.start()];
  let unixMs = 1_700_000_000_000;
  const ends = (local: number, remote: number) => ({
    local: { address: client, port: local },
    remote: { address: server, port: remote },
  });
  const add = (
    direction: CapturedBytes["direction"],
    by: CapturedBytes["transport"],
    bytes: Uint8Array,
    [local, remote] = [40_000, 554],
  ) =>
    parts.push(
      writer.packet({ unixMs: unixMs++, direction, transport: by, bytes, ...ends(local, remote) }),
    );
  const setup = transport === "tcp"
    ? "RTP/AVP/TCP;unicast;interleaved=0-1"
    : "RTP/AVP;unicast;client_port=5000-5001";
  const reply = transport === "tcp" ? setup : `${setup};server_port=6000-6001`;
  const url = "rtsp://server/movie.Mjpeg";
  add("out", "tcp", bytesOf(`SETUP ${url} RTSP/1.0\r\nCSeq: 1\r\nTransport: ${setup}\r\n\r\n`));
  add(
    "in",
    "tcp",
    bytesOf(`RTSP/1.0 200 OK\r\nCSeq: 1\r\nSession: 1\r\nTransport: ${reply}\r\n\r\n`),
  );
  add("out", "tcp", bytesOf(`PLAY ${url} RTSP/1.0\r\nCSeq: 2\r\nSession: 1\r\n\r\n`));
  add("in", "tcp", bytesOf("RTSP/1.0 200 OK\r\nCSeq: 2\r\nSession: 1\r\n\r\n"));
  const packets = await rtpPackets();
  for (const packet of packets) {
    if (transport === "tcp") add("in", "tcp", interleaved(0, packet));
    else add("in", "udp", packet, [5000, 6000]);
  }
  if (transport === "tcp") add("in", "tcp", interleaved(1, REPORT));
  else add("in", "udp", REPORT, [5001, 6001]);
  const { local, remote } = ends(40_000, 554);
  parts.push(writer.closed(local, remote, unixMs));
  return { file: joinBytes(parts), rtp: packets.length };
}

const CHECKED = ["ip", "tcp", "udp"].flatMap((name) => [
  "-o",
  `${name}.check_checksum:TRUE`,
]);

for (const transport of ["udp", "tcp"] as const) {
  for (const addresses of [["127.0.0.1", "127.0.0.1"], ["2001:db8::1", "2001:db8::2"]]) {
    Deno.test({
      name: `PcapngWriter writes what tshark reads without complaint: ${transport}, ${
        addresses[1]
      }`,
      ignore: !HAS_TSHARK,
      async fn() {
        const { file, rtp } = await session(transport, addresses as [string, string]);
        const path = await Deno.makeTempFile({ suffix: ".pcapng" });
        try {
          await Deno.writeFile(path, file);
          const read = async (filter: string, ...fields: string[]) => {
            const columns = fields.flatMap((field) => ["-e", field]);
            const text = await tshark(
              "-2",
              "-r",
              path,
              ...CHECKED,
              "-Y",
              filter,
              "-T",
              "fields",
              "-E",
              "occurrence=a",
              "-E",
              "aggregator=,",
              ...columns,
            );
            return (text ?? "").split("\n").filter((line) => line.trim() !== "");
          };
          const complaints = "_ws.malformed or _ws.expert.severity >= warning or " +
            "ip.checksum.status == bad or tcp.checksum.status == bad or udp.checksum.status == bad";
          assertEquals(await read(complaints, "frame.number", "_ws.expert.message"), []);
          const sequences = (await read("rtp", "rtp.seq")).flatMap((line) => line.split(","));
          assertEquals(sequences.length, rtp);
          assertEquals(sequences.slice(0, 2), ["65530", "65531"]);
          assertEquals((await read("rtcp", "rtcp.pt")).join(), "200");
          assertEquals(await read("rtsp.method", "rtsp.method"), ["SETUP", "PLAY"]);
          const images = (await read("rtp.marker == 1", "rtp.marker")).join()
            .split(",").filter((marker) => marker === "True" || marker === "1").length;
          assertEquals(images, FRAMES);
          if (transport === "udp") assertEquals((await read("jpeg", "frame.number")).length, rtp);
        } finally {
          await Deno.remove(path);
        }
      },
    });
  }
}
