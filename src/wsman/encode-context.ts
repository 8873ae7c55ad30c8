import type { EncodeContext } from '../wscim/encode-value.js';
import { hasOption, type OptionSet } from './header/option-set.js';
import type { CimResource } from './resource.js';

/** How answers about a resource are written. */
export function encodeContextOf(resource: CimResource, options: OptionSet): EncodeContext {
  return {
    family: resource.family,
    namespace: resource.space.name,
    schema: resource.space.schema,
    preciseArrays: hasOption(options, 'msftwinrm:UsePreciseArrays'),
  };
}
