/**
 * What its user can ask of a client: one request each. An object, not a word, so that a command can
 * say more than its name where a dialect knows more.
 */
export type ClientCommand =
  | { readonly kind: "setup" }
  | { readonly kind: "play" }
  | { readonly kind: "pause" }
  | { readonly kind: "teardown" }
  | { readonly kind: "describe" }
  | { readonly kind: "options" }
  /** Goes on from another place: at once where it plays, otherwise with the next PLAY. */
  | { readonly kind: "seek"; readonly seconds: number }
  /** Goes on at another pace (RFC 2326 §12.34), from where the movie stands; as `seek` otherwise. */
  | { readonly kind: "scale"; readonly scale: number };

/** The RTSP method of each command (RFC 2326 §10); a seek is a PLAY with a Range, a scale one with a Scale. */
export const METHOD_OF: Readonly<Record<ClientCommand["kind"], string>> = {
  setup: "SETUP",
  play: "PLAY",
  pause: "PAUSE",
  teardown: "TEARDOWN",
  describe: "DESCRIBE",
  options: "OPTIONS",
  seek: "PLAY",
  scale: "PLAY",
};
