import { DEFAULT_HTTP_LIMITS, type HttpLimits } from '../../http/http-limits.js';
import { type MemberChecks, membersNamed, wholeNumber } from '../../options/option-checks.js';
import { DEFAULT_SETTINGS, type SettingValues } from '../../wsman/service-settings.js';

/** What a peer may use (docs/limits.md). */
export interface LimitOptions {
  /** Largest request in KiB, 8 to 8192. Default 2048. */
  readonly maxEnvelopeSizeKb?: number;
  /** Other settings of winrm/config to start with; each is a whole number from 1. */
  readonly settings?: Partial<Omit<SettingValues, 'maxEnvelopeSizeKb'>>;
  /** Bounds on what a peer may use. */
  readonly limits?: Partial<HttpLimits>;
}

const settings = Object.keys(DEFAULT_SETTINGS).filter((name) => name !== 'maxEnvelopeSizeKb');

export const limitChecks: MemberChecks<LimitOptions> = {
  maxEnvelopeSizeKb: wholeNumber(8, 8192),
  settings: membersNamed(settings, wholeNumber(1)),
  limits: membersNamed(Object.keys(DEFAULT_HTTP_LIMITS), wholeNumber(0)),
};
