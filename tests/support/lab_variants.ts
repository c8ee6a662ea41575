import { bytesOf } from "./text.ts";

/** One kind of lab client, by the exact bytes of its requests. */
export interface LabVariant {
  /** Completes the sentence "a client that …". */
  readonly name: string;
  /** The CSeq of its first request; each further request's is one more. */
  readonly firstCseq: number;
  /** Whether every SETUP, not the first alone, starts again at `firstCseq`. */
  readonly resetsCseq: boolean;
  /** @param port The client's RTP port. */
  setup(file: string, port: number, cseq?: number): Uint8Array;
  /** @param session As the reply to SETUP had it; the old form does not send it. */
  play(file: string, cseq: number, session: string): Uint8Array;
  pause(file: string, cseq: number, session: string): Uint8Array;
  teardown(file: string, cseq: number, session: string): Uint8Array;
  /** Absent where no such client has one: the old form. */
  describe?(file: string, cseq: number, session: string): Uint8Array;
}

/** How a variant differs from the stock client; `FILE`, `PORT`, `CSEQ` and `SESSION` are filled in. */
interface Difference {
  readonly firstCseq?: number;
  readonly resetsCseq?: boolean;
  /** What stands behind the method on line 1. */
  readonly line1?: string;
  readonly line2?: string;
  /** Line 3 of SETUP. */
  readonly transport?: string;
  /** Line 3 of every other request. */
  readonly session?: string;
  readonly lineEnd?: string;
  /** What follows the third line. */
  readonly end?: string;
}

const STOCK: Required<Difference> = {
  firstCseq: 1,
  resetsCseq: false,
  line1: " FILE RTSP/1.0",
  line2: "CSeq: CSEQ",
  transport: "Transport: RTP/UDP; client_port= PORT",
  session: "Session: SESSION",
  lineEnd: "\n",
  end: "",
};

/** The exercise's own client. */
export const STOCK_VARIANT: LabVariant = variant("is the stock one", {});

/**
 * Every request variant of the lab's programs, the stock client first. A server serves all of them;
 * what follows the last byte is silence, not a terminator.
 */
export const LAB_VARIANTS: readonly LabVariant[] = [
  STOCK_VARIANT,
  variant("ends its requests with LF", { end: "\n" }),
  variant("ends its requests with LF LF", { end: "\n\n" }),
  variant("parts lines by CRLF and ends with none", { lineEnd: "\r\n" }),
  variant("ends each line with CRLF, without a blank line", { lineEnd: "\r\n", end: "\r\n" }),
  variant("ends each line with CRLF, with a blank line", { lineEnd: "\r\n", end: "\r\n\r\n" }),
  variant("writes header names in capitals", {
    transport: "TRANSPORT: RTP/UDP; Client_port= PORT",
    session: "SESSION: SESSION",
  }),
  variant("asks for TCP/UDP with spaces around each sign", {
    transport: "Transport: TCP/UDP ; client_port = PORT",
  }),
  variant("misspells CSeq as SEeq", { line2: "SEeq: CSEQ" }),
  variant("has a space behind line 1", { line1: " FILE RTSP/1.0 " }),
  variant("counts CSeq from 0", { firstCseq: 0 }),
  variant("counts CSeq from 1 at each SETUP", { resetsCseq: true }),
  variant("hides client_port behind Session", { transport: "Session: 0; client_port= PORT" }),
  variant("names a URL, not a file", { line1: " rtsp://127.0.0.1:8554/FILE RTSP/1.0" }),
  oldForm("has the old form", "CSEQ", "CSEQ"),
  oldForm("has the old form with Cseq after SETUP", "CSEQ", "Cseq: CSEQ"),
  oldForm("has the old form with Cseq throughout", "Cseq: CSEQ", "Cseq: CSEQ"),
];

function variant(name: string, difference: Difference): LabVariant {
  const { firstCseq, resetsCseq, line1, line2, transport, session, lineEnd, end } = {
    ...STOCK,
    ...difference,
  };
  const text = (method: string, line3: string) =>
    [method + line1, line2, line3].join(lineEnd) + end;
  const withSession = (method: string) => (file: string, cseq: number, id: string): Uint8Array =>
    fill(text(method, session), { FILE: file, CSEQ: cseq, SESSION: id });
  return {
    name,
    firstCseq,
    resetsCseq,
    setup: (file, port, cseq = firstCseq) =>
      fill(text("SETUP", transport), { FILE: file, CSEQ: cseq, PORT: port }),
    play: withSession("PLAY"),
    pause: withSession("PAUSE"),
    teardown: withSession("TEARDOWN"),
    describe: withSession("DESCRIBE"),
  };
}

/** The exercise's first edition: after SETUP neither file nor session. */
function oldForm(name: string, setupLine2: string, line2: string): LabVariant {
  const bare = (method: string) => (_file: string, cseq: number): Uint8Array =>
    fill(`${method} \n${line2}`, { CSEQ: cseq });
  return {
    name,
    firstCseq: 1,
    resetsCseq: false,
    setup: (file, port, cseq = 1) =>
      fill(`SETUP FILE\n${setupLine2}\n RTSP/1.0 RTP/UDP PORT`, {
        FILE: file,
        CSEQ: cseq,
        PORT: port,
      }),
    play: bare("PLAY"),
    pause: bare("PAUSE"),
    teardown: bare("TEARDOWN"),
  };
}

function fill(template: string, values: Readonly<Record<string, string | number>>): Uint8Array {
  return bytesOf(
    template.replace(/\b(FILE|PORT|CSEQ|SESSION)\b(?!:)/g, (name) => String(values[name])),
  );
}
