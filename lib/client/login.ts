/** A user's name and password; neither is ever shown or logged. */
export interface Login {
  readonly user: string;
  readonly password: string;
}
