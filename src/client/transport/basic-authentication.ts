import type { Transport } from './transport.js';

/** Adds Basic credentials (RFC 7617, UTF-8) to each post at once, without waiting to be asked. */
export function withBasicAuthentication(transport: Transport, user: string, password: string): Transport {
  if (user.includes(':')) throw new TypeError('a user name for Basic authentication cannot hold a colon');
  const authorization = `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
  return {
    async post(body, options) {
      const answer = await transport.post(body, { ...options, headers: { ...options.headers, authorization } });
      return { ...answer, scheme: 'Basic' };
    },
    close: () => transport.close(),
  };
}
