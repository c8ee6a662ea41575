import { parseRange, serializeRange } from "../rtsp/range_header.ts";
import { parseRtpInfo, type RtpInfo } from "../rtsp/rtp_info_header.ts";
import type { RtspHeader, RtspHeaders } from "../rtsp/rtsp_headers.ts";
import { parseScale, serializeScale } from "../rtsp/scale_header.ts";
import { leniently } from "./leniently.ts";
import type { MediaDescription } from "./media_description.ts";
import type { PlayAnchor } from "./media_receiver.ts";
import type { PlayWishes } from "./play_wishes.ts";
import type { MovieRange, ScaleFigures } from "./session_figures.ts";

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

/** Where the server stands: at the movie's beginning, where the last stretch ended, or in between. */
type Standing = "fresh" | "ended" | "within";

/**
 * Where in the movie PLAY is to begin and end, how fast (RFC 2326 §12.29, §12.34, §12.35), and what the server
 * made of that.
 */
export class Playhead {
  readonly #wishes: PlayWishes;
  #description: MediaDescription | undefined;
  /** Where the next PLAY begins, where its user said so. */
  #from: number | undefined;
  #standing: Standing = "fresh";
  /** What the last PLAY asked for. */
  #asked: { readonly start?: number; readonly scale?: number } = {};
  #position: number | undefined;
  /** What the next PLAY asks for; `undefined`: nothing. */
  #scale: number | undefined;
  /** As the server has answered last. */
  #granted: number | undefined;
  #figures: Omit<ScaleFigures, "wanted"> = {};

  constructor(wishes: PlayWishes) {
    this.#wishes = wishes;
    this.#scale = wishes.scale;
  }

  /** What is to be played, forwards, where its end is known. */
  get range(): { readonly startSeconds: number; readonly endSeconds: number } | undefined {
    const { startSeconds = this.#description?.startSeconds ?? 0 } = this.#wishes;
    const endSeconds = this.#wishes.endSeconds ?? this.#description?.endSeconds;
    return endSeconds === undefined || this.#pace < 0 ? undefined : { startSeconds, endSeconds };
  }

  /** All of the movie; `undefined` before it is known. */
  get movie(): MovieRange | undefined {
    if (this.#description === undefined) return undefined;
    const { startSeconds = 0, endSeconds } = this.#description;
    return { startSeconds, ...endSeconds !== undefined && { endSeconds } };
  }

  /** How fast it is to go by, and how fast it does. */
  get scale(): ScaleFigures {
    return { ...this.#figures, wanted: this.#pace };
  }

  /** The next PLAY begins there. */
  seek(seconds: number): void {
    this.#from = seconds;
  }

  /** The next PLAY asks for this pace, from where the movie stands. */
  setScale(scale: number): void {
    this.#scale = scale;
  }

  /** The movie is known. */
  begin(description: MediaDescription): void {
    this.#description = description;
  }

  /** The stretch was played to its end: the next PLAY begins at the start again. */
  ended(): void {
    this.#standing = "ended";
  }

  /**
   * PAUSE was answered; most servers say where.
   *
   * @param positionSeconds Of the newest frame, for those who do not.
   */
  paused(headers: RtspHeaders, positionSeconds: number | undefined): void {
    this.#position = startOf(headers.get("Range")) ?? inMovie(positionSeconds);
  }

  /** The session is over: the next one begins at the start, unless it is told otherwise. */
  left(): void {
    this.#standing = "fresh";
    this.#position = undefined;
  }

  /** The session is lost: the next one goes on where this one was. */
  lost(positionSeconds: number | undefined): void {
    this.#from ??= inMovie(positionSeconds) ?? this.#asked.start;
  }

  /** What PLAY says of all this. */
  headers(): RtspHeader[] {
    const { endSeconds, speed } = this.#wishes;
    const start = this.#from ?? this.#restart ??
      (endSeconds === undefined ? undefined : this.#position ?? 0);
    const end = endSeconds !== undefined && this.#isAhead(endSeconds, start)
      ? endSeconds
      : undefined;
    const scale = this.#scale;
    this.#asked = { ...start !== undefined && { start }, ...scale !== undefined && { scale } };
    const range = {
      unit: "npt",
      ...start !== undefined && { start },
      ...end !== undefined && { end },
    } as const;
    return [
      ...start === undefined ? [] : [["Range", serializeRange(range)] as const],
      ...scale === undefined ? [] : [["Scale", serializeScale(scale)] as const],
      ...speed === undefined ? [] : [["Speed", serializeScale(speed)] as const],
    ];
  }

  /** PLAY was answered with success. */
  answered(headers: RtspHeaders, trackUrl: string): PlayStart {
    const { start: askedStart, scale: askedScale } = this.#asked;
    const range = headers.get("Range");
    const scale = scaleOf("Scale", headers);
    this.#from = undefined;
    this.#standing = "within";
    if (askedScale !== undefined) this.#scale = scale;
    this.#granted = scale;
    this.#figures = { ...askedScale !== undefined && { asked: askedScale }, used: scale ?? 1 };
    const start = startOf(range) ?? askedStart ?? this.#position;
    const info = rtpInfoOf(headers.get("RTP-Info"), trackUrl);
    this.#position = start;
    return {
      anchor: start === undefined
        ? undefined
        : { timestamp: info?.rtpTime, seconds: start, scale: scale ?? 1 },
      sequence: info?.sequence,
      endSeconds: endOf(range) ?? this.#end,
      warnings: [
        ...differs("Scale", askedScale, scale),
        ...differs("Speed", this.#wishes.speed, scaleOf("Speed", headers)),
      ],
    };
  }

  /** PLAY was refused: a place or a pace that a play was to go on with is forgotten. */
  refused(): void {
    if (this.#figures.used === undefined) return; // nothing has played: it is still wanted
    this.#from = undefined;
    if (this.#asked.scale !== undefined) this.#scale = this.#granted;
    this.#figures = {
      ...this.#asked.scale !== undefined && { asked: this.#asked.scale },
      used: this.#granted ?? 1,
    };
  }

  get #pace(): number {
    return this.#scale ?? 1;
  }

  /** Where a movie begins that is not to go on. */
  get #restart(): number | undefined {
    if (this.#standing === "within") return undefined;
    const { startSeconds } = this.#wishes;
    const first = startSeconds ?? (this.#pace < 0 ? this.#description?.endSeconds : undefined);
    return first ?? (this.#standing === "ended" ? this.#description?.startSeconds ?? 0 : undefined);
  }

  /** Where the stretch ends, where the server does not say it. */
  get #end(): number | undefined {
    const { endSeconds } = this.#wishes;
    if (endSeconds !== undefined && this.#isAhead(endSeconds, this.#position)) return endSeconds;
    return this.#pace < 0 ? this.#description?.startSeconds ?? 0 : this.#description?.endSeconds;
  }

  #isAhead(seconds: number, from: number | undefined): boolean {
    return from === undefined || (this.#pace < 0 ? seconds < from : seconds > from);
  }
}

function differs(name: string, asked: number | undefined, given: number | undefined): string[] {
  if (asked === undefined || given === asked) return [];
  const what = given === undefined ? "the server says nothing of it" : `the server plays ${given}`;
  return [`${name} ${asked} was asked for, ${what}`];
}

/** A place that a server knows: one before the start is that of a movie which starts over in reverse. */
function inMovie(positionSeconds: number | undefined): number | undefined {
  return positionSeconds === undefined ? undefined : Math.max(0, positionSeconds);
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
