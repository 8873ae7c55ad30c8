import { createLogger } from '../http/create-logger.js';
import type { EndpointLogger, Logger } from '../http/logger.js';
import type { LogOptions } from './options/log-options.js';

/** The caller's logger, or one on stderr. */
export function openLogger({ logger, logLevel = 'silent', logFormat }: LogOptions): Logger {
  return logger === undefined ? createLogger(logLevel, logFormat) : withLevels(logger);
}

/** Calls go to the logger's own methods, which may need it as their `this`. */
function withLevels(logger: EndpointLogger): Logger {
  return {
    debug: (facts, message) => logger.debug(facts, message),
    info: (facts, message) => logger.info(facts, message),
    warn: (facts, message) => logger.warn(facts, message),
    error: (facts, message) => logger.error(facts, message),
    isLevelEnabled: (level) => logger.isLevelEnabled?.(level) ?? true,
  };
}
