/** Kerberos cannot be served, or not be used, here. The message is one line for the operator. */
export class KerberosUnavailableError extends Error {
  override readonly name = 'KerberosUnavailableError';
  readonly expected = true;
}
