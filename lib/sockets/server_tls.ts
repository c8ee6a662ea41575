/** Certificate chain and private key, both PEM. */
export interface ServerTls {
  readonly cert: string;
  readonly key: string;
}
