import { MalformedTokenError } from '../../auth/malformed-token-error.js';
import type { MessageSecurity } from '../../auth/message-encryption/message-security.js';
import { startNtlm } from '../../auth/ntlm/ntlm-initiator.js';
import { startSpnegoNtlm } from '../../auth/spnego/spnego-initiator.js';
import { accountParts } from './account-parts.js';
import type { StartAuthentication } from './client-authentication.js';

/**
 * `Negotiate` with NTLMv2 in SPNEGO. Sealing is asked for on HTTPS too, where no message is sealed: the key that comes
 * with it signs the list of mechanisms, and so the server has to prove that it knows the account.
 */
export function negotiateAuthentication(name: string, password: string): StartAuthentication {
  const credentials = { ...accountParts(name), password };
  return ({ host, serverEndPoint }) => {
    const spnego = startSpnegoNtlm(startNtlm(credentials, { targetName: `HTTP/${host}`, serverEndPoint }));
    let answered: { readonly security?: MessageSecurity } | undefined;
    return {
      scheme: 'Negotiate',
      start: () => spnego.init,
      step(token) {
        // What comes back after the proof is a refusal, whatever its token says.
        if (answered !== undefined) return undefined;
        const { token: answer, ...agreed } = spnego.authenticate(token);
        answered = agreed;
        return answer;
      },
      finish(token) {
        if (answered === undefined) throw new MalformedTokenError('the server accepts without a challenge');
        if (token === undefined) throw new MalformedTokenError('the mechListMIC of the server is missing');
        spnego.finish(token);
        return answered.security;
      },
    };
  };
}
