/**
 * A provider that does not fit its class, or another provider: it would never be called, or nobody knows which is meant.
 * `expected`: the message is for whoever starts the endpoint and says all there is to say.
 */
export class ProviderDefinitionError extends Error {
  override readonly name = 'ProviderDefinitionError';
  readonly expected = true;
}
