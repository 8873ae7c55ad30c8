/**
 * Matchers for vitest and jest: `expect.extend(matchers)`, then `expect(endpoint).toHaveInvoked('Method', { Parameter: 1 })`.
 */

export type { MatcherValues, Receiver } from './count-exchanges.js';
export { type EndpointMatchers, matchers, type ReceivedOptions } from './matchers.js';
