import { describe, expect, it } from 'vitest';
import { printTypesFile } from '../../src/types/print-types-file.js';
import { compileClass } from './compile-class.js';

const head = ['Made.'];
const coded = '[ValueMap{"0"}, Values{"Off"}] uint16 State;';

describe('a file of types', () => {
  it('imports what its types need, each from its module', () => {
    const text = printTypesFile([compileClass('datetime A; uint32 Do(T_X REF B);')], {
      head,
      moduleOf: (name) => `./${name}.js`,
    });
    expect(text).toMatch(
      /^\/\/ Made\.\n\nimport type \{ CimDateTime \} from '\.\/CimDateTime\.js';\nimport type \{ InstancePath \} from '\.\/InstancePath\.js';\n\nexport /,
    );
  });

  it('adds its classes to a registry', () => {
    const text = printTypesFile([compileClass('')], { head, moduleOf: () => 'x', registry: 'x' });
    expect(text).toContain("declare module 'x' {\n  interface CimClasses {\n    T_X: T_X;\n  }\n}\n");
  });

  it.each([
    [true, true],
    [false, false],
  ])('has constants or not, as wanted (%s)', (codes, has) => {
    const text = printTypesFile([compileClass(coded)], { head, moduleOf: () => 'x', codes });
    expect(text.includes('export const T_X')).toBe(has);
  });
});
