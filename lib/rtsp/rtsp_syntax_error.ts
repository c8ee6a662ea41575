import { WireError } from "../bytes/wire_error.ts";

/** A message that cannot be read; `status` is what a server answers when it was a request. */
export class RtspSyntaxError extends WireError {
  /** 400, or 413 where a limit was passed. */
  readonly status: 400 | 413;

  constructor(message: string, status: 400 | 413 = 400) {
    super(message);
    this.status = status;
  }
}
