import type { CimInstance } from '../../cim/cim-instance.js';
import { NameMap } from '../../cim/name-map.js';
import type { AssociationStatement } from '../../query/ast/association-statement.js';
import type { SelectClassesStatement } from '../../query/ast/select-classes-statement.js';
import { bindAssociationQuery } from '../../query/bind-association-query.js';
import { bindClassQuery } from '../../query/bind-class-query.js';
import { bindQuery } from '../../query/bind-query.js';
import { bindSelectorFilter } from '../../query/bind-selector-filter.js';
import type { BoundQuery } from '../../query/bound-query.js';
import { parseCql } from '../../query/parse-cql.js';
import { parseWql } from '../../query/parse-wql.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { classOptions } from '../class-options.js';
import type { OperationContext, OperationRequest } from '../operation.js';
import { hasOption } from '../option-set.js';
import { readSelectorSet } from '../selector-set.js';
import { findTarget } from '../target.js';
import { readAssociationFilter } from './association-filter.js';
import type { EnumerateRequest, Filter } from './enumerate-request.js';
import type { EnumerationState, FilterText, InstanceShape } from './enumeration-state.js';

const WQL = 'http://schemas.microsoft.com/wbem/wsman/1/wql';
const CQL = 'http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf';
const SELECTORS = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/selectorfilter';
const ASSOCIATIONS = 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationfilter';

/**
 * Decides what an enumeration consists of: instances of a class, the outcome of a filter, or class declarations.
 *
 * @throws WsmanFault FilterDialectRequestedUnavailable, CannotProcessFilter; CimError InvalidClass, InvalidQuery, NotFound
 */
export async function openEnumeration(
  enumerate: EnumerateRequest,
  request: OperationRequest,
  context: OperationContext,
): Promise<EnumerationState> {
  const { resource } = request;
  const opening = { enumerate, request, context, namespace: resource.namespace.name };
  if (resource.kind === 'class-declarations') return openClasses(opening);
  if (enumerate.filter) return openFiltered(opening, enumerate.filter);
  if (resource.kind === 'all-classes') {
    throw new WsmanFault('CannotProcessFilter', 'To enumerate all classes a filter is needed.');
  }
  const { cimClass, path } = findTarget(resource, request.header.selectors);
  if (path.keys.size > 0) {
    throw new WsmanFault('UnexpectedSelectors', 'An enumeration is of a class: key selectors have no place in it.');
  }
  const subclasses = enumerate.polymorphism !== 'None';
  const cursor = await context.broker.openInstances(opening.namespace, cimClass.name, { subclasses });
  return stateOf(opening, { cursor });
}

interface Opening {
  readonly enumerate: EnumerateRequest;
  readonly request: OperationRequest;
  readonly context: OperationContext;
  readonly namespace: string;
}

/** The dialect is a URI, but Windows and libmi write it in different cases. */
function openFiltered(opening: Opening, { dialect, element }: Filter): Promise<EnumerationState> {
  switch (dialect.toLowerCase()) {
    case WQL:
      return openWql(opening, element.text.trim());
    case CQL:
      return openQuery(opening, bindQuery(parseCql(element.text.trim()), schemaOf(opening)), {
        kind: 'cql',
        text: element.text.trim(),
      });
    case SELECTORS:
      return openSelectors(opening, element);
    case ASSOCIATIONS:
      return openAssociations(opening, element);
    default:
      throw new WsmanFault(
        'FilterDialectRequestedUnavailable',
        `Filter dialect ${dialect.slice(0, 200)} is not known.`,
      );
  }
}

function openWql(opening: Opening, text: string): Promise<EnumerationState> {
  const statement = parseWql(text);
  switch (statement.kind) {
    case 'Select':
      return openQuery(opening, bindQuery(statement, schemaOf(opening)), { kind: 'wql', text });
    case 'SelectClasses':
      return openClassQuery(opening, statement);
    default:
      return openAssociationQuery(opening, statement);
  }
}

/** A query is looked up by key or index when it says enough, and searched for page by page otherwise. */
async function openQuery(opening: Opening, query: BoundQuery, filter: FilterText): Promise<EnumerationState> {
  const { broker } = opening.context;
  const properties = query.projection;
  const found = await broker.findInstances(opening.namespace, query.within, query.equalities);
  if (found) return stateOf(opening, { pending: pathsOf(found.filter((one) => query.matches(one))), properties });
  const cursor = await broker.openInstances(opening.namespace, query.within, { subclasses: true });
  return stateOf(opening, { cursor, filter, properties });
}

