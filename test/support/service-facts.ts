import type { EndpointFacts } from '../../src/wsman/config/endpoint-facts.js';

/** What a service without listeners says of its endpoint. */
export const serviceFacts: EndpointFacts = {
  machine: 'test',
  listeners: () => [],
  allowUnencrypted: false,
  authentication: { basic: true, kerberos: false, negotiate: true, certificate: false, channelBinding: 'relaxed' },
  maxConnections: 1,
  requestTimeoutMs: 1000,
  maxRequestsInFlight: 10,
};
