import { HostRules } from "./host_rules.ts";
import { KeptMessages } from "./kept_messages.ts";
import { PageAssets } from "./page_assets.ts";
import { parseWindowRequest } from "./parse_window_request.ts";
import { reply, replyError } from "./replies.ts";
import { guardRequest } from "./request_guard.ts";
import { serializeWindowPicture, type WindowPicture } from "./window_picture.ts";
import type { WindowLine, WindowMessage, WindowRequest, WindowState } from "./window_messages.ts";
import { WindowViewer } from "./window_viewer.ts";

const ADDRESS = "127.0.0.1";

/** Most pages that look on at a time. */
const MOST_VIEWERS = 8;

/** Lines of the conversation that a page gets which comes later. */
const MOST_LINES = 300;

/** What a window is opened with. */
export interface ClientWindowOptions {
  /** 0: chosen by the system. */
  readonly port: number;
  readonly hello: Omit<Extract<WindowMessage, { kind: "hello" }>, "kind">;
  /** A page asks for something. */
  request(request: Exclude<WindowRequest, { kind: "drawn" }>): void;
}

/**
 * The client's window: a page on 127.0.0.1 that shows what the client tells, and hands back what its
 * buttons ask for. Nothing of it holds up the client.
 */
export class ClientWindow {
  readonly #options: ClientWindowOptions;
  readonly #assets: PageAssets;
  readonly #hosts = new HostRules(ADDRESS, []);
  /** From the handshake on: several may come before the first is open. */
  readonly #sockets = new Set<WebSocket>();
  /** Those that are open. */
  readonly #viewers = new Map<WebSocket, WindowViewer>();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #messages = new KeptMessages();
  #lines: WindowLine[] = [];
  #lastLine = 0;
  #state: WindowState = "init";
  #problem = "";
  #impairment = "";
  #description: string | undefined;
  #picture: Uint8Array | undefined;
  /** Whether the stream has come to its end, and has not gone on since. */
  #hasEnded = false;

