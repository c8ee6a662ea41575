import { listenFailureText } from "./listen_failure_text.ts";

/** A socket for RTP on an even port, one for RTCP on the next (RFC 3550 §11). */
export interface RtpPorts {
  readonly rtp: Deno.DatagramConn;
  readonly rtcp: Deno.DatagramConn;
}

/** The ports that may be used, both included. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** How often the system is asked for a free even port whose neighbour is free as well. */
const TRIES = 50;

/**
 * Opens a pair of neighbouring ports.
 *
 * @param range Where to look; without it the system chooses.
 * @throws {Error} One sentence: there is no such pair, or no such address.
 */
export function openRtpPorts(hostname: string, range?: PortRange): RtpPorts {
  if (range === undefined) {
    for (let tries = 0; tries < TRIES; tries++) {
      const first = tryPort(hostname, 0);
      if (first === undefined) continue;
      const { port } = first.addr as Deno.NetAddr;
      const rtcp = port % 2 === 0 ? tryPort(hostname, port + 1) : undefined;
      if (rtcp !== undefined) return { rtp: first, rtcp };
      first.close();
    }
    throw new Error(`Cannot open a pair of UDP ports on ${hostname}: none is free`);
  }
  for (let port = range.from + range.from % 2; port < range.to; port += 2) {
    const rtp = tryPort(hostname, port);
    const rtcp = rtp === undefined ? undefined : tryPort(hostname, port + 1);
    if (rtp !== undefined && rtcp !== undefined) return { rtp, rtcp };
    rtp?.close();
  }
  throw new Error(
    `Cannot open a pair of UDP ports on ${hostname}: none is free from ${range.from} to ${range.to}`,
  );
}

function tryPort(hostname: string, port: number): Deno.DatagramConn | undefined {
  try {
    return Deno.listenDatagram({ transport: "udp", hostname, port });
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return undefined;
    if (!(error instanceof Error)) throw error;
    const why = listenFailureText(error, port);
    throw new Error(`Cannot open UDP ports on ${hostname}: ${why}`, { cause: error });
  }
}
