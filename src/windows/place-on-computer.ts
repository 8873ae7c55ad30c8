import { CimInstance } from '../cim/model/cim-instance.js';
import { type CimScalar, type CimValue, isCimArray } from '../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { type NameMap, sameName } from '../cim/model/name-map.js';
import { machineSid } from './machine-sid.js';
import { sidBytes } from './security/sid.js';

/**
 * What labs write where the computer's own name stands, `{HOST}` as NetBIOS has it and `{host}` as DNS has it, and where the identifiers of its
 * own accounts begin, `{machine-sid}-500`.
 */
const OWN = /\{(?:host|HOST|machine-sid)\}/g;

/**
 * An instance of a lab of Windows on a computer: where the lab leaves its name open, in values, keys and references, it has that name, and
 * identifiers of its own. So one text describes many computers. An identifier that is one of these has its bytes, too.
 *
 * @param name of the computer, without its domain
 * @returns the same instance when it does not name the computer
 */
export function placeOnComputer(instance: CimInstance, name: string): CimInstance {
  const named = namer(name);
  const path = instance.path && pathWith(instance.path, named);
  const properties = mapped(instance.properties, (value) => valueWith(value, named));
  if (path === instance.path && properties === instance.properties) return instance;
  return withBytes(new CimInstance(instance.className, properties, path));
}

/** A text cannot say the bytes of what it leaves open. */
function withBytes(instance: CimInstance): CimInstance {
  if (!sameName(instance.className, 'Win32_SID') || instance.get('BinaryRepresentation') !== null) return instance;
  const bytes = sidBytes(instance.getString('SID') ?? '');
  return bytes ? instance.with({ BinaryRepresentation: bytes, SidLength: bytes.length }) : instance;
}

type Named = (text: string) => string;

function namer(name: string): Named {
  const [upper, lower] = [name.toUpperCase(), name.toLowerCase()];
  const own = (mark: string) => {
    if (mark === '{host}') return lower;
    return mark === '{HOST}' ? upper : machineSid(name);
  };
  return (text) => (text.includes('{') ? text.replace(OWN, own) : text);
}

function pathWith(path: InstancePath, named: Named): InstancePath {
  const keys = mapped(path.keys, (value) => keyWith(value, named));
  if (keys === path.keys) return path;
  const { host, namespace, className, isSingleton } = path;
  return new InstancePath({ host, namespace, className, keys, isSingleton });
}

function keyWith(value: CimKeyValue, named: Named): CimKeyValue {
  if (typeof value === 'string') return named(value);
  return value instanceof InstancePath ? pathWith(value, named) : value;
}

function valueWith(value: CimValue, named: Named): CimValue {
  if (!isCimArray(value)) return scalarWith(value, named);
  const items = value.map((item) => scalarWith(item, named));
  return items.some((item, at) => item !== value[at]) ? items : value;
}

function scalarWith(value: CimScalar | null, named: Named): CimScalar | null {
  if (typeof value === 'string') return named(value);
  return value instanceof InstancePath ? pathWith(value, named) : value;
}

function mapped<V>(map: NameMap<V>, change: (value: V) => V): NameMap<V> {
  let isChanged = false;
  const values = Array.from(map.values(), (value) => {
    const changed = change(value);
    if (changed !== value) isChanged = true;
    return changed;
  });
  return isChanged ? map.withValues(values) : map;
}
