import type { PacketizedFrame } from "../rtp/packetized_frame.ts";
import type { UdpRoute } from "../server/server_output.ts";
import type { FrameOutput, FrameSender } from "./frame_output.ts";
import type { LinuxLibc } from "./linux_libc.ts";
import { type FramePart, type LinuxDestination, LinuxMessageBatch } from "./linux_message_batch.ts";
import { LINUX } from "./linux_numbers.ts";
import { MAX_SEGMENTS, type PreparedFrame, prepareFrame } from "./linux_prepared_frame.ts";
import { linuxSocketAddress } from "./linux_socket_address.ts";
import type { LinuxSocket } from "./linux_socket_descriptor.ts";
import type { SenderEvents } from "./native_frame_sender.ts";

/** `gso`: the kernel cuts a run of packets; `mmsg`: one message a packet. */
export type LinuxPacking = "gso" | "mmsg";

/** What a Linux sender works with. */
export interface LinuxFrameSenderParts {
  readonly libc: LinuxLibc;
  readonly socket: LinuxSocket;
  readonly packing: LinuxPacking;
  readonly events: SenderEvents;
  /** Takes what goes to an address that is no plain literal; closed with this one. */
  readonly fallback: FrameSender;
}

/** The rest of a frame whose first packets have left. */
interface Rest {
  readonly output: FrameOutput;
  readonly prepared: PreparedFrame;
  readonly to: LinuxDestination;
  readonly stepMs: number;
  next: number;
  dueMs: number;
}

/** Most packets that go to one listener at once; the rest of a frame follows in slices. */
export const MAX_BURST_PACKETS = 64;

/** Over what time the slices of one frame are spread: within the interval of 60 frames a second. */
const SPREAD_MS = 16;

const MAX_MESSAGES = 256;
const MAX_PACKETS = 1024;

/** Errors that say "not now": the frame is lost, as on any full queue on its way. */
const FULL: ReadonlySet<number> = new Set([LINUX.EAGAIN, LINUX.ENOBUFS, LINUX.ENOMEM]);

/** Errors by which the kernel says that it cannot cut a message on this way (a device, its MTU). */
const UNSEGMENTED: ReadonlySet<number> = new Set([LINUX.EINVAL, LINUX.EIO, LINUX.EMSGSIZE]);

/**
 * Sends frames on the descriptor of Deno's own socket, many with one system call. What is sent during
 * one turn of the event loop goes out at its end, or as soon as the batch is full. Nothing is read any
 * more once a call has returned.
 */
export class LinuxFrameSender implements FrameSender {
  readonly name: LinuxPacking;
  readonly #parts: LinuxFrameSenderParts;
  readonly #batch: LinuxMessageBatch;
  /** For the packets of a message that could not be cut. */
  readonly #single: LinuxMessageBatch;
  readonly #prepared = new WeakMap<PacketizedFrame, PreparedFrame>();
  readonly #destinations = new WeakMap<UdpRoute, LinuxDestination | "elsewhere">();
  /** By session. */
  readonly #rests = new Map<string, Rest>();
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #failures: [string, string][] = [];
  #noted = false;
  #flushing = false;
  #droppedFrames = 0;
  #closed = false;

  constructor(parts: LinuxFrameSenderParts) {
    this.#parts = parts;
    this.name = parts.packing;
    this.#batch = new LinuxMessageBatch(parts.libc, MAX_MESSAGES, MAX_PACKETS);
    this.#single = new LinuxMessageBatch(parts.libc, MAX_SEGMENTS, MAX_SEGMENTS);
  }

  get droppedFrames(): number {
    return this.#droppedFrames + this.#parts.fallback.droppedFrames;
  }

