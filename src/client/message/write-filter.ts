import type { InstancePath } from '../../cim/model/instance-path.js';
import type { AssociationOptions, EnumerationFilter } from '../enumerate-options.js';
import type { RequestElement } from './request-element.js';
import type { AddressingStyle } from './request-target.js';
import { checkName, checkText, writeReference } from './request-writer.js';
import { namespaces } from './wsman-names.js';

/** The dialects' URIs as Windows writes them (MS-WSMV 2.2.4.15). */
const dialects = {
  wql: 'http://schemas.microsoft.com/wbem/wsman/1/WQL',
  cql: 'http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf',
  selectors: 'http://schemas.dmtf.org/wbem/wsman/1/wsman/SelectorFilter',
  associations: 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationFilter',
} as const;

/** Writes `w:Filter`. @throws TypeError, RangeError for names and values that cannot be sent */
export function writeFilter(parent: RequestElement, filter: EnumerationFilter, style: AddressingStyle): void {
  const open = (dialect: keyof typeof dialects) =>
    parent.ele(namespaces.wsman, 'w:Filter').att('Dialect', dialects[dialect]);
  if ('wql' in filter) open('wql').txt(checkText(filter.wql));
  else if ('cql' in filter) open('cql').txt(checkText(filter.cql));
  else if ('selectors' in filter) writeSelectorFilter(open('selectors'), filter.selectors);
  else if ('associators' in filter) {
    writeAssociations(open('associations'), 'AssociatedInstances', filter.associators, filter.where ?? {}, style);
  } else {
    writeAssociations(open('associations'), 'AssociationInstances', filter.references, filter.where ?? {}, style);
  }
}

function writeSelectorFilter(parent: RequestElement, selectors: Readonly<Record<string, unknown>>): void {
  const set = parent.ele(namespaces.wsman, 'w:SelectorSet');
  for (const [name, value] of Object.entries(selectors)) {
    const selector = set.ele(namespaces.wsman, 'w:Selector').att('Name', checkName(name, 'property'));
    selector.txt(checkText(String(value)));
  }
}

/** The order of the elements is the schema's (DSP0227 §13.1.1); the object's EPR has no level of its own. */
function writeAssociations(
  parent: RequestElement,
  name: 'AssociatedInstances' | 'AssociationInstances',
  object: InstancePath,
  where: AssociationOptions,
  style: AddressingStyle,
): void {
  const query = parent.ele(namespaces.cimBinding, `b:${name}`);
  const add = (element: string, text: string | undefined, what: string) => {
    if (text !== undefined) query.ele(namespaces.cimBinding, `b:${element}`).txt(checkName(text, what));
  };
  writeReference(query.ele(namespaces.cimBinding, 'b:Object'), object, style);
  add('AssociationClassName', where.associationClass, 'class');
  add('Role', where.role, 'reference');
  add('ResultClassName', where.resultClass, 'class');
  add('ResultRole', where.resultRole, 'reference');
  for (const property of where.properties ?? []) add('IncludeResultProperty', property, 'property');
}
