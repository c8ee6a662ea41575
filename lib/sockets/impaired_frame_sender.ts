import type { Impairment } from "../net_impair/impairment.ts";
import type { FrameOutput, FrameSender } from "./frame_output.ts";
import { ImpairedDepartures } from "./impaired_departures.ts";

/** A bad network before another sender, which sends what comes out of it: frames of one packet each. */
export class ImpairedFrameSender implements FrameSender {
  readonly name: string;
  readonly #sender: FrameSender;
  readonly #departures: ImpairedDepartures<FrameOutput>;

  /** @param sender Closed with this one. */
  constructor(impairment: Impairment, sender: FrameSender) {
    this.name = `impaired ${sender.name}`;
    this.#sender = sender;
    this.#departures = new ImpairedDepartures(impairment, (packet) => sender.send(packet));
  }

  get droppedFrames(): number {
    return this.#sender.droppedFrames;
  }

  send(output: FrameOutput): void {
    const { payloads } = output.frame;
    for (let index = 0; index < payloads.length; index++) {
      this.#departures.add(output.route, packetOf(output, index));
    }
  }

  close(): void {
    this.#departures.close();
    this.#sender.close();
  }
}

/** One packet of a frame, as a frame that makes the same bytes of it. */
function packetOf(output: FrameOutput, index: number): FrameOutput {
  const { frame, header } = output;
  const payload = frame.payloads[index];
  if (payload === undefined) throw new RangeError(`Cannot send packet ${index}: there is none`);
  const step = frame.sequenceStep === "each" ? index : 0;
  return {
    ...output,
    header: { ...header, sequence: header.sequence + step },
    frame: {
      ...frame,
      payloads: [payload],
      octets: payload.length,
      markLast: frame.markLast && index === frame.payloads.length - 1,
      firstHasExtension: frame.firstHasExtension === true && index === 0,
    },
  };
}
