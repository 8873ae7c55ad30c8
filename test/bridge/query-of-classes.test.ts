import { expect, it } from 'vitest';
import { isOfClasses } from '../../src/bridge/query-of-classes.js';

it.each([
  ['SELECT * FROM meta_class', true],
  ['select * from META_CLASS where __this isa "CIM_Service"', true],
  ['SELECT * FROM CIM_Service', false],
  ["SELECT * FROM CIM_Service WHERE Name = 'meta_class'", false],
  ["ASSOCIATORS OF {C='}'} WHERE AssocClass = A classdefsonly", true],
  ['ASSOCIATORS OF {Win32_LogicalDisk} WHERE SchemaOnly', true],
  ['references of {Win32_Service} where schemaonly', true],
  ["ASSOCIATORS OF {C='SchemaOnly'} WHERE KeysOnly", false],
  ['ASSOCIATORS OF {C="\\"} ClassDefsOnly"}', false],
  [`ASSOCIATORS OF {C='${'\\\\'.repeat(5000)}`, false],
])('%s asks for classes: %s', (query, expected) => {
  expect(isOfClasses(query)).toBe(expected);
});
