import type { MovieLease } from "../movie/movie_lease.ts";
import { MIN_PACKET_SIZE } from "../rtp_jpeg/packetize_jpeg.ts";
import { RTP_HEADER_LENGTH } from "../rtp/rtp_header.ts";
import { serializeSession } from "../rtsp/session_header.ts";
import { parseTransport, serializeTransport, type Transport } from "../rtsp/transport_header.ts";
import { WireError } from "../bytes/wire_error.ts";
import { carryFrame } from "./carry_frame.ts";
import { chooseTransport, type ChosenTransport } from "./choose_transport.ts";
import type { ConversationHost } from "./conversation.ts";
import { carryProblem, refused } from "./describe_request.ts";
import { mediaClock } from "./media_clock.ts";
import type { MovieUrl } from "./movie_url.ts";
import { MulticastCarrier } from "./multicast_carrier.ts";
import { formatEndpoint } from "./peer.ts";
import { Playback } from "./playback.ts";
import { JPEG_PAYLOAD_TYPE } from "./presentation.ts";
import type { MediaRoute } from "./server_output.ts";
import type { Exchange, StandardContext } from "./standard_exchange.ts";
import { plainText } from "./standard_reply.ts";
import { StandardSession } from "./standard_session.ts";

/** Answers SETUP (RFC 2326 §10.4) of the presentation or its only track, anew or to change the route. */
export function setupRequest(context: StandardContext, exchange: Exchange, url: MovieUrl): void {
  const { host, channels } = context;
  const { request, session } = exchange;
  const asked = request.headers.list("Transport");
  if (asked === undefined) {
    return context.answer(exchange, { status: 461 }, "no Transport header");
  }
  const chosen = chooseTransport(parseTransport(asked), {
    peerAddress: host.peer.address,
    ...host.peer.secure ? {} : { udpPorts: host.settings.udpPorts },
    multicast: host.settings.multicast !== undefined && !host.peer.secure,
    freeChannels: (wanted) => channels.free(wanted, session),
  });
  if (chosen.kind === "none") return context.answer(exchange, { status: 461 }, chosen.reason);
  if (session !== undefined) return setUpAgain(context, exchange, session, chosen);
  const { maxSessions } = host.settings;
  if (host.sessionCount() >= maxSessions) {
    return context.answer(exchange, { status: 453 }, `there are ${maxSessions} sessions`);
  }
  const packetSize = packetSizeFor(request.headers.get("Blocksize"), host.settings.packetSize);
  if (packetSize === undefined) {
    const least = MIN_PACKET_SIZE - RTP_HEADER_LENGTH;
    return context.answer(exchange, { status: 456 }, `Blocksize is no number from ${least} on`);
  }
  host.openMovie(url.movie, (result, now) => {
    const late = { ...exchange, now };
    if (result.kind === "refusal") return context.answer(late, refused(result), result.reason);
    const problem = carryProblem(result.movie, packetSize);
    const match = request.headers.get("If-Match");
    if (problem !== undefined) {
      context.answer(late, { status: 415, ...plainText(problem) }, problem);
      return host.releaseMovie(result);
    }
    if (match !== undefined && !matches(match, result.movie.etag)) {
      context.answer(late, { status: 412 }, `the movie's etag is "${result.movie.etag}"`);
      return host.releaseMovie(result);
    }
    if (result.warning !== undefined) host.log("warning", result.warning);
    const made = newSession(host, late, { lease: result, url, chosen, packetSize });
    host.addSession(made);
    confirm(context, { ...late, session: made }, made, chosen);
  });
}

interface NewSession {
  readonly lease: MovieLease;
  readonly url: MovieUrl;
  readonly chosen: ChosenTransport;
  readonly packetSize: number;
}

function newSession(host: ConversationHost, exchange: Exchange, made: NewSession): StandardSession {
  const { lease, url, chosen } = made;
  const base = {
    connection: host.connection,
    peer: host.peer,
    user: exchange.user,
    lease,
    cname: host.cname,
    url,
    now: exchange.now,
  };
  if (chosen.kind !== "multicast") {
    const route = routeOf(host, chosen);
    return new StandardSession({
      ...base,
      id: newId(host),
      route,
      playback: newStream(host, made),
    });
  }
  const carrier = host.carrierOf(lease.movie, (route) => {
    const id = `multicast ${formatEndpoint(route.address, route.port)}`;
    return new MulticastCarrier({ ...base, id, route, playback: newStream(host, made) });
  });
  const { playback, route } = carrier;
  const member = new StandardSession({ ...base, id: newId(host), route, playback, carrier });
  carrier.members.add(member);
  return member;
}

