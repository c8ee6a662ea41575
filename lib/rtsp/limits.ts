/**
 * Most bytes of a request or status line with all headers. Real heads stay below 2 KiB, Digest and
 * RTP-Info of many tracks included; node, Tomcat and h11 allow 8 to 16 KiB.
 */
export const MAX_HEAD_LENGTH = 16 * 1024;

/** Most header lines, folded ones counted: real messages have 5 to 20, Apache allows 100. */
export const MAX_HEADER_LINES = 100;

/** Most bytes of a body. Session descriptions have 300 to 3,000; parameter lists fewer. */
export const MAX_BODY_LENGTH = 1024 * 1024;

/** Most bytes passed over in search of the next block: two of the largest blocks. */
export const MAX_GARBAGE_LENGTH = 2 * (4 + 65_535);

/**
 * How long a lab message without a terminator must have been quiet to be taken as whole. One `send` is
 * one segment there; the exercise's clients wait for the reply, so the pause costs them only its length.
 */
export const LAB_QUIET_MS = 30;

/** Most bytes of a lab message without body: stock programs read 256 with one `recv`. */
export const LAB_MAX_MESSAGE_LENGTH = 256;
