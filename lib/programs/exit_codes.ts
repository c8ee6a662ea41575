/** What a client's process ends with. */
export const EXIT_CODES = {
  played: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  notHeld: 4,
} as const;