/** A stream of its own: numbered and stamped from random starts (RFC 3550 §5.1). */
function newStream(host: ConversationHost, { lease, packetSize }: NewSession): Playback {
  const { random } = host;
  const packetized = host.cache.open(lease.movie, `jpeg/${packetSize}`, (jpeg) => {
    try {
      return carryFrame(jpeg, packetSize);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return undefined; // a frame that is not like the first: left out and counted
    }
  });
  const stamps = mediaClock({
    payloadType: JPEG_PAYLOAD_TYPE,
    ssrc: host.newSsrc(),
    firstSequence: random.uint32() & 0xffff,
    firstTimestamp: random.uint32(),
  });
  return new Playback(lease.movie, packetized, stamps);
}

/** 128 bits at random (§3.4), as 32 hexadecimal digits. */
function newId({ random }: ConversationHost): string {
  return Array.from({ length: 4 }, () => random.uint32().toString(16).padStart(8, "0")).join("");
}

function setUpAgain(
  context: StandardContext,
  exchange: Exchange,
  session: StandardSession,
  chosen: ChosenTransport,
): void {
  if (exchange.url?.movie !== session.url.movie) {
    return context.answer(exchange, { status: 459 }, "the session has another movie");
  }
  if (session.carrier !== undefined || chosen.kind === "multicast") {
    return context.answer(exchange, { status: 455 }, "a multicast session keeps its transport");
  }
  if (session.connection !== context.host.connection && chosen.kind === "interleaved") {
    return context.answer(exchange, { status: 461 }, "the session belongs to another connection");
  }
  session.route = routeOf(context.host, chosen);
  confirm(context, exchange, session, chosen);
}

function routeOf(
  { peer, connection }: ConversationHost,
  chosen: Exclude<ChosenTransport, { kind: "multicast" }>,
): MediaRoute {
  switch (chosen.kind) {
    case "udp": {
      const [port, controlPort] = chosen.clientPorts;
      return { kind: "udp", address: peer.address, port, controlPort };
    }
    case "interleaved": {
      const [channel, controlChannel] = chosen.channels;
      return { kind: "interleaved", connection, channel, controlChannel };
    }
    default:
      return chosen satisfies never;
  }
}

/** Answers 200 with what was agreed, and keeps the books of the channels. */
function confirm(
  context: StandardContext,
  exchange: Exchange,
  session: StandardSession,
  chosen: ChosenTransport,
): void {
  const { host, channels } = context;
  channels.give(session, chosen.kind === "interleaved" ? chosen.channels : []);
  const timeoutSeconds = Math.round(host.settings.sessionTimeoutMs / 1000);
  const { route } = session;
  const to = route.kind === "udp"
    ? `RTP to ${formatEndpoint(route.address, route.port)}`
    : `RTP on channel ${route.channel}`;
  context.answer(exchange, {
    status: 200,
    headers: [
      ["Session", serializeSession({ id: session.id, timeoutSeconds })],
      ["Transport", serializeTransport([agreed(host, chosen, session)])],
    ],
  }, to);
}

/** The Transport header of the reply (RFC 2326 §12.39). */
function agreed(
  host: ConversationHost,
  chosen: ChosenTransport,
  { ssrc, route }: StandardSession,
): Transport {
  const common = { profile: "RTP/AVP", ssrc, mode: "PLAY" };
  switch (chosen.kind) {
    case "udp":
      return {
        ...common,
        lower: "UDP",
        cast: "unicast",
        source: host.peer.localAddress,
        clientPort: chosen.clientPorts,
        serverPort: host.settings.udpPorts,
      };
    case "interleaved":
      return { ...common, lower: "TCP", cast: "unicast", interleaved: chosen.channels };
    case "multicast": {
      if (route.kind !== "udp") throw new TypeError("Cannot multicast inside a connection");
      const { address: destination, port, controlPort = port + 1 } = route;
      const ttl = host.settings.multicast?.ttl ?? 1;
      const place = { destination, port: [port, controlPort], ttl } as const;
      return { ...common, lower: "UDP", cast: "multicast", ...place };
    }
    default:
      return chosen satisfies never;
  }
}

/** The packet size that a Blocksize leaves (RFC 2326 §12.7): it counts without the RTP header. */
function packetSizeFor(blocksize: string | undefined, packetSize: number): number | undefined {
  if (blocksize === undefined) return packetSize;
  if (!/^\d{1,9}$/.test(blocksize)) return undefined;
  const size = Math.min(Number(blocksize) + RTP_HEADER_LENGTH, packetSize);
  return size < MIN_PACKET_SIZE ? undefined : size;
}

/** Whether an If-Match list holds this etag (RFC 2326 §12.22). */
function matches(header: string, etag: string): boolean {
  return header.split(",").map((entry) => entry.trim()).some((entry) =>
    entry === "*" || entry === `"${etag}"` || entry === etag
  );
}
