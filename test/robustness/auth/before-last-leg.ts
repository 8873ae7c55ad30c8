import { type NtlmInitiatorOptions, startNtlm } from '../../../src/auth/ntlm/ntlm-initiator.js';
import type { Peer } from '../../../src/auth/schemes/authentication-scheme.js';
import { ALICE, connect, exchange, negotiateServer, send } from '../../auth/negotiation.js';

/** A server and a client on one connection that has everything but the last message sent. */
export async function beforeLastLeg(options: NtlmInitiatorOptions = {}, peer: Peer = connect()) {
  const scheme = await negotiateServer();
  const client = startNtlm(ALICE, options);
  const challenge = await exchange(scheme, peer, client.negotiate);
  const { token, security } = client.authenticate(challenge);
  const finish = (last: Buffer) => send(scheme, peer, last);
  return { scheme, peer, client, challenge, token, security, finish };
}