  private constructor(options: ClientWindowOptions, assets: PageAssets) {
    this.#options = options;
    this.#assets = assets;
    const { port } = options;
    try {
      this.#server = Deno.serve(
        { hostname: ADDRESS, port, onListen() {} },
        (request) => this.#answer(request),
      );
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const why = error instanceof Deno.errors.AddrInUse ? "another program has it" : error.message;
      throw new Error(`Cannot open the window on ${ADDRESS} port ${port}: ${why}`, {
        cause: error,
      });
    }
  }

  /**
   * Listens at once.
   *
   * @throws {Error} One sentence: the port cannot be had.
   */
  static async open(options: ClientWindowOptions): Promise<ClientWindow> {
    return new ClientWindow(options, await PageAssets.load());
  }

  /** Where to point a browser on this machine. */
  get address(): string {
    return `http://${ADDRESS}:${this.#server.addr.port}/`;
  }

  /** Whether anybody looks on. */
  get isWatched(): boolean {
    return this.#viewers.size > 0;
  }

  /** A frame came in. */
  frame(frame: WindowPicture): void {
    const picture = serializeWindowPicture(frame);
    this.#picture = picture;
    for (const viewer of this.#viewers.values()) viewer.show(picture);
  }

  /** The state has changed. */
  state(state: WindowState): void {
    this.#state = state;
    if (state !== "ready") this.#hasEnded = false;
    this.tell({ kind: "state", state, hasEnded: this.#hasEnded });
  }

  /** The stream has come to its end. */
  ended(): void {
    this.#hasEnded = true;
    this.tell({ kind: "state", state: this.#state, hasEnded: true });
  }

  /** What was asked for cannot be done: a sentence; or empty: it goes on. */
  problem(sentence: string): void {
    if (sentence === this.#problem) return;
    this.#problem = sentence;
    this.tell({ kind: "problem", sentence });
  }

  /** What damages datagrams now; `sentence`: why it is not what was asked for. */
  impairment(text: string, sentence: string = ""): void {
    this.#impairment = text;
    this.tell({ kind: "impairment", text, sentence });
  }

  /** The server has described the movie. */
  description(text: string): void {
    this.#description = text;
    this.tell({ kind: "description", text });
  }

  /** Something is to be said about the conversation. */
  note(from: "note" | "warning", text: string): void {
    this.#add({ id: ++this.#lastLine, from, text });
  }

  /** A message went out or came in. @param bytes As a page may see them; kept. */
  message(from: "client" | "server", text: string, bytes: Uint8Array): void {
    const id = ++this.#lastLine;
    this.#messages.add(id, bytes);
    this.#add({ id, from, text, octets: bytes.length });
  }

  #add(line: WindowLine): void {
    this.#lines.push(line);
    if (this.#lines.length > MOST_LINES * 2) this.#lines = this.#lines.slice(-MOST_LINES);
    this.tell({ kind: "line", line });
  }

  /** Tells all pages. */
  tell(message: WindowMessage): void {
    for (const viewer of this.#viewers.values()) {
      if (viewer.takeHasMissed()) this.#welcome(viewer);
      viewer.tell(message);
    }
  }

  /** Ends everything; resolves when it has. */
  async close(): Promise<void> {
    for (const socket of this.#viewers.keys()) socket.close(1001, "The client has ended");
    this.#viewers.clear();
    await this.#server.shutdown();
  }

  #answer(request: Request): Response {
    const refusal = guardRequest(request, this.#hosts);
    if (refusal !== undefined) {
      const reason = refusal.status === 421 ? `This page is at ${this.address}` : refusal.reason;
      return replyError(refusal.status, reason);
    }
    const { pathname } = new URL(request.url);
    if (pathname === "/live") return this.#look(request);
    if (request.method !== "GET" && request.method !== "HEAD") {
      return replyError(405, `${pathname} takes GET, HEAD`, [["Allow", "GET, HEAD"]]);
    }
    const [, message] = /^\/messages\/(\d{1,9})$/.exec(pathname) ?? [];
    if (message !== undefined) return this.#message(Number(message));
    const name = pathname === "/" ? "player.html" : /^\/assets\/([^/]+)$/.exec(pathname)?.[1];
    const asset = name === undefined ? undefined : this.#assets.get(name);
    if (asset === undefined) return replyError(404, `There is no ${pathname}`);
    return reply(asset.bytes, { type: asset.type });
  }

  #message(id: number): Response {
    const bytes = this.#messages.get(id);
    if (bytes !== undefined) return reply(bytes, { type: "application/octet-stream" });
    const wasThere = id >= 1 && id <= this.#lastLine;
    return wasThere
      ? replyError(410, `The bytes of entry ${id} are not kept`)
      : replyError(404, `There is no entry ${id}`);
  }

  #look(request: Request): Response {
    if (request.headers.get("upgrade")?.toLowerCase() !== "websocket") {
      return replyError(426, "/live is a WebSocket", [["Upgrade", "websocket"]]);
    }
    if (request.headers.get("origin") === null) {
      return replyError(403, "Only this server's own page may use /live");
    }
    if (this.#sockets.size >= MOST_VIEWERS) return replyError(503, "Too many pages look on");
    const { socket, response } = Deno.upgradeWebSocket(request);
    const viewer = new WindowViewer({
      send: (data) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(data as string);
      },
      get bufferedAmount() {
        return socket.bufferedAmount;
      },
    });
    this.#sockets.add(socket);
    const leave = () => {
      this.#sockets.delete(socket);
      this.#viewers.delete(socket);
    };
    socket.onopen = () => {
      this.#viewers.set(socket, viewer);
      this.#welcome(viewer);
    };
    socket.onclose = leave;
    socket.onerror = leave;
    socket.onmessage = ({ data }) => this.#take(viewer, data);
    return response;
  }

  /** What has been told up to now. */
  #welcome(viewer: WindowViewer): void {
    viewer.tell({ kind: "hello", ...this.#options.hello });
    viewer.tell({ kind: "state", state: this.#state, hasEnded: this.#hasEnded });
    viewer.tell({ kind: "problem", sentence: this.#problem });
    viewer.tell({ kind: "impairment", text: this.#impairment, sentence: "" });
    if (this.#description !== undefined) {
      viewer.tell({ kind: "description", text: this.#description });
    }
    for (const line of this.#lines.slice(-MOST_LINES)) viewer.tell({ kind: "line", line });
    if (this.#picture !== undefined) viewer.show(this.#picture);
  }

  #take(viewer: WindowViewer, data: unknown): void {
    const request = typeof data === "string" ? parseWindowRequest(data) : undefined;
    if (request === undefined) return;
    if (request.kind === "drawn") viewer.drawn();
    else this.#options.request(request);
  }
}
