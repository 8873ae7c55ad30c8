/** A lab that does not exist, or MOF that does not compile. `expected`: the message is for the operator and says all there is to say. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly expected = true;
  /** Of a mistake in MOF: `lab.mof:3:7`. */
  readonly place: string | undefined;

  constructor(message: string, { place, ...options }: ErrorOptions & { readonly place?: string | undefined } = {}) {
    super(message, options);
    this.place = place;
  }
}
