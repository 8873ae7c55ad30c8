import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { writeClass } from '../../src/cimxml/write-class.js';
import type { WriteClassOptions } from '../../src/cimxml/write-class-options.js';
import { compileMof } from '../../src/mof/compile-mof.js';
import { readMofFiles } from '../../src/mof/read-mof-files.js';
import { describeClass } from './describe-class.js';
import { findDtdProblems } from './find-dtd-problems.js';
import { findMiProblems } from './find-mi-problems.js';
import { parseClass } from './parse-class.js';
import { readCimXml } from './read-cim-xml.js';

const schemaFile = fileURLToPath(new URL('../../schemas/schema.mof', import.meta.url));
const { sources, readInclude } = readMofFiles([schemaFile]);
const { namespaces } = compileMof(sources, { defaultNamespace: 'root/cimv2', readInclude });
const classes = [...namespaces.values()].flatMap(({ schema }) => [...schema.classes]);

const everything: WriteClassOptions = {
  includeQualifiers: true,
  includeInheritedElements: true,
  includeInheritanceHierarchy: true,
  includeClassOrigin: true,
};

const selections: readonly (readonly [string, WriteClassOptions])[] = [
  ['with everything', everything],
  ['without qualifiers', { ...everything, includeQualifiers: false }],
  ['without what it inherits', { ...everything, includeInheritedElements: false }],
  ['without hierarchy and origins', { ...everything, includeInheritanceHierarchy: false, includeClassOrigin: false }],
];

describe('Every class of the schema', () => {
  it('is there to be looked at', () => {
    expect(classes.length).toBeGreaterThan(200);
  });

  it.each(selections)('keeps to the DTD %s', (_, options) => {
    const problems = classes.flatMap((cimClass) => findDtdProblems(readCimXml(writeClass(cimClass, options))));
    expect(problems).toEqual([]);
  });

  it.each(selections)('can be read by the MI client %s', (_, options) => {
    const problems = classes.flatMap((cimClass) => {
      const xml = writeClass(cimClass, options);
      return findMiProblems(xml, readCimXml(xml));
    });
    expect(problems).toEqual([]);
  });

  // MI takes an empty string among the values of a property's qualifier, but not of a class's or method's.
  it('has no empty or NULL value in an array, which MI refuses', () => {
    const texts = classes.map((cimClass) => writeClass(cimClass, everything));
    expect(
      texts.filter((xml) => /<VALUE\.NULL|<VALUE\.ARRAY>(<VALUE>[^<]+<\/VALUE>)*<VALUE><\/VALUE>/.test(xml)),
    ).toEqual([]);
  });

  it('says in its declaration all that it is', () => {
    for (const cimClass of classes) {
      expect(parseClass(readCimXml(writeClass(cimClass, everything)))).toEqual(describeClass(cimClass));
    }
  });
});
