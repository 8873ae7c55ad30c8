import { schemeNotOffered } from './signed-in-connection.js';
import type { Transport } from './transport.js';
import { WsmanTransportError } from './wsman-transport-error.js';

/**
 * Signs in with Negotiate, and with Basic where the server does not offer that; from then on at once. What was refused is not
 * tried again: a password that Negotiate did not get accepted is not shown to a server that asks for it in clear.
 *
 * @param withBasic undefined where passwords may not go as they are
 */
export function preferNegotiate(
  negotiate: Transport,
  withBasic: (() => Transport) | undefined,
): Pick<Transport, 'post'> {
  let basic: Transport | undefined;
  return {
    async post(body, options) {
      if (basic !== undefined) return basic.post(body, options);
      try {
        return await negotiate.post(body, options);
      } catch (error) {
        const { challenges } = schemeNotOffered(error) ?? {};
        const takesBasic =
          challenges?.length === 0 || challenges?.some(({ scheme }) => scheme.toLowerCase() === 'basic');
        if (!takesBasic) throw error;
        if (withBasic === undefined) throw inClear(error);
        basic ??= withBasic();
        return basic.post(body, options);
      }
    },
  };
}

function inClear(error: unknown): unknown {
  if (!(error instanceof WsmanTransportError)) return error;
  const why = 'and Basic would send the password unencrypted: use https, or allow unencrypted credentials explicitly';
  return new WsmanTransportError('scheme', `${error.message}; ${why}`, { cause: error });
}
