import type { EndpointOptions } from '../../endpoint/options/endpoint-options.js';
import { readRuleSchema } from '../../package/read-rule-schema.js';
import type { Kind } from '../setting.js';
import { pathFrom } from './text-kinds.js';

/** A file of rules; in a file of settings the rules themselves, too. */
export const rules: Kind<NonNullable<EndpointOptions['rules']>> = {
  placeholder: '<file>',
  read: (given) => given,
  schema: (type) => type.Union([type.String({ minLength: 1 }), type.Array(type.Unsafe(readRuleSchema()))]),
  fromFile: (given, folder) =>
    typeof given === 'string' ? pathFrom(folder, given) : (given as NonNullable<EndpointOptions['rules']>),
};
