/** One whole frame from a lab server. */
export interface LabFrame {
  /** A view of the datagram where one packet held it all. */
  readonly jpeg: Uint8Array;
  /** Of the frame's first packet, as sent: 16 bits. */
  readonly sequence: number;
  /** Of the frame's first packet; its unit is the server's own. */
  readonly timestamp: number;
  /** How many packets it came in. */
  readonly packets: number;
}
