import { parseRange, serializeRange } from "../rtsp/range_header.ts";
import { parseRtpInfo, type RtpInfo } from "../rtsp/rtp_info_header.ts";
import type { RtspHeader, RtspHeaders } from "../rtsp/rtsp_headers.ts";
import { parseScale, serializeScale } from "../rtsp/scale_header.ts";
import { leniently } from "./leniently.ts";
import type { MediaDescription } from "./media_description.ts";
import type { PlayAnchor } from "./media_receiver.ts";
import type { PlayWishes } from "./play_wishes.ts";

/** What the answer to PLAY says of the stretch that begins. */
export interface PlayStart {
  readonly anchor: PlayAnchor | undefined;
  /** Number of its first packet. */
  readonly sequence: number | undefined;
  /** Where it ends, in seconds; for reverse play that is before its start. */
  readonly endSeconds: number | undefined;
  /** What the server does otherwise than asked, for the log. */
  readonly warnings: readonly string[];
}

/**
 * Where in the movie PLAY is to begin and end, how fast (RFC 2326 §12.29, §12.34, §12.35), and what the server
 * made of that.
 */
export class Playhead {
  readonly #wishes: PlayWishes;
  #description: MediaDescription | undefined;
  /** Where the next PLAY begins; `undefined`: where the server stands. */
  #from: number | undefined;
  #asked: number | undefined;
  #position: number | undefined;

  constructor(wishes: PlayWishes) {
    this.#wishes = wishes;
    this.#from = wishes.startSeconds;
  }

  /** What is to be played, forwards, where its end is known. */
  get range(): { readonly startSeconds: number; readonly endSeconds: number } | undefined {
    const { startSeconds = this.#description?.startSeconds ?? 0, scale = 1 } = this.#wishes;
    const endSeconds = this.#wishes.endSeconds ?? this.#description?.endSeconds;
    return endSeconds === undefined || scale < 0 ? undefined : { startSeconds, endSeconds };
  }

  /** The next PLAY begins there. */
  seek(seconds: number): void {
    this.#from = seconds;
  }

  /** The movie is known, and nothing of it was played. */
  begin(description: MediaDescription): void {
    this.#description = description;
    this.#from ??= this.#start;
  }

  /** The stretch was played to its end: the next PLAY begins at the start again. */
  ended(): void {
    this.#from = this.#start ?? this.#description?.startSeconds ?? 0;
  }

  /** PAUSE was answered; most servers say where. */
  paused(headers: RtspHeaders): void {
    this.#position = startOf(headers.get("Range"));
  }

  /** The session is lost: the next one goes on where this one was. */
  lost(positionSeconds: number | undefined): void {
    this.#from ??= positionSeconds ?? this.#asked;
  }

  /** What PLAY says of all this. */
  headers(): RtspHeader[] {
    const { endSeconds, scale, speed } = this.#wishes;
    const start = this.#from ?? (endSeconds === undefined ? undefined : this.#position ?? 0);
    this.#asked = start;
    const range = {
      unit: "npt",
      ...start !== undefined && { start },
      ...endSeconds !== undefined && { end: endSeconds },
    } as const;
    return [
      ...start === undefined ? [] : [["Range", serializeRange(range)] as const],
      ...scale === undefined ? [] : [["Scale", serializeScale(scale)] as const],
      ...speed === undefined ? [] : [["Speed", serializeScale(speed)] as const],
    ];
  }

  /** PLAY was answered with success. */
  answered(headers: RtspHeaders, trackUrl: string): PlayStart {
    this.#from = undefined;
    const range = headers.get("Range");
    const start = startOf(range) ?? this.#asked ?? this.#position;
    const end = endOf(range) ?? this.#wishes.endSeconds ?? this.#description?.endSeconds;
    const scale = scaleOf("Scale", headers);
    const info = rtpInfoOf(headers.get("RTP-Info"), trackUrl);
    this.#position = start;
    return {
      anchor: start === undefined
        ? undefined
        : { timestamp: info?.rtpTime, seconds: start, scale: scale ?? 1 },
      sequence: info?.sequence,
      endSeconds: end,
      warnings: [
        ...differs("Scale", this.#wishes.scale, scale),
        ...differs("Speed", this.#wishes.speed, scaleOf("Speed", headers)),
      ],
    };
  }

  get #start(): number | undefined {
    const { startSeconds, scale = 1 } = this.#wishes;
    return startSeconds ?? (scale < 0 ? this.#description?.endSeconds : undefined);
  }
}

function differs(name: string, asked: number | undefined, given: number | undefined): string[] {
  if (asked === undefined || given === asked) return [];
  const what = given === undefined ? "the server says nothing of it" : `the server plays ${given}`;
  return [`${name} ${asked} was asked for, ${what}`];
}

function startOf(value: string | undefined): number | undefined {
  const range = rangeOf(value);
  return typeof range?.start === "number" ? range.start : undefined;
}

function endOf(value: string | undefined): number | undefined {
  return rangeOf(value)?.end;
}

function rangeOf(value: string | undefined) {
  const range = value === undefined ? undefined : leniently(() => parseRange(value));
  return range?.unit === "npt" ? range : undefined;
}

function scaleOf(name: "Scale" | "Speed", headers: RtspHeaders): number | undefined {
  const value = headers.get(name);
  return value === undefined ? undefined : leniently(() => parseScale(name, value));
}

/** That of the track; some servers name it in ways of their own, hence the only one there is. */
function rtpInfoOf(value: string | undefined, trackUrl: string): RtpInfo | undefined {
  const infos = value === undefined ? [] : leniently(() => parseRtpInfo(value)) ?? [];
  return infos.find(({ url }) => url === trackUrl || trackUrl.endsWith(`/${url}`)) ??
    (infos.length === 1 ? infos[0] : undefined);
}
