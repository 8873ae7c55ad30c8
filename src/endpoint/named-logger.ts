import type { EndpointLogger, Logger } from '../http/logger.js';

/** The same log, each line of which says what it is about. */
export function namedLogger(logger: EndpointLogger, about: Readonly<Record<string, string>>): Logger {
  return {
    debug: (facts, message) => logger.debug({ ...facts, ...about }, message),
    info: (facts, message) => logger.info({ ...facts, ...about }, message),
    warn: (facts, message) => logger.warn({ ...facts, ...about }, message),
    error: (facts, message) => logger.error({ ...facts, ...about }, message),
    isLevelEnabled: (level) => logger.isLevelEnabled?.(level) ?? true,
  };
}
