/** What of an error is told besides its message. */
export interface ControlErrorPlace {
  /** Where in the body or query: `properties.Size`. */
  readonly place?: string | undefined;
  /** The name that was probably meant. */
  readonly nearest?: string | undefined;
}

/** What a client of the control API did wrong, or cannot have; the message is one line for whoever wrote the client. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly expected = true;
  /** Of HTTP. */
  readonly status: number;
  readonly place: string | undefined;
  readonly nearest: string | undefined;

  constructor(status: number, message: string, { place, nearest }: ControlErrorPlace = {}) {
    super(message);
    this.status = status;
    this.place = place;
    this.nearest = nearest;
  }
}
