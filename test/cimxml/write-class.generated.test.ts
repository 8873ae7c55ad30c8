import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeClass } from '../../src/cimxml/write-class.js';
import { anySchema } from './class-arbitraries.js';
import { describeClass } from './describe-class.js';
import { findDtdProblems } from './find-dtd-problems.js';
import { parseClass } from './parse-class.js';
import { readCimXml } from './read-cim-xml.js';

const everything = {
  includeQualifiers: true,
  includeInheritedElements: true,
  includeInheritanceHierarchy: true,
  includeClassOrigin: true,
};

const anyOptions = fc.record({
  includeQualifiers: fc.boolean(),
  includeInheritedElements: fc.boolean(),
  includeInheritanceHierarchy: fc.boolean(),
  includeClassOrigin: fc.boolean(),
});

describe('The CIM-XML of any class', () => {
  it('keeps to the DTD, whatever the options', () => {
    fc.assert(
      fc.property(anySchema, anyOptions, (schema, options) => {
        for (const cimClass of schema.classes) {
          expect(findDtdProblems(readCimXml(writeClass(cimClass, options)))).toEqual([]);
        }
      }),
    );
  });

  it('says all that the class says, when all is wanted', () => {
    fc.assert(
      fc.property(anySchema, (schema) => {
        for (const cimClass of schema.classes) {
          expect(parseClass(readCimXml(writeClass(cimClass, everything)))).toEqual(describeClass(cimClass));
        }
      }),
    );
  });
});
