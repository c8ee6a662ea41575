/** What tshark calls the fields of RTP/JPEG packets (RFC 2435 §3.1) that the tests look at. */
export const JPEG_FIELDS: readonly string[] = [
  ...["ts", "offset", "type", "q", "width", "height"].map((name) => `jpeg.main_hdr.${name}`),
  ...["jpeg.qtable_hdr.mbz", "jpeg.qtable_hdr.precision", "jpeg.qtable_hdr.length"],
  ...["jpeg.restart_hdr.interval", "jpeg.restart_hdr.f", "jpeg.restart_hdr.l"],
  ...["jpeg.restart_hdr.count", "jpeg.payload", "rtp.marker", "rtp.timestamp", "rtp.seq"],
  ...["rtp.ssrc", "rtp.p_type", "udp.length"],
];
