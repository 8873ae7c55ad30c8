/** A file that is no CLIXML of CIM instances, or does not say enough. `expected`: the message is for whoever has the file. */
export class ClixmlError extends Error {
  override readonly name = 'ClixmlError';
  readonly expected = true;
}
