import type { SettingValues } from '../service-settings.js';
import { type ConfigNode, type ConfigSection, type SettingRule, section, value } from './config-node.js';
import type { AuthenticationFacts, EndpointFacts } from './endpoint-facts.js';

/** The largest xs:unsignedInt: Windows writes it where it sets no limit. */
const NO_LIMIT = 0xffff_ffff;

/** Windows writes it where a shell has no limit. */
const NO_SHELL_LIMIT = 0x7fff_ffff;

/** Larger documents are not read at all, whatever the setting. */
const MAX_ENVELOPE_KB = 8192;

/** Everybody who is authenticated may do everything; of whom roles allow less, this list knows nothing. */
const ROOT_SDDL = 'O:NSG:BAD:P(A;;GA;;;AU)';

/**
 * The configuration as one tree, in the order of MS-WSMV 2.2.4.10 and 4.2.1, with what newer versions of Windows add.
 * What this endpoint has it states as it is; of the client and of shells, which it does not have, Windows' defaults.
 */
export function buildConfig(settings: SettingValues, facts: EndpointFacts): ConfigSection {
  const { maxEnvelopeSizeKb, maxTimeoutMs, maxBatchItems } = settings;
  return section('Config', [
    value('MaxEnvelopeSizekb', maxEnvelopeSizeKb, rule('maxEnvelopeSizeKb', 32, MAX_ENVELOPE_KB)),
    value('MaxTimeoutms', maxTimeoutMs, rule('maxTimeoutMs', 500)),
    value('MaxBatchItems', maxBatchItems, rule('maxBatchItems', 1)),
    value('MaxProviderRequests', NO_LIMIT),
    section('Client', clientNodes()),
    section('Service', serviceNodes(settings, facts)),
    section('Winrs', shellNodes()),
  ]);
}

function rule(setting: keyof SettingValues, minimum: number, maximum = NO_LIMIT): SettingRule {
  return { setting, minimum, maximum };
}

/** MS-WSMV 2.2.4.6. */
function clientNodes(): readonly ConfigNode[] {
  return [
    value('NetworkDelayms', 5000),
    value('URLPrefix', 'wsman'),
    value('AllowUnencrypted', false),
    section('Auth', [
      value('Basic', true),
      value('Digest', false),
      value('Kerberos', true),
      value('Negotiate', true),
      value('Certificate', true),
      value('CredSSP', false),
    ]),
    section('DefaultPorts', defaultPorts()),
    value('TrustedHosts', ''),
  ];
}

/** MS-WSMV 2.2.4.36. */
function serviceNodes(settings: SettingValues, facts: EndpointFacts): readonly ConfigNode[] {
  const { maxConcurrentOperations, maxConcurrentOperationsPerUser, enumerationTimeoutMs } = settings;
  const most = facts.maxRequestsInFlight;
  const listeners = facts.listeners();
  const thumbprint = listeners.find(({ certificateThumbprint }) => certificateThumbprint)?.certificateThumbprint;
  return [
    value('RootSDDL', ROOT_SDDL),
    value('MaxConcurrentOperations', maxConcurrentOperations, rule('maxConcurrentOperations', 1, most)),
    value(
      'MaxConcurrentOperationsPerUser',
      maxConcurrentOperationsPerUser,
      rule('maxConcurrentOperationsPerUser', 1, most),
    ),
    value('EnumerationTimeoutms', enumerationTimeoutMs, rule('enumerationTimeoutMs', 500)),
    value('MaxConnections', facts.maxConnections),
    value('MaxPacketRetrievalTimeSeconds', Math.ceil(facts.requestTimeoutMs / 1000)),
    value('AllowUnencrypted', facts.allowUnencrypted),
    section('Auth', authenticationNodes(facts.authentication)),
    section('DefaultPorts', defaultPorts()),
    value('IPv4Filter', '*'),
    value('IPv6Filter', '*'),
    value('EnableCompatibilityHttpListener', false),
    value('EnableCompatibilityHttpsListener', false),
    value('CertificateThumbprint', thumbprint ?? ''),
    value(
      'AllowRemoteAccess',
      listeners.some(({ host }) => !isLoopback(host)),
    ),
  ];
}

/** The words of MS-WSMV 2.2.4.34 for {@link AuthenticationFacts.channelBinding}. */
const CBT_LEVELS = { none: 'None', relaxed: 'Relaxed', strict: 'Strict' } as const;

/** MS-WSMV 2.2.4.34. */
function authenticationNodes(facts: AuthenticationFacts): readonly ConfigNode[] {
  return [
    value('Basic', facts.basic),
    value('Kerberos', facts.kerberos),
    value('Negotiate', facts.negotiate),
    value('Certificate', facts.certificate),
    value('CredSSP', false),
    value('CbtHardeningLevel', CBT_LEVELS[facts.channelBinding]),
  ];
}

/** Where listeners are when nobody says otherwise. */
function defaultPorts(): readonly ConfigNode[] {
  return [value('HTTP', 5985), value('HTTPS', 5986)];
}

/** MS-WSMV 2.2.4.42. There are no shells, so nothing limits them. */
function shellNodes(): readonly ConfigNode[] {
  return [
    value('AllowRemoteShellAccess', false),
    value('IdleTimeout', 7_200_000),
    value('MaxConcurrentUsers', NO_SHELL_LIMIT),
    value('MaxShellRunTime', NO_SHELL_LIMIT),
    value('MaxProcessesPerShell', NO_SHELL_LIMIT),
    value('MaxMemoryPerShellMB', NO_SHELL_LIMIT),
    value('MaxShellsPerUser', NO_SHELL_LIMIT),
  ];
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
}
