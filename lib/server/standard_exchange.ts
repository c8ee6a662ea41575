import type { Now } from "../bytes/now.ts";
import type { RtspRequest } from "../rtsp/message.ts";
import type { ChannelTable } from "./channel_table.ts";
import type { ConversationHost } from "./conversation.ts";
import type { MovieUrl } from "./movie_url.ts";
import type { StandardReply } from "./standard_reply.ts";
import type { StandardSession } from "./standard_session.ts";

/** One request on its way to its answer. */
export interface Exchange {
  readonly request: RtspRequest;
  /** As it came, fit to be echoed. */
  readonly cseq: string;
  readonly now: Now;
  /** `undefined` for `*`. */
  readonly url: MovieUrl | undefined;
  /** Who is logged in. */
  readonly user: string | undefined;
  readonly session: StandardSession | undefined;
}

/** What the handlers of single methods work with. */
export interface StandardContext {
  readonly host: ConversationHost;
  /** The sessions whose media goes through this connection, by channel. */
  readonly channels: ChannelTable;
  /** Answers the exchange, at the latest when a movie was looked up. */
  answer(exchange: Exchange, reply: StandardReply, detail?: string): void;
}
