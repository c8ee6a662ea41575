import type { WebHandler } from "./web_handler.ts";

/** Where the pages are served. */
export interface WebHostOptions {
  /** The local address to listen on. */
  readonly hostname: string;
  /** 0: chosen by the system. */
  readonly port: number;
  /** Serves https with these, certificate chain and private key as PEM, instead of http. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly handler: WebHandler;
  /** Takes one sentence about a request that could not be answered because of a bug. */
  failed(error: unknown): void;
}

/** Joins a `WebHandler` with Deno's HTTP server and a timer. Decides nothing. */
export class WebHost {
  readonly #handler: WebHandler;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #timer: ReturnType<typeof setInterval>;

  /**
   * Listens at once.
   *
   * @throws {Error} One sentence: the address or port cannot be had.
   */
  constructor(options: WebHostOptions) {
    this.#handler = options.handler;
    this.#server = listen(options);
    this.#timer = setInterval(() => this.#handler.second(), 1000);
  }

  /** The port that it listens on. */
  get port(): number {
    return this.#server.addr.port;
  }

  /** Ends everything; resolves when it has. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#handler.close();
    await this.#server.shutdown();
  }
}

function listen(
  { hostname, port, tls, handler, failed }: WebHostOptions,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({
      hostname,
      port,
      ...tls,
      onListen() {},
      onError(error) {
        failed(error);
        return new Response("Internal server error\n", { status: 500 });
      },
    }, (request, { remoteAddr }) => handler.handle(request, remoteAddr.hostname));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new Error(`Cannot serve the page on ${hostname} port ${port}: ${error.message}`, {
      cause: error,
    });
  }
}
