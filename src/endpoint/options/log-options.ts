import { LOG_FORMATS, type LogFormat } from '../../http/log-format.js';
import { LOG_LEVELS, type LogLevel } from '../../http/log-level.js';
import type { EndpointLogger } from '../../http/logger.js';
import { TELL_REASONS, type TellReasons } from '../../http/tell-reasons.js';
import { type MemberChecks, oneOf, withMethods } from '../../options/option-checks.js';

/** What is told of what happens. */
export interface LogOptions {
  /**
   * Log on stderr. Default `silent`. An error that nobody expected, of a provider or of ours, is told with its stack
   * whatever the level.
   */
  readonly logLevel?: LogLevel;
  /** JSON lines, or text for a person; `auto`, the default: text where stderr is a terminal. */
  readonly logFormat?: LogFormat;
  /**
   * Who is told, in the HTTP header field `Cimulator-Reason`, why a call ended as it did: `never`, callers on this machine (`loopback`,
   * the default), or `always`; but not beside a sealed message from another machine, and nobody with the profile `windows`.
   */
  readonly tellReasons?: TellReasons;
  /** Takes the place of the log on stderr, and decides itself what it writes down: `logLevel` is not for it. */
  readonly logger?: EndpointLogger;
}

export const logChecks: MemberChecks<LogOptions> = {
  logLevel: oneOf(...LOG_LEVELS),
  logFormat: oneOf(...LOG_FORMATS),
  tellReasons: oneOf(...TELL_REASONS),
  logger: withMethods('debug', 'info', 'warn', 'error'),
};
