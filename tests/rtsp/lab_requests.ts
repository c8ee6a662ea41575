import type { LabRequest } from "../../lib/rtsp/lab_request.ts";

/** A request as some lab client sends it. */
export interface LabVariant {
  readonly name: string;
  readonly text: string;
  readonly method: string;
  /** As the stream parser splits it off line 1. */
  readonly uri: string;
  /** Whether a blank line ends it; otherwise silence does. */
  readonly ended: boolean;
  readonly request: LabRequest;
}

const FILE = "movie.Mjpeg";
const SETUP = `SETUP ${FILE} RTSP/1.0\nCSeq: 1\nTransport: RTP/UDP; client_port= 25000`;
const SETUP_READ: LabRequest = {
  method: "SETUP",
  file: FILE,
  cseq: 1,
  clientPort: 25000,
  version: "RTSP/1.0",
};

function play(
  text: string,
  request: Partial<LabRequest> = {},
  uri = FILE,
): Omit<LabVariant, "name"> {
  const [method = ""] = text.split(" ");
  const read = { method, file: FILE, cseq: 2, session: "115166", version: "RTSP/1.0", ...request };
  return { text, method, uri, ended: false, request: read };
}

function setup(
  text: string,
  request: Partial<LabRequest> = {},
  uri = FILE,
): Omit<LabVariant, "name"> {
  const ended = /\n\r?\n$/.test(text);
  return { text, method: "SETUP", uri, ended, request: { ...SETUP_READ, ...request } };
}

/** All forms of a request in the wild that the server has to read. */
export const LAB_REQUESTS: readonly LabVariant[] = [
  { name: "stock SETUP", ...setup(SETUP) },
  {
    name: "stock PLAY",
    ...play(`PLAY ${FILE} RTSP/1.0\nCSeq: 2\nSession: 115166`),
  },
  {
    name: "stock PAUSE",
    ...play(`PAUSE ${FILE} RTSP/1.0\nCSeq: 3\nSession: 115166`, { cseq: 3 }),
  },
  {
    name: "stock TEARDOWN",
    ...play(`TEARDOWN ${FILE} RTSP/1.0\nCSeq: 5\nSession: 115166`, { cseq: 5 }),
  },
  {
    name: "DESCRIBE",
    ...play(`DESCRIBE ${FILE} RTSP/1.0\nCSeq: 3\nSession: 115166`, { cseq: 3 }),
  },
  { name: "one trailing LF", ...setup(`${SETUP}\n`) },
  { name: "two trailing LF", ...setup(`${SETUP}\n\n`) },
  { name: "CRLF without a blank line", ...setup(`${SETUP.replaceAll("\n", "\r\n")}\r\n`) },
  { name: "CRLF without a last CRLF", ...setup(SETUP.replaceAll("\n", "\r\n")) },
  { name: "CRLF with a blank line", ...setup(`${SETUP.replaceAll("\n", "\r\n")}\r\n\r\n`) },
  {
    name: "capitals and Client_port",
    ...setup(`SETUP ${FILE} RTSP/1.0\nCSEQ: 1\nTRANSPORT: RTP/UDP; Client_port= 25000`),
  },
  {
    name: "SESSION in capitals",
    ...play(`PLAY ${FILE} RTSP/1.0\nCSEQ: 2\nSESSION: 115166`),
  },
  {
    name: "TCP/UDP and spaces around =",
    ...setup(`SETUP ${FILE} RTSP/1.0\nCSeq: 1\nTransport: TCP/UDP ; client_port = 25000`),
  },
  {
    name: "printed form without spaces",
    ...setup(`SETUP ${FILE} RTSP/1.0\nCSeq:1\nTransport:RTP/UDP;client_port=25000`),
  },
  { name: "SEeq", ...play(`PLAY ${FILE} RTSP/1.0\nSEeq: 2\nSession: 115166`) },
  {
    name: "trailing space on line 1",
    ...setup(SETUP.replace("RTSP/1.0\n", "RTSP/1.0 \n")),
  },
  { name: "CSeq from 0", ...setup(SETUP.replace("CSeq: 1", "CSeq: 0"), { cseq: 0 }) },
  {
    name: "Session and client_port on line 3",
    ...setup(`SETUP ${FILE} RTSP/1.0\nCSeq: 1\nSession: 0; client_port= 25000`, { session: "0" }),
  },
  {
    name: "rtsp URL with LF",
    ...setup(
      SETUP.replace(FILE, `rtsp://127.0.0.1:8554/${FILE}`),
      {},
      `rtsp://127.0.0.1:8554/${FILE}`,
    ),
  },
  {
    name: "rtsp URL with CRLF and no end",
    ...setup(
      SETUP.replace(FILE, `rtsp://h/${FILE}`).replaceAll("\n", "\r\n"),
      {},
      `rtsp://h/${FILE}`,
    ),
  },
  {
    name: "PLAY with rtsp URL, CRLF and no end",
    ...play(
      `PLAY rtsp://h/${FILE} RTSP/1.0\r\nCSeq: 2\r\nSession: 115166\r\n`,
      {},
      `rtsp://h/${FILE}`,
    ),
  },
  {
    name: "a file name with spaces",
    ...setup(
      SETUP.replace(FILE, "my own movie.Mjpeg"),
      { file: "my own movie.Mjpeg" },
      "my own movie.Mjpeg",
    ),
  },
  {
    name: "old SETUP",
    ...setup(`SETUP ${FILE}\n1\n RTSP/1.0 RTP/UDP 25000`),
  },
  ...["PLAY", "PAUSE", "TEARDOWN"].map((method, i) => ({
    name: `old ${method}`,
    text: `${method} \n${i + 2}`,
    method,
    uri: "",
    ended: false,
    request: { method, file: "", cseq: i + 2, version: "RTSP/1.0" },
  })),
  {
    name: "old PLAY with a named Cseq",
    text: "PLAY \nCseq: 2",
    method: "PLAY",
    uri: "",
    ended: false,
    request: { method: "PLAY", file: "", cseq: 2, version: "RTSP/1.0" },
  },
];