  send(output: FrameOutput): void {
    if (this.#closed) return;
    const to = this.#destination(output.route);
    if (to === "elsewhere") return this.#parts.fallback.send(output);
    if (this.#rests.size > 0) this.#hurry(output.session);
    const prepared = this.#prepare(output.frame);
    const count = output.frame.payloads.length;
    const end = this.#addBurst(output, prepared, to, 0);
    if (end < count) {
      const stepMs = SPREAD_MS / Math.ceil((count - end) / MAX_BURST_PACKETS);
      const dueMs = this.#parts.events.nowMs() + stepMs;
      this.#rests.set(output.session, { output, prepared, to, stepMs, next: end, dueMs });
      this.#restTimer ??= setTimeout(() => this.#sendRests(), stepMs);
    }
  }

  close(): void {
    this.#flush();
    this.#closed = true;
    clearTimeout(this.#restTimer);
    this.#rests.clear();
    this.#parts.fallback.close();
  }

  #prepare(frame: PacketizedFrame): PreparedFrame {
    let prepared = this.#prepared.get(frame);
    if (prepared === undefined) {
      this.#prepared.set(frame, prepared = prepareFrame(this.#parts.libc, frame));
    }
    return prepared;
  }

  #destination(route: UdpRoute): LinuxDestination | "elsewhere" {
    let found = this.#destinations.get(route);
    if (found === undefined) {
      const { libc, socket: { family } } = this.#parts;
      const bytes = linuxSocketAddress(libc, family, route.address, route.port);
      const address = bytes === undefined ? 0 : libc.addressOf(bytes);
      found = bytes === undefined
        ? "elsewhere"
        : { bytes, low: address % 2 ** 32, high: Math.floor(address / 2 ** 32), cuts: true };
      this.#destinations.set(route, found);
    }
    return found;
  }

  /**
   * Adds the packets of a frame from one on, as many as may leave together.
   *
   * @returns Index behind the last of them.
   */
  #addBurst(
    output: FrameOutput,
    prepared: PreparedFrame,
    to: LinuxDestination,
    first: number,
  ): number {
    const most = first + MAX_BURST_PACKETS;
    if (this.name === "mmsg" || !to.cuts) {
      const end = Math.min(most, output.frame.payloads.length);
      for (let index = first; index < end; index++) {
        this.#add({ output, prepared, to, first: index, end: index + 1, segmentLength: 0 });
      }
      return end;
    }
    let end = first;
    for (const run of prepared.runs) {
      if (run.to <= first) continue;
      if (run.to > most) break;
      const segmentLength = run.to - run.from === 1 ? 0 : run.segmentLength;
      this.#add({
        output,
        prepared,
        to,
        first: Math.max(first, run.from),
        end: run.to,
        segmentLength,
      });
      end = run.to;
    }
    return end;
  }

  #add(part: FramePart): void {
    if (!this.#batch.hasRoom(part.end - part.first)) this.#flush();
    if (this.#batch.parts.length === 0) queueMicrotask(() => this.#flush());
    this.#batch.add(part);
  }

  /** What is left of this session's last frame goes now, since the next one is there. */
  #hurry(session: string): void {
    const rest = this.#rests.get(session);
    if (rest === undefined) return;
    this.#rests.delete(session);
    const { output, prepared, to } = rest;
    const count = output.frame.payloads.length;
    while (rest.next < count) rest.next = this.#addBurst(output, prepared, to, rest.next);
  }

  #sendRests(): void {
    this.#restTimer = undefined;
    const nowMs = this.#parts.events.nowMs();
    let nextMs = Infinity;
    for (const [session, rest] of this.#rests) {
      const { output, prepared, to } = rest;
      if (rest.dueMs <= nowMs) {
        rest.next = this.#addBurst(output, prepared, to, rest.next);
        rest.dueMs += rest.stepMs;
        if (rest.next >= output.frame.payloads.length) this.#rests.delete(session);
      }
      if (this.#rests.has(session)) nextMs = Math.min(nextMs, rest.dueMs);
    }
    this.#flush();
    if (nextMs === Infinity || this.#closed) return;
    this.#restTimer = setTimeout(() => this.#sendRests(), Math.max(1, nextMs - nowMs));
  }

  #flush(): void {
    if (this.#closed || this.#flushing || this.#batch.parts.length === 0) return;
    this.#flushing = true;
    this.#sendAll(this.#batch);
    this.#batch.clear();
    this.#flushing = false;
    const failures = this.#failures;
    if (failures.length === 0) return;
    this.#failures = [];
    for (const [session, reason] of failures) this.#parts.events.failed(session, reason);
  }

  #sendAll(batch: LinuxMessageBatch): void {
    const { libc, socket: { descriptor } } = this.#parts;
    const { parts } = batch;
    for (let at = 0; at < parts.length;) {
      const messages = batch.messagesFrom(at);
      const sent = libc.sendmmsg(descriptor, messages, parts.length - at, LINUX.MSG_DONTWAIT);
      // Where some were sent, the next call says what is the matter with the one behind them.
      at = sent > 0 ? at + sent : this.#refused(parts, at, libc.errno);
    }
  }

  /** @returns The index of the message to go on with. */
  #refused(parts: readonly FramePart[], at: number, errno: number): number {
    const part = parts[at];
    if (part === undefined || errno === LINUX.EINTR) return at;
    const { output, segmentLength } = part;
    if (segmentLength !== 0 && UNSEGMENTED.has(errno)) {
      this.#sendUnsegmented(part, errno);
      return at + 1;
    }
    this.#rests.delete(output.session);
    if (FULL.has(errno)) this.#droppedFrames++;
    else {this.#failures.push([
        output.session,
        `${this.#parts.libc.errorText(errno)} (os error ${errno})`,
      ]);}
    let next = at + 1;
    while (parts[next]?.output === output) next++;
    return next;
  }

  /** Sends the packets of a message one by one, and so from now on all that goes this way. */
  #sendUnsegmented(part: FramePart, errno: number): void {
    part.to.cuts = false;
    if (!this.#noted) {
      this.#noted = true;
      const { address } = part.output.route;
      const reason = this.#parts.libc.errorText(errno);
      this.#parts.events.note?.(
        `Packets to ${address} go one by one: the kernel does not cut them (${reason})`,
      );
    }
    for (let index = part.first; index < part.end; index++) {
      this.#single.add({ ...part, first: index, end: index + 1, segmentLength: 0 });
    }
    this.#sendAll(this.#single);
    this.#single.clear();
  }
}
