import { NameMap, sameName } from '../../cim/model/name-map.js';
import { bindQueryInSteps } from '../../query/bind-query.js';
import { bindSelectorFilter } from '../../query/bind-selector-filter.js';
import type { BoundQuery } from '../../query/bound-query.js';
import { parseCqlInSteps } from '../../query/parse-cql.js';
import { parseWqlInSteps } from '../../query/parse-wql.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { isMiClient } from '../header/mi-client.js';
import { readSelectorSet } from '../header/selector-set.js';
import { findTarget } from '../target.js';
import type { EnumerationState, FilterText } from './enumeration-state.js';
import { keepFilter } from './make-filter.js';
import { openAssociationQuery } from './open-associations.js';
import { openClassQuery } from './open-class-query.js';
import { instancesState, type Opening, pathsOf, placeOf, writtenAs } from './opening.js';

/** What a WQL query finds: instances, classes, or what is associated. @throws CimError InvalidQuery, InvalidClass */
export async function openWql(opening: Opening, text: string): Promise<EnumerationState> {
  const { resource } = opening.request;
  const statement = await opening.work.finish(parseWqlInSteps(text));
  switch (statement.kind) {
    case 'Select': {
      const binding = bindQueryInSteps(statement, resource.space.schema, placeOf(resource, opening.context));
      const query = await opening.work.finish(binding);
      return openQuery(opening, query, { kind: 'wql', text });
    }
    case 'SelectClasses':
      return openClassQuery(opening, statement);
    default:
      return openAssociationQuery(opening, statement);
  }
}

/** @throws CimError InvalidQuery, InvalidClass */
export async function openCql(opening: Opening, text: string): Promise<EnumerationState> {
  const { resource } = opening.request;
  const statement = await opening.work.finish(parseCqlInSteps(text));
  const binding = bindQueryInSteps(statement, resource.space.schema, placeOf(resource, opening.context));
  const query = await opening.work.finish(binding);
  return openQuery(opening, query, { kind: 'cql', text });
}

/**
 * The instances of the resource's class whose properties equal the selectors.
 *
 * @throws WsmanFault CannotProcessFilter; CimError InvalidQuery, InvalidClass
 */
export async function openSelectors(opening: Opening, element: XmlElement): Promise<EnumerationState> {
  const { resource, header } = opening.request;
  if (resource.kind !== 'class') {
    throw new WsmanFault('CannotProcessFilter', 'A selector filter is for the resource URI of a class.');
  }
  const { cimClass } = findTarget(resource, header.selectors);
  const set = element.children.find(({ localName }) => localName === 'SelectorSet');
  if (!set) throw new WsmanFault('CannotProcessFilter', 'A selector filter holds a SelectorSet.');
  const selectors = readFilterSelectors(set);
  const query = bindSelectorFilter(new NameMap(selectors), cimClass.name, resource.space.schema);
  return openQuery(opening, query, { kind: 'selectors', className: cimClass.name, selectors });
}

/**
 * A query is looked up by key or index when it says enough, and searched for page by page otherwise. What polymorphism
 * is about is the class behind FROM: the resource URI may name another, or all.
 */
async function openQuery(opening: Opening, query: BoundQuery, filter: FilterText): Promise<EnumerationState> {
  const { resource, broker } = opening.request;
  const { space } = resource;
  const { className, within, equalities, projection } = query;
  const subclasses = opening.enumerate.polymorphism !== 'None';
  // Windows writes what a query projects without its class (MS-WSMV 3.1.4.1.13, notes 58 and 59), which MI clients can do without.
  const asFragment = projection !== undefined && !isMiClient(opening.request.header);
  const choice = { properties: projection, asFragment, asClass: writtenAs(className, opening) };
  // Instances of a subclass are all that could match, and none of them is wanted.
  if (!subclasses && within !== className) return instancesState(opening, {}, choice);
  const found = await broker.findInstances(space.name, within, equalities);
  keepFilter(filter, query);
  if (found) {
    const wanted = await opening.work.filter(
      found,
      (one) => (subclasses || sameName(one.className, className)) && query.judge(one),
    );
    return instancesState(opening, { pending: await pathsOf(wanted, opening), filter }, choice);
  }
  const cursor = await broker.openInstances(space.name, within, { subclasses });
  return instancesState(opening, { cursor, filter }, choice);
}

/** MS-WSMV 3.1.4.1.13: no name twice, no quotation marks. */
function readFilterSelectors(set: XmlElement): (readonly [string, string])[] {
  try {
    const selectors = [...readSelectorSet(set)].map(([name, { text }]) => [name, text] as const);
    if (selectors.every(([, text]) => !/['"]/.test(text))) return selectors;
  } catch (error) {
    if (!(error instanceof WsmanFault)) throw error;
    throw new WsmanFault('CannotProcessFilter', error.reason);
  }
  throw new WsmanFault('CannotProcessFilter', 'The values of a selector filter hold no quotation marks.');
}
