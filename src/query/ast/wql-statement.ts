import type { AssociationStatement } from './association-statement.js';
import type { SelectClassesStatement } from './select-classes-statement.js';
import type { SelectStatement } from './select-statement.js';

/** Everything that one WQL text can be. */
export type WqlStatement = SelectStatement | SelectClassesStatement | AssociationStatement;
