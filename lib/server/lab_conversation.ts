import type { Now } from "../bytes/now.ts";
import type { Movie } from "../movie/movie.ts";
import type { MovieLease, MovieRefusal } from "../movie/movie_lease.ts";
import { cutLabFrame } from "../rtp_lab/cut_lab_frame.ts";
import { type LabRtpStyle, labTimestamp } from "../rtp_lab/lab_timestamp.ts";
import { type LabReplyFields, serializeLabReply } from "../rtsp/lab_reply.ts";
import type { LabRequest } from "../rtsp/lab_request.ts";
import { isRtspMethod } from "../rtsp/methods.ts";
import { RTSP_VERSION } from "../rtsp/message.ts";
import { reasonOf } from "../rtsp/status.ts";
import type { ConversationHost } from "./conversation.ts";
import { labNameReadings } from "./lab_name_readings.ts";
import { liveStart } from "./live_start.ts";
import { formatEndpoint } from "./peer.ts";
import { Playback, type RtpStamps } from "./playback.ts";
import type { PlayOrder } from "./play_schedule.ts";
import { describeMovieBriefly, JPEG_PAYLOAD_TYPE } from "./presentation.ts";
import type { UdpRoute } from "./server_output.ts";
import type { ServerSession } from "./server_session.ts";
import { LAB_TRANSITIONS, nextState, type SessionState } from "./session_states.ts";

/** What the lab dialect serves, as `Public` and `Allow` list it. */
const SERVED = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN";

/** The lab's first sequence number: its clients count from 1 and drop 0. */
const FIRST_SEQUENCE = 1;

/** Session ids have nine digits: every lab client reads them as an integer, some of 32 bits. */
const SESSION_ID_FIRST = 100_000_000;
const SESSION_ID_COUNT = 900_000_000;

/** A session of the lab: one UDP route, until its connection ends. */
interface LabSession extends ServerSession {
  readonly dialect: "lab";
  readonly route: UdpRoute;
}

type Reply = Omit<LabReplyFields, "cseq" | "session">;

/**
 * The lab dialect on one connection, which has at most one session; a request need not name it
 * (docs/lab.md).
 */
export class LabConversation {
  readonly #host: ConversationHost;
  #session: LabSession | undefined;

  constructor(host: ConversationHost) {
    this.#host = host;
  }

  /** The connection's session, between SETUP and TEARDOWN. */
  get session(): ServerSession | undefined {
    return this.#session;
  }

  /** Answers one request, at once or after a movie was looked up. */
  handle(request: LabRequest, now: Now): void {
    const refusal = this.#refusal(request);
    if (refusal !== undefined) return this.#reply(request, refusal.reply, refusal.reason);
    switch (request.method) {
      case "OPTIONS":
        return this.#reply(request, { status: 200, headers: [["Public", SERVED]] });
      case "DESCRIBE":
        return this.#describe(request);
      case "SETUP":
        return this.#setup(request);
      case "PLAY":
        return this.#play(request, now);
      case "PAUSE":
        return this.#pause(request);
      case "TEARDOWN":
        return this.#teardown(request, now);
      default:
        throw new TypeError(`Cannot handle ${request.method}: it was not refused`);
    }
  }

  /** The connection is gone, and its session with it. */
  end(reason: string, now: Now): void {
    const session = this.#session;
    if (session === undefined) return;
    this.#host.log("info", `Session ended: ${reason}; ${summary(session)}`, session.id);
    this.#remove(session, now);
  }

