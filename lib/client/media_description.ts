import type { PictureSize } from "../sdp/picture_size.ts";

/** What DESCRIBE says of a movie, as far as a player needs it. */
export interface MediaDescription {
  /** Names the whole presentation: for PLAY, PAUSE and TEARDOWN. */
  readonly presentationUrl: string;
  /** Names the JPEG track: for SETUP. */
  readonly trackUrl: string;
  /** RTP payload type of the track. */
  readonly payloadType: number;
  /** The true picture size, where it is said. */
  readonly size?: PictureSize;
  readonly framesPerSecond?: number;
  /** Where the movie starts and ends, in seconds; a live source has no end. */
  readonly startSeconds?: number;
  readonly endSeconds?: number;
}
