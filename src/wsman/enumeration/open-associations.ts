import type { AssociationStatement } from '../../query/ast/association-statement.js';
import { bindAssociationQuery } from '../../query/bind-association-query.js';
import type { XmlElement } from '../../xml/xml-element.js';
import { readAssociationFilter } from './association-filter.js';
import type { EnumerationState } from './enumeration-state.js';
import { classesState, instancesState, type Opening, pathsOf } from './opening.js';

/**
 * The objects or associations that an association filter finds (DSP0227 §13). They may be of any class, so that each is
 * written as its own, whatever class the resource URI names.
 *
 * @throws WsmanFault CannotProcessFilter; CimError NotFound, InvalidClass
 */
export async function openAssociations(opening: Opening, element: XmlElement): Promise<EnumerationState> {
  const { broker } = opening.request;
  const query = readAssociationFilter(element, opening.request.resource.wscim);
  const found =
    query.kind === 'associated'
      ? await broker.associators(query.object, query.filter)
      : await broker.references(query.object, query.filter);
  const { properties, excluded } = query;
  return instancesState(opening, { pending: await pathsOf(found, opening) }, { properties, excluded });
}

/**
 * What `ASSOCIATORS OF` or `REFERENCES OF` finds.
 *
 * @throws CimError NotFound, InvalidClass, InvalidQuery
 */
export async function openAssociationQuery(
  opening: Opening,
  statement: AssociationStatement,
): Promise<EnumerationState> {
  const { broker } = opening.request;
  const { name: namespace, schema } = opening.request.resource.space;
  const query = bindAssociationQuery(statement, schema);
  const path = query.path.namespace === undefined ? query.path.inNamespace(namespace) : query.path;
  const { kind, filter } = query;
  if (query.schemaOnly) {
    const found =
      kind === 'Associators' ? broker.associatorClasses(path, filter) : broker.referenceClasses(path, filter);
    const classes = (await found).map(({ name }) => name);
    return classesState(opening, classes.filter(query.acceptsResult));
  }
  const found = await (kind === 'Associators' ? broker.associators(path, filter) : broker.references(path, filter));
  const wanted = await opening.work.filter(found, ({ className }) => query.acceptsResult(className));
  if (query.classDefsOnly) return classesState(opening, [...new Set(wanted.map(({ className }) => className))]);
  return instancesState(opening, { pending: await pathsOf(wanted, opening) }, { keysOnly: query.keysOnly });
}
