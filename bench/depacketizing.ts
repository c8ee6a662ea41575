import { MediaReceiver } from "../lib/client/media_receiver.ts";
import { PlayReport } from "../lib/client/play_report.ts";
import { writeRtpHeader } from "../lib/rtp/rtp_header.ts";
import { type BenchMovie, FRAMES_PER_SECOND, readFrames } from "./server_media.ts";
import { median } from "./server_rows.ts";

const SSRC = 0x1234_5678;
const PAYLOAD_TYPE = 26;
const TICKS = 90_000 / FRAMES_PER_SECOND;

/** How fast packets in memory become JPEG files: no socket, no disk. */
export interface DepacketizingSpeed {
  /** Of whole datagrams, on one core: the median of all slices, in Gbit/s. */
  readonly gigabits: number;
  readonly packetsPerSecond: number;
  readonly slices: readonly number[];
}

/** What a client does with each datagram, from its RTP header to the whole JPEG and the play's figures. */
class Receiving {
  readonly #datagrams: readonly (readonly Uint8Array[])[];
  readonly #receiver = new MediaReceiver(new PlayReport());
  #sequence = 0;
  #frame = 0;
  packets = 0;
  octets = 0;
  files = 0;

  constructor(movie: BenchMovie) {
    this.#datagrams = readFrames(movie.framesPath).map((payloads) =>
      payloads.map((payload) => {
        const datagram = new Uint8Array(12 + payload.length);
        datagram.set(payload, 12);
        return datagram;
      })
    );
    const stream = { payloadType: PAYLOAD_TYPE, ssrc: SSRC, isOrdered: false, size: undefined };
    this.#receiver.begin(stream);
    this.#receiver.play(0);
  }

  /** The next frame of the movie, over and over again. */
  frame(): void {
    const datagrams = this.#datagrams[this.#frame % this.#datagrams.length] ?? [];
    const nowMs = this.#frame * 1000 / FRAMES_PER_SECOND;
    const timestamp = this.#frame++ * TICKS;
    for (const [index, datagram] of datagrams.entries()) {
      const marker = index === datagrams.length - 1;
      const sequence = this.#sequence++;
      writeRtpHeader(datagram, 0, {
        ...{ marker, payloadType: PAYLOAD_TYPE, sequence, timestamp, ssrc: SSRC },
      });
      this.files += this.#receiver.packet(datagram, nowMs).length;
      this.packets++;
      this.octets += datagram.length;
    }
  }

  /** @throws {Error} Something was lost or is no frame: then the speed means nothing. */
  check(): void {
    const { received, lost, whole, broken } = this.#receiver.reception;
    if (lost > 0 || broken > 0 || received !== this.packets || whole !== this.#frame) {
      throw new Error(`${whole} whole frames of ${this.#frame}, ${lost} packets lost`);
    }
  }
}

/** Measures in slices of a fifth of a second, after the code is warm. */
export function measureDepacketizing(movie: BenchMovie, slices: number): DepacketizingSpeed {
  const receiving = new Receiving(movie);
  const slice = (milliseconds: number) => {
    const { packets, octets } = receiving;
    const from = performance.now();
    while (performance.now() < from + milliseconds) receiving.frame();
    const seconds = (performance.now() - from) / 1000;
    return {
      packets: (receiving.packets - packets) / seconds,
      gigabits: (receiving.octets - octets) * 8 / seconds / 1e9,
    };
  };
  slice(1000);
  const found = Array.from({ length: slices }, () => slice(200));
  receiving.check();
  return {
    gigabits: median(found.map(({ gigabits }) => gigabits)),
    packetsPerSecond: median(found.map(({ packets }) => packets)),
    slices: found.map(({ gigabits }) => gigabits),
  };
}
