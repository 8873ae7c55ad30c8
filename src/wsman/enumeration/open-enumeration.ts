import { LongWork } from '../../cim/long-work.js';
import { aboutName } from '../../cim/model/unknown-name.js';
import { WsmanFault } from '../../soap/wsman-fault.js';
import type { OperationContext, OperationRequest } from '../operation.js';
import { findTarget } from '../target.js';
import type { EnumerateRequest, Filter } from './enumerate-request.js';
import type { EnumerationState } from './enumeration-state.js';
import { openClasses } from './open-classes.js';
import { instancesState, type Opening, writtenAs } from './opening.js';

const WQL = 'http://schemas.microsoft.com/wbem/wsman/1/wql';
const CQL = 'http://schemas.dmtf.org/wbem/cql/1/dsp0202.pdf';
const SELECTORS = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/selectorfilter';
const ASSOCIATIONS = 'http://schemas.dmtf.org/wbem/wsman/1/cimbinding/associationfilter';

/**
 * Decides what an enumeration consists of: instances of a class, the outcome of a filter, or class declarations.
 *
 * @throws WsmanFault FilterDialectRequestedUnavailable, FilteringNotSupported, CannotProcessFilter; CimError InvalidClass, InvalidQuery, NotFound
 */
export async function openEnumeration(
  enumerate: EnumerateRequest,
  request: OperationRequest,
  context: OperationContext,
): Promise<EnumerationState> {
  const { resource } = request;
  const opening = { enumerate, request, context, work: new LongWork(request.call.cancellation) };
  if (resource.kind === 'class-declarations') {
    if (!enumerate.filter) return openClasses(opening);
    throw new WsmanFault(
      'FilteringNotSupported',
      'Classes are chosen by the selector ClassName, or by a query of meta_class.',
    );
  }
  if (enumerate.filter) return openFiltered(opening, enumerate.filter);
  if (resource.kind === 'all-classes') {
    throw new WsmanFault('CannotProcessFilter', 'To enumerate all classes a filter is needed.');
  }
  const { cimClass, path } = findTarget(resource, request.header.selectors);
  if (path.keys.size > 0) {
    throw new WsmanFault('UnexpectedSelectors', 'An enumeration is of a class: key selectors have no place in it.');
  }
  const subclasses = enumerate.polymorphism !== 'None';
  const cursor = await request.broker.openInstances(resource.space.name, cimClass.name, { subclasses });
  return instancesState(opening, { cursor }, { asClass: writtenAs(cimClass.name, opening) });
}

/**
 * The dialect is a URI, but Windows and libmi write it in different cases. What queries need, some fifty modules, is loaded
 * with the first of them: most enumerations have none, and the start does not wait for it.
 */
async function openFiltered(opening: Opening, { dialect, element }: Filter): Promise<EnumerationState> {
  const { resource } = opening.request;
  // The filter says what is looked for; the class of the URI has to exist all the same.
  if (resource.kind === 'class') resource.space.schema.getClass(resource.className);
  switch (dialect.toLowerCase()) {
    case WQL:
      return (await import('./open-query.js')).openWql(opening, element.text.trim());
    case CQL:
      return (await import('./open-query.js')).openCql(opening, element.text.trim());
    case SELECTORS:
      return (await import('./open-query.js')).openSelectors(opening, element);
    case ASSOCIATIONS:
      return (await import('./open-associations.js')).openAssociations(opening, element);
    default:
      throw aboutName(
        new WsmanFault('FilterDialectRequestedUnavailable', `Filter dialect ${dialect.slice(0, 200)} is not known.`),
        { kind: 'word', name: dialect, known: [WQL, CQL, SELECTORS, ASSOCIATIONS] },
      );
  }
}
