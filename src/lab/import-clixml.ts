import { CimInstance } from '../cim/model/cim-instance.js';
import { type CimType, plainType } from '../cim/model/cim-type.js';
import type { CimScalar, CimValue } from '../cim/model/cim-value.js';
import { type CimKeyValue, InstancePath } from '../cim/model/instance-path.js';
import { isKeyValue } from '../cim/model/is-key-value.js';
import { foldName, NameMap, sameName } from '../cim/model/name-map.js';
import { printString } from '../mof/print/print-value.js';
import { didYouMean } from '../strings/nearest-name.js';
import { ClixmlError } from './clixml-error.js';
import { type HidingOptions, hideSecrets } from './hide-secrets.js';
import { type PrintableClass, printLab } from './print-lab.js';
import { type ClixmlInstance, type ClixmlValue, readClixml } from './read-clixml.js';

/** How CLIXML becomes a lab. */
export interface ImportOptions extends HidingOptions {
  /** Of instances that do not say theirs. */
  readonly namespace: string;
  /** Keys that the file does not tell: `Class.Property`. */
  readonly keys?: readonly string[] | undefined;
}

/** A lab, and what it is made of. */
export interface ImportedLab {
  /** MOF that compiles by itself. */
  readonly text: string;
  readonly instances: readonly CimInstance[];
}

interface FoundProperty {
  readonly name: string;
  type: CimType | undefined;
  isKey: boolean;
}

interface FoundClass extends PrintableClass {
  readonly name: string;
  readonly namespace: string;
  readonly superclasses: readonly string[];
  readonly found: NameMap<FoundProperty>;
}

/** Properties that tell instances apart where nothing is said of keys, all of a row that an instance has. */
const USUAL_KEYS = [
  ['SystemCreationClassName', 'SystemName', 'CreationClassName', 'DeviceID'],
  ['SystemCreationClassName', 'SystemName', 'CreationClassName', 'Name'],
  ['CreationClassName', 'Name'],
  ['InstanceID'],
  ['DeviceID'],
  ['ObjectId'],
  ['Handle'],
  ['Name'],
];

const HEAD = `Qualifier Key : boolean = false, Scope(any), Flavor(DisableOverride, ToSubclass);
Qualifier EmbeddedObject : boolean = false, Scope(any), Flavor(DisableOverride, ToSubclass);
`;

/**
 * Makes a lab of what `Get-CimInstance … | Export-Clixml` wrote: classes with the properties that the instances have, and the instances.
 * CLIXML says which properties are keys where it carries the classes; else the usual ones are taken, or those that are given.
 *
 * @throws ClixmlError for what is no CLIXML of CIM instances, and where keys are not known
 */
export function importClixml(text: string, options: ImportOptions): ImportedLab {
  const read = readClixml(text);
  const classes = new Map<string, FoundClass>();
  for (const one of read) learn(one, options.namespace, 'stored', classes);
  checkKeys(options.keys ?? [], [...classes.values()]);
  for (const one of classes.values()) findKeys(one, read, options);
  const plain = read.map((one) => convert(one, options.namespace, classes));
  const known = (name: string, namespace: string) => classes.get(keyOf(namespace, name));
  const superclassesOf = (name: string) =>
    [...classes.values()].find((one) => sameName(one.name, name))?.superclasses ?? [];
  const instances = hideSecrets(plain, superclassesOf, options);
  return { text: `${printDeclarations([...classes.values()])}\n${printLab(instances, known)}`, instances };
}

function keyOf(namespace: string, className: string): string {
  return `${foldName(namespace)}:${foldName(className)}`;
}

/** Notes the class of an instance and what is embedded in it, with the types of their values. */
function learn(
  one: ClixmlInstance,
  namespace: string,
  place: 'stored' | 'embedded',
  classes: Map<string, FoundClass>,
): void {
  const own = one.namespace ?? namespace;
  const key = keyOf(own, one.className);
  const found = classes.get(key) ?? newClass(one, own);
  classes.set(key, found);
  const declared = one.classes.find(({ name }) => sameName(name, one.className));
  for (const [name, value] of one.properties) {
    const property = found.found.get(name) ?? { name, type: undefined, isKey: false };
    property.type ??= declared?.properties.get(name)?.type ?? typeOf(value);
    property.isKey ||= place === 'stored' && one.classes.some(({ properties }) => properties.get(name)?.isKey === true);
    found.found.set(name, property);
    for (const item of value.items) if (isInstance(item)) learn(item, own, 'embedded', classes);
  }
}

function newClass({ className: name, superclasses }: ClixmlInstance, namespace: string): FoundClass {
  const found = new NameMap<FoundProperty>();
  return {
    name,
    namespace,
    superclasses,
    found,
    get properties() {
      return new NameMap(
        Array.from(
          found.values(),
          (one) =>
            [one.name, { name: one.name, type: one.type ?? plainType('string'), defaultValue: undefined }] as const,
        ),
      );
    },
  };
}

function typeOf({ type, isArray }: ClixmlValue): CimType | undefined {
  if (type === undefined) return undefined;
  const array = isArray ? ({ kind: 'Bag', size: undefined } as const) : undefined;
  return type === 'instance' ? { ...plainType('string', array), embedded: { kind: 'object' } } : plainType(type, array);
}

