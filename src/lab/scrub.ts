import { isIPv6 } from 'node:net';
import { CimInstance } from '../cim/model/cim-instance.js';
import { type CimScalar, type CimValue, isCimArray } from '../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { NameMap } from '../cim/model/name-map.js';

/** Replaces what tells one machine from another. The same value becomes the same one everywhere, so that what belongs together stays so. */
export interface Scrubber {
  instance(instance: CimInstance): CimInstance;
}

/** Properties whose text as a whole is a serial number. */
const SERIAL_NAME = /serial_?(?:number|no|num)?$|^IdentifyingNumber$|^UUID$/i;
const ADDRESSES =
  /(?<ip4>(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]))|(?<mac>(?<![\da-f])(?:[\da-f]{2}[:-]){5}[\da-f]{2}(?![\da-f:-]))|(?<![\w:])[\da-f]{0,4}:[\da-f:]{2,37}(?![\w:])/gi;
/** These say nothing of a machine. */
const EVERYBODYS = /^(?:127\.|0\.0\.0\.0$|255\.|::1?$)/;

/**
 * @param instances all of them: a serial number is replaced wherever its text stands
 */
export function createScrubber(instances: Iterable<CimInstance>): Scrubber {
  const serials = new Map<string, string>();
  const addresses = new Map<string, string>();
  for (const { properties } of instances) {
    for (const [name, value] of properties) {
      if (typeof value !== 'string' || value.length < 3 || !SERIAL_NAME.test(name) || serials.has(value)) continue;
      serials.set(value, `SERIAL-${String(serials.size + 1).padStart(4, '0')}`);
    }
  }

  function text(given: string): string {
    const serial = serials.get(given);
    if (serial !== undefined) return serial;
    return given.replace(ADDRESSES, (found, ...rest) => {
      const groups = rest.at(-1) as { readonly ip4?: string; readonly mac?: string };
      const isAddress = groups.ip4 !== undefined || groups.mac !== undefined || isIPv6(found);
      if (!isAddress || EVERYBODYS.test(found)) return found;
      const known = addresses.get(found.toLowerCase());
      if (known !== undefined) return known;
      const made = groups.ip4
        ? documentationIp4(addresses.size)
        : groups.mac
          ? localMac(addresses.size)
          : documentationIp6(addresses.size);
      addresses.set(found.toLowerCase(), made);
      return made;
    });
  }

  function path(given: InstancePath): InstancePath {
    const { host, namespace, className, keys, isSingleton } = given;
    // Keys stay keys.
    const values = Array.from(keys, ([name, value]) => [name, scalar(value) as CimKeyValue] as const);
    return new InstancePath({ host: host && text(host), namespace, className, keys: values, isSingleton });
  }

  function scalar(given: CimScalar): CimScalar {
    if (typeof given === 'string') return text(given);
    if (given instanceof InstancePath) return path(given);
    return given instanceof CimInstance ? instance(given) : given;
  }

  function value(given: CimValue): CimValue {
    if (!isCimArray(given)) return given === null ? null : scalar(given);
    return given.map((one) => (one === null ? null : scalar(one)));
  }

  function instance(given: CimInstance): CimInstance {
    const properties = new NameMap(Array.from(given.properties, ([name, one]) => [name, value(one)] as const));
    return new CimInstance(given.className, properties, given.path && path(given.path));
  }

  return { instance };
}

/** RFC 5737; those that do not fit are of the block for benchmarks, RFC 2544. */
function documentationIp4(index: number): string {
  if (index < 254) return `192.0.2.${index + 1}`;
  return `198.18.${(index >> 8) & 255}.${index & 255}`;
}

/** RFC 3849. */
function documentationIp6(index: number): string {
  return `2001:db8::${(index + 1).toString(16)}`;
}

/** Locally administered. */
function localMac(index: number): string {
  const digits = (index + 1).toString(16).padStart(6, '0').toUpperCase();
  return `02-00-5E-${digits.slice(0, 2)}-${digits.slice(2, 4)}-${digits.slice(4, 6)}`;
}
