import { describe, expect, it } from 'vitest';
import { preferNegotiate } from '../../../src/client/transport/prefer-negotiate.js';
import { SchemeNotOfferedError } from '../../../src/client/transport/signed-in-connection.js';
import type { Transport, TransportResponse } from '../../../src/client/transport/transport.js';
import { WsmanTransportError } from '../../../src/client/transport/wsman-transport-error.js';

const message = { headers: {}, timeoutMs: 1000 };

function transport(post: () => Promise<TransportResponse>): Transport {
  return { post, close: async () => {} };
}

function answered(challenges: string): TransportResponse {
  return { status: 401, headers: new Map([['www-authenticate', challenges]]), body: new Uint8Array() };
}

function without(challenges: string): Transport {
  return transport(() => Promise.reject(new SchemeNotOfferedError('Negotiate', answered(challenges))));
}

describe('a client that may use any scheme', () => {
  it('sends no password in clear to another host, and says how it could', async () => {
    const { post } = preferNegotiate(without('Basic realm="x"'), undefined);
    await expect(post(new Uint8Array(), message)).rejects.toMatchObject({
      failure: 'scheme',
      message: expect.stringMatching(/but Basic; .*unencrypted: use https/),
    });
  });

  it('does not use Basic where it is not offered', async () => {
    const { post } = preferNegotiate(without('Kerberos'), () => transport(async () => answered('')));
    await expect(post(new Uint8Array(), message)).rejects.toThrow('does not offer Negotiate, but Kerberos');
  });

  it('does not use Basic because something else went wrong', async () => {
    const failing = transport(() => Promise.reject(new WsmanTransportError('security', 'not believed')));
    const { post } = preferNegotiate(failing, () => transport(async () => answered('')));
    await expect(post(new Uint8Array(), message)).rejects.toThrow('not believed');
  });
});