  get #state(): SessionState {
    return this.#session?.state ?? "init";
  }

  #refusal(request: LabRequest): { reply: Reply; reason: string } | undefined {
    const { method, version, session } = request;
    if (version !== RTSP_VERSION) {
      return { reply: { status: 505 }, reason: `${version} is not ${RTSP_VERSION}` };
    }
    if (!isRtspMethod(method)) {
      return { reply: { status: 501, headers: [["Public", SERVED]] }, reason: "unknown method" };
    }
    if (!SERVED.split(", ").includes(method)) {
      return { reply: { status: 405, headers: [["Allow", SERVED]] }, reason: "not for movies" };
    }
    if (nextState(LAB_TRANSITIONS, this.#state, method) === undefined) {
      const named = session !== undefined && session !== "0";
      if (this.#session === undefined && named) {
        return { reply: { status: 454 }, reason: `no session ${session} on this connection` };
      }
      const allowed = ["OPTIONS", "DESCRIBE", ...LAB_TRANSITIONS[this.#state].keys()].join(", ");
      return {
        reply: { status: 455, headers: [["Allow", allowed]] },
        reason: `the state is ${this.#state.toUpperCase()}`,
      };
    }
    const asksForMovie = method === "SETUP" || (method === "DESCRIBE" && request.file !== "");
    if (asksForMovie && !this.#isForAnyone(request.file)) {
      return { reply: { status: 401 }, reason: "it needs a login, which the lab dialect has not" };
    }
    if (method === "SETUP" && this.#host.peer.secure) {
      return { reply: { status: 461 }, reason: "the lab's UDP would leave the TLS connection" };
    }
    if (method === "SETUP" && request.clientPort === undefined) {
      return { reply: { status: 461 }, reason: "no client_port in line 3" };
    }
    return undefined;
  }

  /** Lab clients cannot log in; the name counts in each way in which it may be looked up. */
  #isForAnyone(file: string): boolean {
    const { authenticator } = this.#host.settings;
    if (authenticator === undefined) return true;
    return labNameReadings(file).every((names) =>
      !names.includes("..") && authenticator.maySee(undefined, names)
    );
  }

  #describe(request: LabRequest): void {
    const session = this.#session;
    if (
      session !== undefined && (request.file === "" || request.file === session.lease.movie.name)
    ) {
      return this.#reply(request, this.#description(session.lease.movie));
    }
    this.#host.openMovie(request.file, (result) => {
      if (result.kind === "refusal") return this.#refuseMovie(request, result);
      this.#reply(request, this.#description(result.movie));
      this.#host.releaseMovie(result);
    });
  }

  #description(movie: Movie): Reply {
    const body = describeMovieBriefly(movie, {
      serverAddress: this.#host.peer.localAddress,
      port: this.#session?.route.port ?? 0,
    });
    return { status: 200, headers: [["Content-Type", "application/sdp"]], body };
  }

  #setup(request: LabRequest): void {
    const port = request.clientPort;
    if (port === undefined) throw new TypeError("Cannot set up: the port was not refused");
    const { maxSessions } = this.#host.settings;
    if (this.#session === undefined && this.#host.sessionCount() >= maxSessions) {
      return this.#reply(request, { status: 453 }, `there are ${maxSessions} sessions`);
    }
    this.#host.openMovie(request.file, (result, now) => {
      if (result.kind === "refusal") return this.#refuseMovie(request, result);
      const id = this.#session?.id ?? this.#newId();
      if (this.#session !== undefined) this.#remove(this.#session, now);
      const session = this.#newSession(id, result, port);
      this.#session = session;
      this.#host.addSession(session);
      if (result.warning !== undefined) this.#host.log("warning", result.warning, id);
      const to = formatEndpoint(session.route.address, port);
      this.#reply(request, { status: 200 }, `RTP to ${to}`);
    });
  }

  #newSession(id: string, lease: MovieLease, port: number): LabSession {
    const { movie } = lease;
    const { cache, connection, peer, settings } = this.#host;
    const { labRtp: style, cutLabFrames: cut, labSsrc: ssrc } = settings;
    const packetized = cache.open(
      movie,
      `lab/${style}/${cut}`,
      (jpeg) => cutLabFrame(jpeg, { style, cut }),
    );
    const playback = new Playback(movie, packetized, {
      payloadType: JPEG_PAYLOAD_TYPE,
      ssrc,
      firstSequence: FIRST_SEQUENCE,
      timestamp: labClock(style),
    });
    const route = { kind: "udp", address: peer.address, port } as const;
    return {
      id,
      dialect: "lab",
      connection,
      peer,
      lease,
      playback,
      route,
      state: "ready",
      warned: [],
      generation: 0,
      ended() {}, // nothing is sent any more, and the state stays PLAYING, as in the exercise
    };
  }

  #newId(): string {
    for (;;) {
      const id = String(SESSION_ID_FIRST + this.#host.random.uint32() % SESSION_ID_COUNT);
      if (this.#host.session(id) === undefined) return id;
    }
  }

  #play(request: LabRequest, now: Now): void {
    const session = this.#need();
    const live = liveStart(session.lease.movie, now);
    const order: PlayOrder = live?.order ?? {
      from: session.playback.nextFrame,
      scale: 1,
      speed: 1,
      loop: this.#host.settings.loop,
    };
    const failure = session.failure?.reason ?? session.playback.check(order)?.message;
    delete session.failure;
    if (failure !== undefined) return this.#reply(request, { status: 500 }, failure);
    session.state = "playing";
    session.playback.play(order, now, live?.startMs);
    this.#reply(request, { status: 200 }, `from frame ${order.from + 1}`);
    this.#host.schedule(session, now);
  }

  #pause(request: LabRequest): void {
    const session = this.#need();
    session.playback.pause();
    session.state = "ready";
    this.#reply(request, { status: 200 }, `before frame ${session.playback.nextFrame + 1}`);
  }

  #teardown(request: LabRequest, now: Now): void {
    const session = this.#session;
    if (session === undefined) return this.#reply(request, { status: 200 }, "there was no session");
    this.#reply(request, { status: 200 }, summary(session));
    this.#remove(session, now);
  }

  #refuseMovie(request: LabRequest, refusal: MovieRefusal): void {
    this.#reply(request, { status: refusal.status }, refusal.reason);
  }

  #need(): LabSession {
    if (this.#session === undefined) throw new TypeError("Cannot go on: the state is INIT");
    return this.#session;
  }

  #remove(session: ServerSession, now: Now): void {
    this.#session = undefined;
    this.#host.removeSession(session, now);
  }

  /** Writes the reply and one line about it. */
  #reply(request: LabRequest, reply: Reply, detail?: string): void {
    const session = this.#session?.id ?? "0";
    this.#host.write(serializeLabReply({ ...reply, cseq: request.cseq, session }));
    const { status } = reply;
    const what = request.file === "" ? request.method : `${request.method} ${request.file}`;
    const why = detail === undefined ? "" : `, ${detail}`;
    this.#host.log(
      status < 400 ? "info" : "warning",
      `${what}: ${status} ${reasonOf(status)}${why}`,
      this.#session?.id,
    );
  }
}

/** What a session sent, in a few words. */
function summary(session: ServerSession): string {
  const { frames, skipped, octets } = session.playback.counts;
  const left = skipped === 0 ? "" : `, ${skipped} too large to send`;
  return `${frames} frames (${octets} bytes) sent${left}`;
}

/**
 * The timestamps of one session: Unix time of each frame as the exercise wants it; the modern ones start
 * there and count media time, free of what a clock of whole milliseconds adds.
 */
function labClock(style: LabRtpStyle): RtpStamps["timestamp"] {
  let startUnixMs: number | undefined;
  return (dueUnixMs, mediaSeconds) => {
    if (style === "exercise") return labTimestamp(style, dueUnixMs);
    startUnixMs ??= dueUnixMs - mediaSeconds * 1000;
    return labTimestamp(style, startUnixMs + mediaSeconds * 1000);
  };
}
