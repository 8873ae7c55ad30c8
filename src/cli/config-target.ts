import type { ConfigOptions } from '../client/operations/get-config.js';
import { parseSelectorList } from './parse-target.js';

/** A part of the configuration, and which row of it, where it is a table. */
export interface ConfigTarget extends ConfigOptions {
  readonly section: string;
}

const CONFIG = /^(?:winrm|https?:\/\/schemas\.microsoft\.com\/wbem\/wsman\/1)\/config(?:\/([^?]*))?(?:\?(.*))?$/is;

/**
 * What `winrm/config/service` names, as `winrm` writes it, or its resource URI in full: a section, empty for all of the
 * configuration; and behind a question mark, or as keys, the selectors of a row (`winrm/config/listener?Address=*+Transport=HTTP`).
 * Undefined for anything else, such as an object.
 *
 * @throws UsageError for what are no selectors
 */
export function parseConfigTarget(target: string, keys: readonly string[] = []): ConfigTarget | undefined {
  const match = CONFIG.exec(target);
  if (match === null) return undefined;
  const [, section = '', selectors = ''] = match;
  return { section: section.replace(/\/+$/, ''), selectors: parseSelectorList(selectors, keys, 'object') };
}
