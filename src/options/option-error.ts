/**
 * An option that there is not, or that has a value it cannot have. `expected`: the message is for whoever gave it, in one line,
 * and says all there is to say.
 */
export class OptionError extends TypeError {
  override readonly name = 'OptionError';
  readonly expected = true;
}
