import { isIP } from 'node:net';
import type { ServerAnswers } from './ask-server.js';
import { type Check, check } from './check.js';
import { type DoctorTarget, hostOf } from './doctor-target.js';

const NAME = 'windows defaults';

/** Would a Windows client without any settings of its own get in? */
export function checkWindows({ schemes, ntlm }: ServerAnswers, target: DoctorTarget, tlsIsFine: boolean): Check {
  const offers = (name: string) => schemes.some((scheme) => scheme.toLowerCase() === name);
  const negotiate = offers('negotiate') || offers('kerberos');
  return target.url.protocol === 'https:'
    ? overHttps(target, { negotiate, basic: offers('basic'), tlsIsFine })
    : overHttp(target, { negotiate, basic: offers('basic'), ntlm });
}

function overHttp(
  target: DoctorTarget,
  { negotiate, basic, ntlm }: { negotiate: boolean; basic: boolean; ntlm: ServerAnswers['ntlm'] },
): Check {
  if (!negotiate) {
    if (!basic) return check(NAME, 'fail', 'the server offers nothing that Windows has', enableNegotiate);
    const remedy =
      'on the client: Set-Item WSMan:\\localhost\\Client\\AllowUnencrypted $true; Set-Item WSMan:\\localhost\\Client\\Auth\\Basic $true, ' +
      'then -Authentication Basic; https needs neither';
    return check(
      NAME,
      'fail',
      'over plain HTTP a Windows client takes sealed messages only, which Basic does not have',
      remedy,
    );
  }
  if (ntlm === 'does not seal')
    return check(
      NAME,
      'fail',
      'the server does not agree to sealed messages, which a Windows client insists on over plain HTTP',
      enableNegotiate,
    );
  const host = hostOf(target);
  if (host === 'localhost') return check(NAME, 'ok', 'Negotiate with sealed messages');
  const remedy = `on the client, as administrator: Set-Item WSMan:\\localhost\\Client\\TrustedHosts -Value '${host}' -Concatenate -Force`;
  if (isIP(host))
    return check(
      NAME,
      'warn',
      'Negotiate with sealed messages; an address has to be in the TrustedHosts of the client',
      remedy,
    );
  const sealing = ntlm === 'seals' ? 'Negotiate with sealed messages' : 'Negotiate, though not with NTLM';
  return check(
    NAME,
    'warn',
    `${sealing}; a server outside the domain of the client has to be in its TrustedHosts`,
    remedy,
  );
}

function overHttps(
  target: DoctorTarget,
  { negotiate, basic, tlsIsFine }: { negotiate: boolean; basic: boolean; tlsIsFine: boolean },
): Check {
  if (!negotiate && !basic) return check(NAME, 'fail', 'the server offers nothing that Windows has', enableNegotiate);
  const port = target.url.port || '443';
  const options = tlsIsFine ? '-UseSsl' : '-UseSsl -SkipCACheck -SkipCNCheck';
  const scheme = negotiate ? '' : ' -Authentication Basic';
  const session =
    `New-CimSession -ComputerName '${hostOf(target)}' -Port ${port}${scheme} -Credential (Get-Credential)` +
    ` -SessionOption (New-CimSessionOption ${options})`;
  if (!tlsIsFine) return check(NAME, 'warn', 'the certificate has to be trusted first, or not looked at', session);
  return negotiate
    ? check(NAME, 'ok', `over HTTPS: ${session}`)
    : check(NAME, 'warn', 'the server offers Basic, which has to be asked for', session);
}

const enableNegotiate = 'on the server: Set-Item WSMan:\\localhost\\Service\\Auth\\Negotiate $true';
