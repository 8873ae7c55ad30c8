import { hasOption } from '../header/option-set.js';
import type { EnumerationState } from './enumeration-state.js';
import { classesState, type Opening } from './opening.js';

/**
 * EnumerateClasses (MS-WSMV 3.1.4.1.38): the subclasses of the class that selector ClassName names; all classes of the
 * namespace when it is empty or missing, as `Get-CimClass` expects.
 *
 * @throws CimError InvalidClass
 */
export async function openClasses(opening: Opening): Promise<EnumerationState> {
  const { header, resource, broker } = opening.request;
  const className = header.selectors.get('ClassName')?.text.trim() || undefined;
  const deep = !header.options.has('IncludeSubClasses') || hasOption(header.options, 'IncludeSubClasses');
  const classes = await broker.enumerateClasses(resource.space.name, { className, deep });
  return classesState(
    opening,
    classes.map(({ name }) => name),
  );
}
