import { LOG_LEVELS, type LogLevel } from '../../http/log-level.js';
import type { EndpointLogger } from '../../http/logger.js';
import { type MemberChecks, oneOf, withMethods } from '../../options/option-checks.js';

/** What is told of what happens. */
export interface LogOptions {
  /**
   * Log of JSON lines on stderr. Default `silent`. An error that nobody expected, of a provider or of ours, is told with its stack
   * whatever the level.
   */
  readonly logLevel?: LogLevel;
  /** Takes the place of the log on stderr, and decides itself what it writes down: `logLevel` is not for it. */
  readonly logger?: EndpointLogger;
}

export const logChecks: MemberChecks<LogOptions> = {
  logLevel: oneOf(...LOG_LEVELS),
  logger: withMethods('debug', 'info', 'warn', 'error'),
};