/** @throws ClixmlError with the nearest name for a class or property that the file does not have: it would be passed over */
function checkKeys(keys: readonly string[], classes: readonly FoundClass[]): void {
  for (const entry of keys) {
    const [className = '', property = ''] = entry.split('.');
    const named = classes.filter(({ name }) => sameName(name, className));
    if (named.length === 0) {
      const near = didYouMean(
        className,
        classes.map(({ name }) => name),
      );
      throw new ClixmlError(`--key ${entry}: the file has no instances of ${className}${near}`);
    }
    if (named.some(({ found }) => found.has(property))) continue;
    const properties = named.flatMap(({ found }) => Array.from(found.values(), ({ name }) => name));
    throw new ClixmlError(
      `--key ${entry}: instances of ${className} have no property ${property}${didYouMean(property, properties)}`,
    );
  }
}

/** @throws ClixmlError */
function findKeys(
  { name, namespace, found }: FoundClass,
  read: readonly ClixmlInstance[],
  options: ImportOptions,
): void {
  const own = read.filter((one) => sameName(one.className, name) && (one.namespace ?? options.namespace) === namespace);
  if (own.length === 0 || [...found.values()].some(({ isKey }) => isKey)) return;
  const given = (options.keys ?? []).flatMap((entry) => {
    const [className = '', property = ''] = entry.split('.');
    return sameName(className, name) ? [property] : [];
  });
  const fits = (names: readonly string[]) =>
    names.every((each) =>
      own.every((one) => one.properties.some(([other, { items }]) => sameName(other, each) && items[0] !== null)),
    );
  const names = given.length > 0 ? given : USUAL_KEYS.find(fits);
  if (names === undefined || !fits(names))
    throw new ClixmlError(`which properties of ${name} are keys is not told: say it by --key ${name}.Property`);
  for (const each of names) {
    const property = found.get(each);
    if (property) property.isKey = true;
  }
}

function convert(one: ClixmlInstance, namespace: string, classes: Map<string, FoundClass>): CimInstance {
  const own = one.namespace ?? namespace;
  const { found, name: className } = classes.get(keyOf(own, one.className)) ?? newClass(one, own);
  const values = one.properties.map(([name, value]) => [name, cimValueOf(value, own, classes)] as const);
  const instance = new CimInstance(className, values);
  const keys = [...found.values()].filter(({ isKey }) => isKey);
  if (keys.length === 0) return instance;
  const pairs = keys.map(({ name }): [string, CimKeyValue] => {
    const value = instance.get(name);
    if (isKeyValue(value)) return [name, value];
    throw new ClixmlError(`an instance of ${className} has no value of the key ${name}`);
  });
  return instance.at(new InstancePath({ namespace: own, className, keys: pairs }));
}

function cimValueOf({ isArray, items }: ClixmlValue, namespace: string, classes: Map<string, FoundClass>): CimValue {
  const values = items.map((item): CimScalar | null => {
    if (!isInstance(item)) return item;
    const { className, properties } = convert(item, namespace, classes);
    return new CimInstance(className, properties);
  });
  return isArray ? values : (values[0] ?? null);
}

function isInstance(item: CimScalar | ClixmlInstance | null): item is ClixmlInstance {
  return typeof item === 'object' && item !== null && 'kind' in item && item.kind === 'clixml-instance';
}

/** Superclasses first, each with the properties that those above it do not have. */
function printDeclarations(classes: readonly FoundClass[]): string {
  const spaces = new Map<string, FoundClass[]>();
  for (const one of classes) {
    const list = spaces.get(foldName(one.namespace)) ?? [];
    spaces.set(foldName(one.namespace), list);
    list.push(one);
  }
  return Array.from(
    spaces.values(),
    (list) => `#pragma namespace(${printString(list[0]?.namespace ?? '')})\n${HEAD}${printSpace(list)}`,
  ).join('\n');
}

function printSpace(classes: readonly FoundClass[]): string {
  const printed = new NameMap<true>();
  let text = '';
  const print = (name: string, above: readonly string[]) => {
    if (printed.has(name)) return;
    const [superclass, ...rest] = above;
    if (superclass !== undefined) print(superclass, rest);
    printed.set(name, true);
    const one = classes.find((each) => sameName(each.name, name));
    const inherited = (property: string) =>
      above.some((up) => classes.find((each) => sameName(each.name, up))?.found.has(property));
    const members = [...(one?.found.values() ?? [])].filter((property) => !inherited(property.name)).map(printMember);
    text += `class ${name}${superclass === undefined ? '' : ` : ${superclass}`}\n{\n${members.join('')}};\n\n`;
  };
  for (const { name, superclasses } of classes) print(name, superclasses);
  return text;
}

function printMember({ name, type = plainType('string'), isKey }: FoundProperty): string {
  const marks = [...(isKey ? ['Key'] : []), ...(type.embedded ? ['EmbeddedObject'] : [])];
  const typeName = type.name === 'reference' ? `${type.referenceClass} REF` : type.name;
  return `  ${marks.length > 0 ? `[${marks.join(', ')}] ` : ''}${typeName} ${name}${type.array ? '[]' : ''};\n`;
}
