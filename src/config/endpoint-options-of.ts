import type { EndpointOptions } from '../endpoint/options/endpoint-options.js';
import { OptionError } from '../options/option-error.js';
import { authenticationOf, clientCertificatesOf } from './authentication-of.js';
import { calledBy, type EffectiveSettings } from './effective-settings.js';
import { splitSettings } from './kinds/quota-settings.js';
import { stateOptionsOf } from './state-options-of.js';

/**
 * The options of `startEndpoint` that settings stand for; but not accounts, providers and folders, which are opened first.
 *
 * @throws OptionError for settings that do not go together
 */
export function endpointOptionsOf(settings: EffectiveSettings): EndpointOptions {
  const { values } = settings;
  const { cert, key, schema, seed, rules, traceSoap, control, requests, secret, metrics } = values;
  const clientCertificates = clientCertificatesOf(settings);
  if ((cert === undefined) !== (key === undefined)) {
    const [one, other] = cert === undefined ? (['key', 'cert'] as const) : (['cert', 'key'] as const);
    throw new OptionError(pairText(settings, one, other));
  }
  return {
    host: values.host,
    port: values.port,
    httpsPort: values.httpsPort,
    ...hostOptions(values),
    rebootSeconds: values.rebootSeconds,
    maxEnvelopeSizeKb: values.maxEnvelopeSizeKb,
    ...splitSettings(values.setting),
    ...(cert !== undefined && key !== undefined && { certificate: { certPath: cert, keyPath: key } }),
    ...(clientCertificates && { clientCertificates }),
    authentication: authenticationOf(settings),
    ...labOptions(values),
    ...(schema && { schemaDir: schema }),
    namespace: values.namespace,
    mofDialect: values.dialect,
    profile: values.profile,
    logLevel: values.logLevel,
    logFormat: values.logFormat,
    tellReasons: values.tellReasons,
    ...(seed !== undefined && { seed }),
    ...(rules !== undefined && { rules }),
    ...(traceSoap !== undefined && { traceSoap }),
    ...(values.lockOut === 'off' && { lockOut: 'off' }),
    allowUnencrypted: values.allowUnencrypted,
    control: control === 'off' ? 'off' : { port: control, host: values.controlHost },
    // Without the control API nobody could look at them.
    requests: control === 'off' || requests === 'off' ? 'off' : { keep: requests },
    ...(secret && { secrets: secret }),
    metrics,
    ...stateOptionsOf(settings),
  };
}

function labOptions({ lab, labScale }: EffectiveSettings['values']): Pick<EndpointOptions, 'lab' | 'labScale'> {
  return { ...(lab && { lab }), ...(labScale && { labScale }) };
}

function hostOptions({ hosts }: EffectiveSettings['values']): Pick<EndpointOptions, 'hosts'> {
  return hosts === undefined ? {} : { hosts };
}

function pairText(settings: EffectiveSettings, one: 'cert' | 'key', other: 'cert' | 'key'): string {
  if (settings.originOf(one).from === 'file') return `${calledBy(settings, one)} goes with ${other}`;
  return '--cert and --key go together';
}
