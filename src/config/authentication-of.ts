import { CertificateMappingError, parseCertificateMapping } from '../auth/certificates/certificate-map.js';
import type { AuthenticationOptions } from '../endpoint/options/authentication-options.js';
import type { ClientCertificateOptions } from '../endpoint/options/client-certificate-options.js';
import { OptionError } from '../options/option-error.js';
import { calledBy, type EffectiveSettings } from './effective-settings.js';
import { flagOf } from './setting.js';
import type { SettingName } from './setting-groups.js';

/**
 * Whose certificates sign in.
 *
 * @throws OptionError
 */
export function clientCertificatesOf(settings: EffectiveSettings): ClientCertificateOptions | undefined {
  const { clientCa, clientCrl, clientCertMap = [], httpsPort } = settings.values;
  if (clientCa === undefined) {
    if (clientCrl !== undefined) throw misfit(settings, 'clientCrl', 'goes with', 'clientCa');
    if (clientCertMap.length > 0) throw misfit(settings, 'clientCertMap', 'goes with', 'clientCa');
    return undefined;
  }
  if (httpsPort === 'off') throw new OptionError(`${calledBy(settings, 'clientCa')} needs HTTPS, which is off`);
  const mappings = clientCertMap.map((text) => mappingOf(settings, text));
  return { caPath: clientCa, mappings, ...(clientCrl !== undefined && { crlPath: clientCrl }) };
}

function mappingOf(settings: EffectiveSettings, text: string): ReturnType<typeof parseCertificateMapping> {
  try {
    return parseCertificateMapping(text);
  } catch (error) {
    if (!(error instanceof CertificateMappingError) || settings.originOf('clientCertMap').from === 'flag') throw error;
    throw new OptionError(`${calledBy(settings, 'clientCertMap')}: ${error.message}`, { cause: error });
  }
}

/**
 * Kerberos is on when `auth` lists it, and then it must be possible; without `auth`, when there is a keytab.
 *
 * @throws OptionError
 */
export function authenticationOf(settings: EffectiveSettings): AuthenticationOptions {
  const { auth, keytab, servicePrincipal, cbt, domain, domainPolicy, spn, spnHost } = settings.values;
  const required = auth.includes('kerberos');
  if (required && keytab === undefined)
    throw new OptionError(`${calledBy(settings, 'auth')} kerberos needs ${flagOf('keytab')}`);
  if (servicePrincipal !== undefined && keytab === undefined)
    throw misfit(settings, 'servicePrincipal', 'needs', 'keytab');
  const enabled = keytab !== undefined && (required || settings.originOf('auth').from === 'default');
  if (keytab !== undefined && !enabled)
    throw new OptionError(
      `${calledBy(settings, 'keytab')} is for Kerberos, which ${calledBy(settings, 'auth')} leaves out`,
    );
  return {
    negotiate: auth.includes('negotiate'),
    basic: auth.includes('basic'),
    channelBinding: cbt,
    ...(enabled && { kerberos: { keytab, servicePrincipal, required } }),
    ...(domain !== undefined && { domain }),
    domainPolicy,
    targetName: spn,
    ...(spnHost && { hostNames: spnHost }),
  };
}

/** The second is not there, and so is called as its flag, unless all is said in a file. */
function misfit(settings: EffectiveSettings, one: SettingName, needs: string, other: SettingName): OptionError {
  const missing = settings.originOf(one).from === 'file' ? other : flagOf(other);
  return new OptionError(`${calledBy(settings, one)} ${needs} ${missing}`);
}
