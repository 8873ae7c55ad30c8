import { CimError } from '../cim/model/cim-error.js';
import { describeType } from '../cim/model/cim-type.js';
import type { NameMap } from '../cim/model/name-map.js';
import { shorten } from '../cim/model/shorten.js';
import { aboutName } from '../cim/model/unknown-name.js';
import type { Schema } from '../cim/schema/schema.js';
import { comparisonNode } from './ast/comparison-node.js';
import { literalNode } from './ast/literal-node.js';
import { logicalNode } from './ast/logical-node.js';
import { propertyPathNode } from './ast/property-path-node.js';
import { selectStatement } from './ast/select-statement.js';
import { bindQuery } from './bind-query.js';
import type { BoundQuery } from './bound-query.js';

/**
 * Binds a filter of the dialect `…/wsman/1/wsman/SelectorFilter`: the instances of a class whose properties
 * equal all selectors. That no selector is given twice is for the reader of the filter to see.
 *
 * @throws CimError InvalidClass; InvalidQuery for an unknown property, for one that is an array, a datetime, a
 *   reference or an embedded object, and for a text that is no value of the property
 */
export function bindSelectorFilter(selectors: NameMap<string>, className: string, schema: Schema): BoundQuery {
  const cimClass = schema.getClass(className);
  const comparisons = Array.from(selectors, ([name, value]) => {
    const property = cimClass.properties.get(name);
    if (!property) {
      const error = unusable(`class ${cimClass.name} has no property '${shorten(name, 80)}'`);
      throw aboutName(error, { kind: 'property', name, cimClass });
    }
    const { type } = property;
    if (type.array || type.embedded || type.name === 'datetime' || type.name === 'reference') {
      throw unusable(`${property.name} is of type ${describeType(type)}, by which selectors do not choose`);
    }
    return comparisonNode('=', propertyPathNode([{ name, index: undefined }], 0), literalNode(value, 0));
  });
  const [only, ...more] = comparisons;
  const where = more.length > 0 ? logicalNode('And', comparisons) : only;
  return bindQuery(
    selectStatement({ dialect: 'WQL', projection: undefined, className, alias: undefined, where }),
    schema,
  );
}

function unusable(why: string): CimError {
  return new CimError('InvalidQuery', `Invalid selector filter: ${why}.`);
}
