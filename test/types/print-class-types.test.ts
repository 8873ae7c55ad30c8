import { describe, expect, it } from 'vitest';
import { printClassTypes } from '../../src/types/print-class-types.js';
import { compileClass } from './compile-class.js';

/** The lines of the interface, without indentation. */
const lines = (members: string) =>
  printClassTypes(compileClass(members))
    .split('\n')
    .map((line) => line.trim());

describe('the interface of a class', () => {
  it.each([
    ['uint64 P', 'bigint | null'],
    ['sint64 P', 'bigint | null'],
    ['uint32 P', 'number | null'],
    ['real64 P', 'number | null'],
    ['boolean P', 'boolean | null'],
    ['char16 P', 'string | null'],
    ['datetime P', 'CimDateTime | null'],
    ['uint8 P[]', 'readonly (number | null)[] | null'],
    ['[EmbeddedInstance("T_X")] string P', 'CimInstance | null'],
    ['[EmbeddedObject] string P', 'CimInstance | CimClass | null'],
    ['[EmbeddedObject] string P[]', 'readonly (CimInstance | CimClass | null)[] | null'],
  ])('gives the property %s the type %s', (member, type) => {
    expect(lines(`${member};`)).toContain(`readonly P: ${type};`);
  });

  it('has no NULL for keys and for what is required', () => {
    expect(lines('[Required] uint16 P[];')).toEqual(
      expect.arrayContaining(['readonly Id: string;', 'readonly P: readonly (number | null)[];']),
    );
  });

  it('says what a method takes and gives back', () => {
    const method =
      'uint32 Do([In, Required] string A, [In] sint64 B, [In(false), Out] boolean C, [In, Out, Required] real32 D);';
    expect(printClassTypes(compileClass(method))).toBe(`export interface T_X {
  readonly properties: {
    readonly Id: string;
  };
  readonly methods: {
    readonly Do: {
      readonly input: {
        readonly A: string;
        readonly B?: bigint | null;
        readonly D: number;
      };
      readonly output: {
        readonly C: boolean | null;
        readonly D: number | null;
        readonly ReturnValue: number;
      };
    };
  };
}
`);
  });

  it('has a path for a reference', () => {
    expect(lines('uint32 Do(T_X REF P);')).toContain('readonly P?: InstancePath | null;');
  });

  it('marks a static method', () => {
    expect(lines('[Static] uint32 Do();')).toContain('readonly isStatic: true;');
  });

  it('lets nothing be given to a method without input, nor be called on a class without methods', () => {
    expect(lines('uint32 Do();')).toContain('readonly input: Record<never, never>;');
    expect(lines('')).toContain('readonly methods: Record<never, never>;');
  });
});
