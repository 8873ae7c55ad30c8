import { isOnThisMachine } from '../../control/is-on-this-machine.js';
import { definedMembers } from '../../options/defined-members.js';
import { members } from '../../options/option-checks.js';
import { OptionError } from '../../options/option-error.js';
import { type AccountOptions, accountChecks } from './account-options.js';
import { withAuthenticationDefaults } from './authentication-options.js';
import { type ControlOptions, controlChecks } from './control-options.js';
import { type HostsOptions, hostChecks } from './host-options.js';
import { type Interceptors, interceptorChecks } from './interceptors.js';
import { type LimitOptions, limitChecks } from './limit-options.js';
import { type LogOptions, logChecks } from './log-options.js';
import { type ModelOptions, modelChecks } from './model-options.js';
import { type NetworkOptions, networkChecks } from './network-options.js';
import { type RecordOptions, recordChecks } from './record-options.js';
import { type RuleOptions, ruleChecks } from './rule-options.js';
import { type StateOptions, stateChecks } from './state-options.js';

/** How to start an endpoint; everything may be left out. */
export interface EndpointOptions
  extends NetworkOptions,
    AccountOptions,
    ModelOptions,
    HostsOptions,
    StateOptions,
    LimitOptions,
    LogOptions,
    RuleOptions,
    RecordOptions,
    ControlOptions {
  /** What stands before the service and sees every message, and before the model and sees every CIM operation. */
  readonly interceptors?: Interceptors;
}

const check = members<EndpointOptions>({
  ...networkChecks,
  ...accountChecks,
  ...modelChecks,
  ...hostChecks,
  ...stateChecks,
  ...limitChecks,
  ...logChecks,
  ...ruleChecks,
  ...recordChecks,
  ...controlChecks,
  interceptors: interceptorChecks,
});

/**
 * The options, with nothing among the limits that is undefined: a limit that is left out has its default.
 *
 * @throws OptionError for an option that there is not, a value that it cannot have, or options that do not go together
 */
export function checkedOptions(options: EndpointOptions): EndpointOptions {
  checkEndpointOptions(options);
  const { limits, settings, lockOut } = options;
  return {
    ...options,
    ...(limits && { limits: definedMembers(limits) }),
    ...(settings && { settings: definedMembers(settings) }),
    ...(typeof lockOut === 'object' && { lockOut: definedMembers(lockOut) }),
  };
}

function checkEndpointOptions(options: EndpointOptions): void {
  check('', options);
  const { port, httpsPort = 'off', clientCertificates, authentication } = options;
  if (port === 'off' && httpsPort === 'off')
    throw new OptionError("port: both port and httpsPort are 'off', so nothing would be listened on", {
      option: 'port',
    });
  if (httpsPort === 'off' && clientCertificates)
    throw new OptionError('clientCertificates: there is no HTTPS listener', { option: 'clientCertificates' });
  checkControl(options);
  if (options.store !== undefined && options.state !== undefined)
    throw new OptionError('state: there is a store already');
  const { negotiate, basic, kerberos } = withAuthenticationDefaults(authentication);
  if (!negotiate && !basic && kerberos === undefined)
    throw new OptionError('authentication: at least one of negotiate, kerberos and basic must be left');
}

function checkControl({ control = 'off', httpsPort = 'off' }: EndpointOptions): void {
  if (control === 'off' || control.host === undefined || isOnThisMachine(control.host) || httpsPort !== 'off') return;
  throw new OptionError(
    `control.host: other machines reach the control API over TLS alone, and there is no HTTPS listener whose certificate it could show`,
    { option: 'control.host' },
  );
}
