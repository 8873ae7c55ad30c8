import type { WriteClassOptions } from '../../cimxml/write-class-options.js';
import { hasOption, type OptionSet } from './option-set.js';

/**
 * What a client wants to know of classes (DSP0227 §15.8). MI clients send the three they want; who sends none gets
 * everything, since a declaration without qualifiers has neither keys nor parameter directions. CLASSORIGIN is always
 * written: Windows clients assume it (and have no option for it).
 */
export function classOptions(options: OptionSet): WriteClassOptions {
  const wanted = (name: string) => !options.has(name) || hasOption(options, name);
  return {
    includeQualifiers: wanted('IncludeQualifiers'),
    includeInheritedElements: wanted('IncludeInheritedElements'),
    includeInheritanceHierarchy: wanted('IncludeInheritanceHierarchy'),
    includeClassOrigin: wanted('IncludeClassOrigin'),
  };
}
