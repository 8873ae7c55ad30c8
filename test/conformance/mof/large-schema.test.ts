import { describe, expect, it } from 'vitest';
import { compileMof } from '../../../src/mof/compile-mof.js';
import { schemaOf, testNamespace } from '../../mof/compile-text.js';
import { largeSchema } from '../../mof/large-schema.mjs';

describe('a schema as large as the DMTF has', () => {
  it('compiles whole', () => {
    const compilation = compileMof([{ file: 'large.mof', text: largeSchema({ wordsPerDescription: 30 }) }], {
      defaultNamespace: testNamespace,
      readInclude: () => {
        throw new Error('the large schema includes nothing');
      },
    });
    expect(compilation.counts.classes).toBe(1600);
    const schema = schemaOf(compilation);
    const deepest = schema.getClass('LARGE_Element1595');
    expect(deepest.keys.map(({ name }) => name)).toEqual(['InstanceID']);
    expect(deepest.properties.size).toBeGreaterThan(50);
  });
});
