/** What a user may have meant where one side speaks TLS and the other does not. */
export const TLS_HINTS = {
  /** Plain RTSP was answered by TLS: a clause. */
  answered: "the server seems to speak TLS there: rtsps:// instead of rtsp:// may do",
  /** No TLS connection came about in its time: behind the sentence. */
  silent: " (does the server speak TLS there? rtsp:// goes without)",
} as const;
