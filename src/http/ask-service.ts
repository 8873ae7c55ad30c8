import type { CallRecord } from '../cim/contracts/call.js';
import type { WsmanResponse } from '../wsman/wsman-service.js';
import type { Exchange } from './exchange.js';
import type { ExchangeContext } from './exchange-context.js';
import type { OpenedMessage } from './sealed-message.js';

/** Hands a message on, with all that is known of where it comes from. */
export type AskService = (exchange: Exchange, message: OpenedMessage, call: CallRecord) => Promise<WsmanResponse>;

/** @param port of ours, which is known when the first message comes */
export function createAskService({ service, authenticator }: ExchangeContext, port: () => number): AskService {
  const [remote = [], local = [], secure = []] = [
    { tls: false, loopback: false },
    { tls: false, loopback: true },
    { tls: true, loopback: false },
  ].map((place) => authenticator.securityProfiles(place));

  return ({ caller, security, connection }, { body, contentType: { charset } }, call) => {
    const { tls, loopback, address, client } = connection;
    const securityProfiles = tls ? secure : loopback ? local : remote;
    const permissions = caller?.account?.permissions;
    const source = { address, loopback, tls, port: port(), sealed: security !== undefined };
    return service.handle({ body, charset, permissions, securityProfiles, source, client }, call);
  };
}
