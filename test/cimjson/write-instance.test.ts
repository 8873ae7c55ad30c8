import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeInstance } from '../../src/cimjson/encode.js';
import { writeInstance } from '../../src/cimjson/write-instance.js';
import { arbitraryInstance } from './arbitrary-cim.js';

it('writes what is encoded, whether classes are known, unknown or others than they say', () => {
  fc.assert(
    fc.property(arbitraryInstance, arbitraryInstance, ({ instance, declarations }, other) => {
      const anyClass = () => declarations.find(instance.className) ?? other.declarations.find(other.instance.className);
      for (const find of [declarations.find, () => undefined, other.declarations.find, anyClass]) {
        expect(JSON.parse(writeInstance(instance, find))).toEqual(
          JSON.parse(JSON.stringify(encodeInstance(instance, find))),
        );
      }
    }),
    { numRuns: 500 },
  );
});
