import type { CimClass } from '../cim/model/cim-class.js';
import { CimError } from '../cim/model/cim-error.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { NameMap } from '../cim/model/name-map.js';
import { parseScalar } from '../cim/model/parse-scalar.js';
import { shorten } from '../cim/model/shorten.js';
import type { Schema } from '../cim/schema/schema.js';
import { attributeOf, type XmlElement } from '../xml/xml-element.js';

/** References in keys of references … The text of such a path doubles its backslashes at each level. */
const MAX_LEVELS = 4;

/**
 * Reads the path in a VALUE.REFERENCE: INSTANCEPATH, LOCALINSTANCEPATH or INSTANCENAME (DSP0201 §5.2.3).
 *
 * @throws CimError InvalidParameter: no path, unknown class, a key given twice or of the wrong type
 */
export function parsePathElement(element: XmlElement, schema: Schema, level = 1): InstancePath {
  if (level > MAX_LEVELS) throw invalid(`paths are nested more than ${MAX_LEVELS} levels deep`);
  const { name, namespace } = findParts(element);
  if (!name) throw invalid('a VALUE.REFERENCE has no INSTANCENAME');
  const className = attributeOf(name, 'CLASSNAME') ?? '';
  const cimClass = schema.findClass(className);
  // A path into another namespace may name a class that is not known here.
  if (!cimClass && namespace === undefined) throw invalid(`class ${shorten(className)} does not exist`);
  const keys = new NameMap<CimKeyValue>();
  for (const binding of name.children) {
    const keyName = attributeOf(binding, 'NAME');
    const [value] = binding.children;
    if (binding.localName !== 'KEYBINDING' || !keyName || !value) throw invalid('a KEYBINDING has no name or no value');
    if (keys.has(keyName)) throw invalid(`key ${shorten(keyName)} is given twice`);
    keys.set(keyName, readKey(value, keyName, cimClass, schema, level));
  }
  return new InstancePath({ namespace, className: cimClass?.name ?? className, keys });
}

function readKey(
  element: XmlElement,
  name: string,
  cimClass: CimClass | undefined,
  schema: Schema,
  level: number,
): CimKeyValue {
  const type = cimClass?.properties.get(name)?.type.name;
  const isReference = element.localName === 'VALUE.REFERENCE';
  if (type !== undefined && (type === 'reference') !== isReference) throw invalid(`key ${name} is not of type ${type}`);
  if (isReference) return parsePathElement(element, schema, level + 1);
  const value = type === undefined ? element.text : parseScalar(element.text, type);
  if (value === undefined) throw invalid(`key ${name} is not of type ${type}`);
  return value;
}

/** Looks through the path elements only, not into the keys, which may be paths themselves. */
function findParts(element: XmlElement): {
  readonly name: XmlElement | undefined;
  readonly namespace: string | undefined;
} {
  const [inner = element] = element.children.filter(({ localName }) => /^(LOCAL)?INSTANCEPATH$/.test(localName));
  const location = inner.children.find(({ localName }) => localName === 'NAMESPACEPATH') ?? inner;
  const segments = location.children.find(({ localName }) => localName === 'LOCALNAMESPACEPATH')?.children;
  return {
    name: inner.children.find(({ localName }) => localName === 'INSTANCENAME'),
    namespace: segments?.map((segment) => attributeOf(segment, 'NAME') ?? '').join('/'),
  };
}

function invalid(problem: string): CimError {
  return new CimError('InvalidParameter', `CIM-XML path: ${problem}.`);
}
