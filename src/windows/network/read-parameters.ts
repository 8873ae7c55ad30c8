import type { CimValue } from '../../cim/model/cim-value.js';
import { shorten } from '../../cim/model/shorten.js';
import { MethodRefusal } from '../method-refusal.js';
import { ConfigurationCode } from './configuration-code.js';
import { isAddress } from './ip-address.js';

type Given = CimValue | undefined;

/** A list of texts; one that is left out, or NULL, is empty. */
export function textsOf(given: Given): readonly string[] {
  return Array.isArray(given) ? given.map((one) => String(one ?? '')) : [];
}

/** The same, that must be there. @throws MethodRefusal 68 */
export function neededTexts(given: Given, name: string): readonly string[] {
  const texts = textsOf(given);
  if (texts.length > 0) return texts;
  throw new MethodRefusal(ConfigurationCode.invalidParameter, `${name} is empty`);
}

/** @throws MethodRefusal 68 */
export function neededBoolean(given: Given, name: string): boolean {
  if (typeof given === 'boolean') return given;
  throw new MethodRefusal(ConfigurationCode.invalidParameter, `${name} is missing`);
}

/** A number within bounds. @throws MethodRefusal 68, 90 */
export function neededNumber(given: Given, name: string, [least, most]: readonly [number, number]): number {
  if (typeof given !== 'number') throw new MethodRefusal(ConfigurationCode.invalidParameter, `${name} is missing`);
  if (given >= least && given <= most) return given;
  throw new MethodRefusal(ConfigurationCode.outOfBounds, `${name} ${given} is not within ${least} to ${most}`);
}

/** Addresses of servers, of either family. @throws MethodRefusal 70 */
export function checkedServers(given: Given, name: string): readonly string[] {
  const servers = textsOf(given);
  const wrong = servers.find((server) => !isAddress(server));
  if (wrong === undefined) return servers;
  throw new MethodRefusal(ConfigurationCode.invalidAddress, `${name}: ${shorten(wrong, 100)} is no IP address`);
}

const LABEL = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?$/u;

/** A domain, which may be empty. @throws MethodRefusal 73 */
export function checkedDomain(given: string): string {
  const isNone = given !== '' && given.split('.').some((label) => label.length > 63 || !LABEL.test(label));
  if (!isNone && given.length < 256) return given;
  throw new MethodRefusal(ConfigurationCode.invalidDomain, `${shorten(given, 300)} is no domain`);
}

/** The name of a host. @throws MethodRefusal 74 */
export function checkedHost(given: string): string {
  if (given.length <= 63 && LABEL.test(given)) return given;
  throw new MethodRefusal(ConfigurationCode.invalidHost, `${shorten(given, 300)} is no name of a host`);
}

/** An empty list is none. */
export function orNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list;
}
