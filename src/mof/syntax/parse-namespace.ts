import { normalizeNamespace } from '../../cim/model/instance-path.js';

const SEGMENT = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

/**
 * Reads the argument of `#pragma namespace`: `root/cimv2`, `\root\cimv2`, or WMI's `\\.\root\cimv2`. Undefined when it
 * is no namespace of this server.
 */
export function parseNamespace(text: string): string | undefined {
  const namespace = normalizeNamespace(text.replace(/^(?:\\\\|\/\/)(?:\.|localhost)(?=[\\/])/i, ''));
  if (text.length > 1024 || /^(?:\\\\|\/\/)(?!(?:\.|localhost)[\\/])/i.test(text)) return undefined;
  return namespace !== '' && namespace.split('/').every((segment) => SEGMENT.test(segment)) ? namespace : undefined;
}
