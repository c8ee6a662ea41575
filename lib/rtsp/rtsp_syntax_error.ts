import { WireError } from "../bytes/wire_error.ts";

/** A message that cannot be read; `status` is what a server answers when it was a request. */
export class RtspSyntaxError extends WireError {
  /** 400, or 413 where a limit was passed. */
  readonly status: 400 | 413;
  /** Whether it is no RTSP because it looks like TLS. */
  readonly isTls: boolean;

  constructor(message: string, status: 400 | 413 = 400, isTls: boolean = false) {
    super(message);
    this.status = status;
    this.isTls = isTls;
  }
}