async function openSelectors(opening: Opening, element: Filter['element']): Promise<EnumerationState> {
  const { resource, header } = opening.request;
  const { cimClass } = findTarget(resource, header.selectors);
  const set = element.children.find(({ localName }) => localName === 'SelectorSet');
  if (!set) throw new WsmanFault('CannotProcessFilter', 'A selector filter holds a SelectorSet.');
  const selectors = readFilterSelectors(set);
  const query = bindSelectorFilter(new NameMap(selectors), cimClass.name, schemaOf(opening));
  return openQuery(opening, query, { kind: 'selectors', className: cimClass.name, selectors });
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

async function openAssociations(opening: Opening, element: Filter['element']): Promise<EnumerationState> {
  const query = readAssociationFilter(element, opening.request.resource.wscim);
  const { broker } = opening.context;
  const found =
    query.kind === 'associated'
      ? await broker.associators(query.object, query.filter)
      : await broker.references(query.object, query.filter);
  const { properties, excluded } = query;
  return stateOf(opening, { pending: pathsOf(found), properties, excluded });
}

async function openAssociationQuery(opening: Opening, statement: AssociationStatement): Promise<EnumerationState> {
  const { broker } = opening.context;
  const query = bindAssociationQuery(statement, schemaOf(opening));
  const path = query.path.namespace === undefined ? query.path.inNamespace(opening.namespace) : query.path;
  const filter = { ...query.filter, acceptsAssociation: query.acceptsAssociation };
  if (query.schemaOnly) {
    const findClasses = query.kind === 'Associators' ? broker.associatorClasses : broker.referenceClasses;
    const classes = findClasses(path, filter).map(({ name }) => name);
    return classesState(opening, classes.filter(query.acceptsResult));
  }
  const found =
    query.kind === 'Associators' ? await broker.associators(path, filter) : await broker.references(path, filter);
  const wanted = found.filter(({ className }) => query.acceptsResult(className));
  if (query.classDefsOnly) return classesState(opening, [...new Set(wanted.map(({ className }) => className))]);
  const state = stateOf(opening, { pending: pathsOf(wanted) });
  return query.keysOnly ? { ...state, shape: { ...shapeOf(opening), keysOnly: true } } : state;
}

async function openClassQuery(opening: Opening, statement: SelectClassesStatement): Promise<EnumerationState> {
  const schema = schemaOf(opening);
  const query = bindClassQuery(statement, schema);
  const candidates = query.within === undefined ? schema.classes : schema.withSubclasses(query.within);
  return classesState(
    opening,
    [...candidates].filter((one) => query.matches(one)).map(({ name }) => name),
  );
}

/**
 * EnumerateClasses (MS-WSMV 3.1.4.1.38): the subclasses of the class that selector ClassName names; all classes of the
 * namespace when it is empty or missing, as `Get-CimClass` expects.
 */
async function openClasses(opening: Opening): Promise<EnumerationState> {
  const { header } = opening.request;
  const className = header.selectors.get('ClassName')?.text.trim() || undefined;
  const deep = !header.options.has('IncludeSubClasses') || hasOption(header.options, 'IncludeSubClasses');
  const classes = opening.context.broker.enumerateClasses(opening.namespace, { ...(className && { className }), deep });
  return classesState(
    opening,
    classes.map(({ name }) => name),
  );
}

function classesState(opening: Opening, names: readonly string[]): EnumerationState {
  const shape = { kind: 'classes', options: classOptions(opening.request.header.options) } as const;
  return { ...stateOf(opening, { pending: names }), shape };
}

interface Contents {
  readonly pending?: readonly string[];
  readonly cursor?: EnumerationState['cursor'];
  readonly filter?: FilterText;
  readonly properties?: readonly string[] | undefined;
  readonly excluded?: readonly string[] | undefined;
}

function stateOf(opening: Opening, { pending = [], cursor, filter, properties, excluded }: Contents): EnumerationState {
  return {
    namespace: opening.namespace,
    shape: { ...shapeOf(opening), properties, excluded },
    pending,
    nextChunk: 0,
    chunkCount: 0,
    cursor,
    filter,
    total: cursor ? undefined : pending.length,
  };
}

function shapeOf({ enumerate, request }: Opening): InstanceShape {
  const { resource, header } = request;
  return {
    kind: 'instances',
    mode: enumerate.mode,
    uri: resource.uri,
    family: resource.family,
    preciseArrays: hasOption(header.options, 'msftwinrm:UsePreciseArrays'),
    asClass:
      enumerate.polymorphism === 'ExcludeSubClassProperties' && resource.kind === 'class'
        ? resource.className
        : undefined,
  };
}

function schemaOf({ request }: Opening) {
  return request.resource.namespace.schema;
}

function pathsOf(instances: readonly CimInstance[]): readonly string[] {
  return instances.map(({ path }) => String(path));
}
