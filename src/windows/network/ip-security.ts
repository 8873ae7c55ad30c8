import type { CimValue } from '../../cim/model/cim-value.js';
import { shorten } from '../../cim/model/shorten.js';
import { MethodRefusal } from '../method-refusal.js';
import { ConfigurationCode } from './configuration-code.js';
import { configuring } from './configuring.js';
import { textsOf } from './read-parameters.js';

/** What is let through, and the largest number of it. */
const LISTS = { IPSecPermitTCPPorts: 65_535, IPSecPermitUDPPorts: 65_535, IPSecPermitIPProtocols: 255 } as const;

/** "0" lets everything through, an empty list nothing. @throws MethodRefusal 68, 79 */
function permitted(given: CimValue | undefined, name: string, most: number): readonly string[] {
  if (!Array.isArray(given)) throw new MethodRefusal(ConfigurationCode.invalidParameter, `${name} is missing`);
  const numbers = textsOf(given);
  const wrong = numbers.find((one) => !/^\d{1,5}$/.test(one) || Number(one) > most);
  if (wrong === undefined) return numbers;
  throw new MethodRefusal(ConfigurationCode.invalidSecurity, `${name}: ${shorten(wrong, 100)} is not in 0 to ${most}`);
}

/** Which ports and protocols an adapter lets through when IPFilterSecurityEnabled is true. */
export const securityMethods = {
  EnableIPSec: configuring((_configuration, input) =>
    Object.fromEntries(Object.entries(LISTS).map(([name, most]) => [name, permitted(input[name], name, most)])),
  ),
  DisableIPSec: configuring(() => Object.fromEntries(Object.keys(LISTS).map((name) => [name, ['0']]))),
};
