import { normalizeNamespace } from '../../cim/model/instance-path.js';

const SEGMENT = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

/** A namespace, and the computer that is named with it. */
export interface NamespaceOfHost {
  /** Undefined for none, and for `.` and `localhost`, which mean whoever reads it. */
  readonly host: string | undefined;
  readonly namespace: string;
}

/**
 * Reads the argument of `#pragma namespace`: `root/cimv2`, `\root\cimv2`, or WMI's `\\.\root\cimv2` and `\\srv02\root\cimv2`. Undefined
 * when it is no namespace.
 */
export function parseNamespaceOfHost(text: string): NamespaceOfHost | undefined {
  if (text.length > 1024) return undefined;
  const [, host, rest = text] = /^(?:\\\\|\/\/)([^\\/]+)(?=[\\/])(.*)$/s.exec(text) ?? [];
  if (host === undefined && /^(?:\\\\|\/\/)/.test(text)) return undefined;
  const namespace = normalizeNamespace(rest);
  if (namespace === '' || !namespace.split('/').every((segment) => SEGMENT.test(segment))) return undefined;
  return { host: host === undefined || /^(?:\.|localhost)$/i.test(host) ? undefined : host, namespace };
}

/** The same where no other computer can be meant: undefined when one is named. */
export function parseNamespace(text: string): string | undefined {
  const found = parseNamespaceOfHost(text);
  return found?.host === undefined ? found?.namespace : undefined;
}
