/** Why an included text cannot be had; the message becomes that of an error at the pragma. */
export class IncludeError extends Error {
  override readonly name = 'IncludeError';
}
