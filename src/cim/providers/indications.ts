import type { IndicationListener } from '../contracts/provider-host.js';

/** Hands the indications of providers on to whoever wants to hear of them. */
export interface Indications {
  readonly tell: IndicationListener;
  /** @returns what ends it */
  listen(listener: IndicationListener): () => void;
}

/** @param onFailure told of what a listener threw: it keeps neither the others from hearing nor the provider from going on */
export function createIndications(onFailure: (error: unknown) => void): Indications {
  const listeners = new Set<{ readonly listener: IndicationListener }>();
  return {
    tell(indication, namespace) {
      for (const { listener } of [...listeners]) {
        try {
          listener(indication, namespace);
        } catch (error) {
          onFailure(error);
        }
      }
    },
    listen(listener) {
      // The same function may listen twice.
      const entry = { listener };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
  };
}
