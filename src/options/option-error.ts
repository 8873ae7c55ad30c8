/**
 * An option that there is not, or that has a value it cannot have. `expected`: the message is for whoever gave it, in one line,
 * and says all there is to say.
 */
export class OptionError extends TypeError {
  override readonly name = 'OptionError';
  readonly expected = true;
  /** Which option it is, where whoever reads settings of other names has to know: `control.host`. */
  readonly option: string | undefined;

  constructor(message: string, { option, ...options }: ErrorOptions & { readonly option?: string } = {}) {
    super(message, options);
    this.option = option;
  }
}
