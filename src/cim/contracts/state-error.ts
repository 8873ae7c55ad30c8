/**
 * A state that cannot be opened, or is not what it is said to be. The message is one line for the operator, with what mends it;
 * `expected`: it says all there is to say. It never holds a password.
 */
export class StateError extends Error {
  override readonly name = 'StateError';
  readonly expected = true;
}
