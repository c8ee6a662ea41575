import { traceText } from "../client/trace_text.ts";
import type { ClientOptions } from "../command_line/client_options.ts";
import type { PlayEvent } from "../sockets/client_host.ts";
import type { ClientConsole } from "./client_console.ts";

/** Tells a play's user what happens in it, as much of it as they want to know. */
export function tellPlayEvent(
  event: PlayEvent,
  { quiet, trace }: Pick<ClientOptions, "quiet" | "trace">,
  console: ClientConsole,
): void {
  switch (event.kind) {
    case "frame":
    case "impossible":
      return;
    case "state":
      if (!quiet) console.tell(`State: ${event.state.toUpperCase()}`);
      return;
    case "reply":
      if (event.asked && event.body.length > 0) {
        console.print(`${new TextDecoder().decode(event.body).trimEnd()}\n`);
      }
      return;
    case "endOfStream":
      if (!quiet) console.tell("End of stream");
      return;
    case "failure":
      return console.complain(event.sentence);
    case "message":
      if (trace) console.tell(traceText(event.from, event.bytes).trimEnd());
      return;
    case "log":
      if (event.level === "warning") return console.complain(event.message);
      if (!quiet) console.tell(event.message);
      return;
    default:
      event satisfies never;
  }
}
