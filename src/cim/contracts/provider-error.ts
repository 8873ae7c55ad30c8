/** A provider did what no provider may do. The message is for the log: it may hold what the provider's own error says. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  /** `failure`: it threw something that is no CimError. `invalid response`: its answer does not fit what its class declares. */
  readonly kind: 'failure' | 'invalid response';

  constructor(kind: ProviderError['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
