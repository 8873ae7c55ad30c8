import type { InstanceReader, InstanceStore } from '../contracts/instance-store.js';
import type { ProviderHost } from '../contracts/provider-host.js';
import { passingReader } from '../passing-reader.js';

/**
 * The store as providers have it: what they read is the store's own, and a transaction the host's, which refuses what comes too late. It is
 * not among what the contract gives them, but providers without types find it.
 */
export function storeForProviders(
  store: InstanceStore,
  transaction: ProviderHost['transaction'],
): InstanceReader & Pick<ProviderHost, 'transaction'> {
  return { ...passingReader(store), transaction };
}
