import { CimDateTime } from '../cim/model/cim-date-time.js';
import type { CimTypeName } from '../cim/model/cim-type.js';
import type { CimScalar } from '../cim/model/cim-value.js';
import type { ClassDescription } from '../client/class-description.js';
import { readClass } from '../client/message/read-class.js';
import { readAnyXml } from '../client/message/read-response-xml.js';
import { attributeValue, findChild, type ResponseElement } from '../client/message/response-element.js';
import { ClixmlError } from './clixml-error.js';

/** A value of CLIXML (MS-PSRP 2.2.5) with the CIM type that goes with its element; NULL has none. */
export interface ClixmlValue {
  readonly type: CimTypeName | 'instance' | undefined;
  readonly isArray: boolean;
  readonly items: readonly (CimScalar | ClixmlInstance | null)[];
}

/** An instance as PowerShell writes one. */
export interface ClixmlInstance {
  readonly kind: 'clixml-instance';
  readonly className: string;
  readonly namespace: string | undefined;
  /** From the nearest up. */
  readonly superclasses: readonly string[];
  readonly properties: readonly (readonly [name: string, value: ClixmlValue])[];
  /** Declarations that came with it. */
  readonly classes: readonly ClassDescription[];
}

const TYPE_NAME = /^(?:Deserialized\.)?Microsoft\.Management\.Infrastructure\.CimInstance#(?:(.+)\/)?([^/]+)$/;
const SESSION_PROPERTIES: ReadonlySet<string> = new Set(['PSComputerName', 'PSShowComputerName', 'RunspaceId']);

/** Elements of single values and their types. */
const READERS: Readonly<Record<string, readonly [CimTypeName, (text: string) => CimScalar]>> = {
  S: ['string', unescapeText],
  B: ['boolean', (text) => text === 'true'],
  C: ['char16', (text) => String.fromCharCode(Number(text))],
  By: ['uint8', Number],
  U16: ['uint16', Number],
  U32: ['uint32', Number],
  U64: ['uint64', BigInt],
  SB: ['sint8', Number],
  I16: ['sint16', Number],
  I32: ['sint32', Number],
  I64: ['sint64', BigInt],
  Sg: ['real32', Number],
  Db: ['real64', Number],
  DT: ['datetime', (text) => CimDateTime.fromDate(new Date(text))],
  TS: ['datetime', readDuration],
};

/** The CIM instances of a file that `Export-Clixml` wrote, in their order. @throws ClixmlError */
export function readClixml(text: string): readonly ClixmlInstance[] {
  const root = parse(text);
  if (root.name !== 'Objs') throw new ClixmlError(`this is no CLIXML: its root is ${root.name}, not Objs`);
  const reader = new Reader();
  const found = root.children.flatMap((child) => reader.instances(child));
  if (found.length === 0) throw new ClixmlError('there is no CIM instance in the file');
  return found;
}

