import { JpegStreamSplitter } from "../../lib/jpeg/jpeg_stream_splitter.ts";
import { textOf } from "../support/text.ts";
import { RtspTalk } from "./rtsp_talk.ts";
import { VlcProcess } from "./vlc_process.ts";

/**
 * The JPEGs that VLC receives of a movie over UDP, from our session description, until it ends by itself
 * at our BYE. Debian's VLC speaks no RTSP (docs/interop.md), so that this asks for the movie in its place.
 * VLC's stream output keeps the last picture back.
 *
 * @param port The server's.
 * @param name The movie's.
 */
export async function playByVlc(port: number, name: string): Promise<Uint8Array[]> {
  const url = `rtsp://127.0.0.1:${port}/${name}`;
  using talk = await RtspTalk.with(port);
  const { body } = await talk.ask("DESCRIBE", url, { Accept: "application/sdp" });
  await using vlc = await VlcProcess.receive(textOf(body));
  const transport = `RTP/AVP;unicast;client_port=${vlc.port}-${vlc.port + 1}`;
  const { headers } = await talk.ask("SETUP", `${url}/trackID=0`, { Transport: transport });
  const session = headers.get("Session")?.split(";")[0] ?? "";
  await talk.ask("PLAY", url, { Session: session });
  const received = new JpegStreamSplitter().push(await vlc.received());
  await talk.ask("TEARDOWN", url, { Session: session });
  return received.map(({ bytes }) => bytes);
}
