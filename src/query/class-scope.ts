import type { CimClass } from '../cim/model/cim-class.js';
import { shorten } from '../cim/model/shorten.js';
import { aboutName } from '../cim/model/unknown-name.js';
import type { Schema } from '../cim/schema/schema.js';
import { resolveSystemProperty } from './instance-scope.js';
import { invalidQuery } from './query-error.js';
import type { QueryScope } from './query-scope.js';
import { classSystemProperties, type QueryPlace } from './system-property.js';

/** The class declarations of a namespace, which have system properties only. */
export function classScope(schema: Schema, place: QueryPlace): QueryScope<CimClass> {
  const systemProperties = classSystemProperties(place);
  return {
    resolve: (path) => {
      const [first, ...more] = path.steps;
      const found = more.length === 0 ? systemProperties.get(first.name) : undefined;
      if (found) return resolveSystemProperty(found, first, path);
      const known = [...systemProperties.values()].map(({ name }) => name);
      const error = invalidQuery(
        path.at,
        `a class has no property '${shorten(first.name, 80)}', but ${known.join(', ')}`,
      );
      throw aboutName(error, { kind: 'word', name: first.name, known });
    },
    isA: (cimClass, name) => schema.isA(cimClass.name, name),
    isSelf: () => false,
  };
}
