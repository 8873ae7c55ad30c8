import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CimClass } from '../../../src/cim/model/cim-class.js';
import { runEndpoint } from '../../support/running-endpoint.js';

/** What a server of Windows answered in public: the form of each value, and not the value, which is of somebody's machine. */
interface RecordedAnswer {
  readonly className: string;
  /** Where it was published. */
  readonly from: string;
  readonly element: string;
  /** `Name=form` with blanks between; of a datetime the text itself. */
  readonly properties: string;
}

const recorded = readFileSync(new URL('recorded-answers.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as RecordedAnswer);

/** Properties that those servers have and the public reference does not name. */
const UNKNOWN = new Set(['BootVolume', 'PageFilePresent', 'SystemVolume']);

const DATETIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,5}[1-9])?(Z|[+-]\d\d:\d\d)$/;
const INTEGER = /^[us]int\d+$/;

const server = runEndpoint({ port: 0, tellReasons: 'never' });

/** An enumeration as a client asks for it that names neither locale nor options. */
async function ask(wql: string): Promise<string> {
  const { text } = await server.post(`<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
 xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
 xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration"><s:Header><a:To>${server.url}</a:To>
<w:ResourceURI s:mustUnderstand="true">http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/*</w:ResourceURI>
<a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>
<a:Action s:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate</a:Action>
<a:MessageID>uuid:00000000-0000-0000-0000-000000000001</a:MessageID></s:Header>
<s:Body><n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>50</w:MaxElements>
<w:Filter Dialect="http://schemas.microsoft.com/wbem/wsman/1/WQL">${wql}</w:Filter></n:Enumerate></s:Body></s:Envelope>`);
  return text;
}

const read = ({ properties }: RecordedAnswer) =>
  properties.split(' ').map((entry): [name: string, form: string] => {
    const [name = '', form = ''] = entry.split(/=(.*)/s);
    return [name, form];
  });

/** The properties in the first item of an answer: name, and `nil` or what stands in the element. */
function firstItem(xml: string, element: string): readonly (readonly [name: string, value: string])[] {
  const [, inside = ''] = new RegExp(`<${element} [^>]*>(.*?)</${element}>`, 's').exec(xml) ?? [];
  const prefix = element.startsWith('p:') ? 'p:' : '';
  const property = new RegExp(`<${prefix}(\\w+)( xsi:nil="true")?(?:/>|>(.*?)</${prefix}\\1>)`, 'gs');
  return [...inside.matchAll(property)].map(([, name = '', nil, value = '']) => [name, nil ? 'nil' : value]);
}

function fits(form: string, name: string, { properties }: CimClass): boolean {
  const type = properties.get(name)?.type;
  if (!type) return UNKNOWN.has(name);
  switch (form) {
    // Of an array that is NULL nothing is written.
    case 'nil':
      return !type.array;
    case 'boolean':
      return type.name === 'boolean';
    case 'digits':
      return INTEGER.test(type.name) || type.name === 'string';
    case 'text':
    case 'empty':
      return type.name === 'string';
    default:
      return DATETIME.test(form) && type.name === 'datetime';
  }
}

/** What one of ours must look like, by its type. */
function isWritten(value: string, name: string, element: string, { properties }: CimClass): boolean {
  const { type } = properties.get(name) ?? {};
  if (value === 'nil') return type?.array === undefined;
  if (type?.name === 'boolean') return value === 'true' || value === 'false';
  if (type && INTEGER.test(type.name)) return /^-?\d+$/.test(value);
  if (type?.name !== 'datetime') return !value.includes('<');
  const tag = element === 'w:XmlFragment' ? 'Datetime' : 'cim:Datetime';
  return DATETIME.test(new RegExp(`^<${tag}>(.*)</${tag}>$`).exec(value)?.[1] ?? '');
}

describe('answers of real servers', () => {
  it('are at least ten, each with its address', () => {
    expect(recorded.length).toBeGreaterThanOrEqual(10);
    expect(recorded.filter(({ from }) => !from.startsWith('https://'))).toEqual([]);
  });

  it.each(recorded)('$className as $element, $from: ours has its form', async (answer) => {
    const { className, element } = answer;
    const cimClass = await server.endpoint.broker.getClass('root/cimv2', className);
    const theirs = read(answer);
    expect(theirs.filter(([name, form]) => !fits(form, name, cimClass))).toEqual([]);
    const names = element === 'w:XmlFragment' ? [...cimClass.properties.keys()].join(', ') : '*';
    const ours = firstItem(await ask(`SELECT ${names} FROM ${className}`), element);
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.filter(([name, value]) => !isWritten(value, name, element, cimClass))).toEqual([]);
    // In the same order, as far as both have a value or a nil.
    const both = (some: readonly string[], others: readonly string[]) =>
      [...new Set(some)].filter((name) => others.includes(name));
    const [ourNames, theirNames] = [ours, theirs].map((all) => all.map(([name]) => name)) as [string[], string[]];
    expect(both(ourNames, theirNames)).toEqual(both(theirNames, ourNames));
    // Scalars are all there, be they NULL; newer servers have more.
    const left =
      ours.length === 0
        ? []
        : theirs.filter(
            ([name]) => !ourNames.includes(name) && cimClass.properties.get(name)?.type.array === undefined,
          );
    expect(left.filter(([name]) => cimClass.properties.has(name))).toEqual([]);
  });
});

describe('faults of real servers', () => {
  // https://github.com/microsoft/omi/issues/398
  it('an internal error where a WMI URI and the selector name two namespaces', async () => {
    const answer = await server.post(`<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
 xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
 xmlns:n="http://schemas.xmlsoap.org/ws/2004/09/enumeration"><s:Header><a:To>${server.url}</a:To>
<w:ResourceURI s:mustUnderstand="true">http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/*</w:ResourceURI>
<a:ReplyTo><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>
<a:Action s:mustUnderstand="true">http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate</a:Action>
<a:MessageID>uuid:00000000-0000-0000-0000-000000000002</a:MessageID>
<w:SelectorSet><w:Selector Name="__cimnamespace">root/wmi</w:Selector></w:SelectorSet></s:Header>
<s:Body><n:Enumerate/></s:Body></s:Envelope>`);
    expect(answer.text).toContain('w:InternalError');
  });
});
