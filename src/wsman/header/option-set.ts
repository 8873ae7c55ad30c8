import { NameMap } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import { aboutName } from '../../cim/model/unknown-name.js';
import { isMandatory } from '../../soap/must-understand.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import { attributeOf, type XmlElement } from '../../xml/xml-element.js';
import { isNil } from '../../xml/xsi.js';

const BOOLEAN = /^(true|false|1|0)$/i;

/** More than any client sends; `wmiarray:` options repeat their name. */
const MAX_OPTIONS = 1000;

/** The options of a request (DSP0226 §6.4) by name; a repeated name collects its values. `null`: `xsi:nil`. */
export type OptionSet = NameMap<readonly (string | null)[]>;

/**
 * Options that a request may demand (`MustComply`) because this endpoint does what they say or because they ask for
 * nothing it would do otherwise (wire form of the CIM client, MS-WSMV 3.2.4.2), each with the form of its value. Class
 * declarations are always sent, and without paths (DSP0227 §15.8), so these two may only be demanded not to be.
 * Options of the kinds `wmi:` and `wmiarray:` are context values for the provider, which are always taken.
 */
const complied = new NameMap<RegExp>([
  ['__MI_CallbackRegistration', /^\d{1,9}$/],
  ['msftwinrm:UsePreciseArrays', BOOLEAN],
  ['msftwinrm:includepropertymetadata', BOOLEAN],
  ['IncludeInheritanceHierarchy', BOOLEAN],
  ['IncludeInheritedElements', BOOLEAN],
  ['IncludeQualifiers', BOOLEAN],
  ['IncludeClassOrigin', BOOLEAN],
  ['IncludeSubClasses', BOOLEAN],
  ['IncludePath', BOOLEAN],
  ['ExcludeClassSpecification', BOOLEAN],
]);

/** Options that this endpoint knows, but only when they say no. */
const refused = new NameMap<true>([
  ['IncludePath', true],
  ['ExcludeClassSpecification', true],
]);

const emptyOptions: OptionSet = new NameMap();

/**
 * Reads `w:OptionSet`. Unknown options are passed over unless the request insists on them, by `MustComply` on the
 * option or by mustUnderstand on the set.
 *
 * @throws WsmanFault InvalidOptionName, InvalidOptionValue, OptionNotSupported, OptionLimit
 */
export function readOptionSet(set: XmlElement | undefined): OptionSet {
  if (!set || set.children.length === 0) return emptyOptions;
  if (set.children.length > MAX_OPTIONS) throw new WsmanFault('OptionLimit');
  const insists = isMandatory(set);
  const options = new NameMap<(string | null)[]>();
  for (const option of set.children) if (option.localName === 'Option') addOption(options, option, insists);
  return options;
}

/** @param insists the client wants all options of the set complied with */
function addOption(options: NameMap<(string | null)[]>, option: XmlElement, insists: boolean): void {
  const name = attributeOf(option, 'Name')?.trim();
  if (!name) throw new WsmanFault('InvalidOptionName', 'An Option has no Name.');
  const value = isNil(option) ? null : option.text.trim();
  if (insists || isTrue(attributeOf(option, 'MustComply'))) requireSupport(name, value);
  const values = options.get(name);
  if (values) values.push(value);
  else options.set(name, [value]);
}

/** True when a boolean option is set. */
export function hasOption(options: OptionSet, name: string): boolean {
  return options.get(name)?.some((value) => value !== null && isTrue(value)) ?? false;
}

/** Whoever insists on an option hears when it cannot be had, in place of an answer that passes over it. */
function requireSupport(name: string, value: string | null): void {
  if (/^wmi(array)?:/i.test(name)) return;
  const form = complied.get(name);
  if (!form || (refused.has(name) && value !== null && isTrue(value))) {
    const text = `Option ${shorten(name, 200)} must be complied with but is not supported.`;
    const fault = new WsmanFault('OptionNotSupported', text);
    throw form ? fault : aboutName(fault, { kind: 'option', name, known: [...complied.keys()] });
  }
  if (value === null || !form.test(value)) {
    throw new WsmanFault('InvalidOptionValue', `Option ${name} cannot be '${shorten(value ?? 'NULL')}'.`);
  }
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^\s*(true|1)\s*$/i.test(value);
}