function parse(text: string): ResponseElement {
  try {
    return readAnyXml(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new ClixmlError(`this is no CLIXML: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** Type names and objects are written once, and named by their number from then on. */
class Reader {
  readonly #typeNames = new Map<string, readonly string[]>();
  readonly #objects = new Map<string, ResponseElement>();

  /** The instance that an element is, or those of the list that it is. */
  instances(element: ResponseElement): readonly ClixmlInstance[] {
    const instance = this.#instance(element);
    if (instance) return [instance];
    return (findChild(element, 'LST')?.children ?? []).flatMap((child) => this.instances(child));
  }

  #instance(given: ResponseElement): ClixmlInstance | undefined {
    const element = this.#resolve(given);
    if (element?.name !== 'Obj') return undefined;
    const types = this.#typesOf(element).flatMap((name) => {
      const [, namespace, className] = TYPE_NAME.exec(name) ?? [];
      return className === undefined ? [] : [{ namespace, className }];
    });
    const [own] = types;
    if (own === undefined) return undefined;
    const names = [...new Set(types.map(({ className }) => className))];
    return {
      kind: 'clixml-instance',
      className: own.className,
      namespace: types.find(({ namespace }) => namespace !== undefined)?.namespace?.replaceAll('\\', '/'),
      superclasses: names.slice(1),
      properties: (findChild(element, 'Props')?.children ?? []).flatMap((one) => this.#property(one)),
      classes: this.#classesOf(element),
    };
  }

  #property(element: ResponseElement): readonly (readonly [string, ClixmlValue])[] {
    const name = unescapeText(attributeValue(element, 'N') ?? '');
    return name === '' || SESSION_PROPERTIES.has(name) ? [] : [[name, this.#value(element, name)]];
  }

  #value(given: ResponseElement, name: string): ClixmlValue {
    const element = this.#resolve(given);
    if (element === undefined || element.name === 'Nil') return { type: undefined, isArray: false, items: [null] };
    if (element.name === 'BA') return { type: 'uint8', isArray: true, items: [...Buffer.from(element.text, 'base64')] };
    const list = findChild(element, 'LST');
    if (list) {
      const values = list.children.map((child) => this.#value(child, name));
      const type = values.find((one) => one.type !== undefined)?.type;
      return { type, isArray: true, items: values.flatMap(({ items }) => items) };
    }
    const instance = this.#instance(element);
    if (instance) return { type: 'instance', isArray: false, items: [instance] };
    const reader = READERS[element.name];
    if (reader === undefined) throw new ClixmlError(`${name}: a value <${element.name}> is none of CIM`);
    return { type: reader[0], isArray: false, items: [readScalar(element, name, reader[1])] };
  }

  /** An object that is written elsewhere is named by `<Ref RefId="…">`. */
  #resolve(element: ResponseElement): ResponseElement | undefined {
    const id = attributeValue(element, 'RefId') ?? '';
    if (element.name === 'Ref') return this.#objects.get(id);
    if (element.name === 'Obj' && id !== '') this.#objects.set(id, element);
    return element;
  }

  #typesOf(element: ResponseElement): readonly string[] {
    const own = findChild(element, 'TN');
    if (own === undefined) {
      const named = findChild(element, 'TNRef');
      return (named && this.#typeNames.get(attributeValue(named, 'RefId') ?? '')) ?? [];
    }
    const names = own.children.map(({ text }) => text.trim());
    this.#typeNames.set(attributeValue(own, 'RefId') ?? '', names);
    return names;
  }

  /** Windows writes the classes beside the first instance of each. */
  #classesOf(element: ResponseElement): readonly ClassDescription[] {
    const metadata = findChild(element, 'MS')?.children.find((one) => attributeValue(one, 'N') === '__ClassMetadata');
    const entries = (metadata && findChild(metadata, 'LST')?.children) ?? [];
    return entries.flatMap((entry) => {
      const text = findChild(entry, 'MS')?.children.find((one) => attributeValue(one, 'N') === 'MiXml')?.text ?? '';
      const declaration = text === '' ? undefined : parse(unescapeText(text));
      return declaration?.name === 'CLASS' ? [readClass(declaration)] : [];
    });
  }
}

/** @throws ClixmlError */
function readScalar(
  { name: element, text }: ResponseElement,
  name: string,
  read: (text: string) => CimScalar,
): CimScalar {
  const value = tried(() => read(element === 'S' ? text : text.trim()));
  if (value === undefined || (typeof value === 'number' && Number.isNaN(value) && text.trim() !== 'NaN'))
    throw new ClixmlError(`${name}: '${text.slice(0, 60)}' is no value <${element}>`);
  return value;
}

function tried<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** `_x000A_` stands for a character that XML cannot carry, or not unchanged (MS-PSRP 2.2.5.3.2). */
function unescapeText(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** xs:duration of days, hours, minutes and seconds. */
function readDuration(text: string): CimDateTime {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,7}))?S)?)?$/.exec(text);
  if (!match) throw new RangeError('no duration');
  const [days = 0n, hours = 0n, minutes = 0n, seconds = 0n] = match.slice(1, 5).map((part) => BigInt(part ?? 0));
  const fraction = BigInt((match[5] ?? '').padEnd(6, '0').slice(0, 6));
  return CimDateTime.interval((((days * 24n + hours) * 60n + minutes) * 60n + seconds) * 1_000_000n + fraction);
}
