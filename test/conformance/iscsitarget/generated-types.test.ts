import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CimClass } from '../../../src/cim/model/cim-class.js';
import { loadNamespace } from '../../iscsitarget/iscsitarget-schema.js';

interface Generator {
  fileNameOf(className: string): string;
  printProviderTypes(cimClass: CimClass): string;
}

const scripts = new URL('../../../scripts/generate-provider-types/', import.meta.url);
const generated = new URL('../../../src/iscsitarget/generated/', import.meta.url);
const generator: Generator = await import(new URL('print-provider-types.mjs', scripts).href);

describe('the generated types', () => {
  const { schema } = loadNamespace();
  const files = new Map([...schema.classes].map((each) => [generator.fileNameOf(each.name), each]));

  it.each(readdirSync(generated))('%s says what the MOF of its class says', (file) => {
    const cimClass = files.get(file);
    if (!cimClass) throw new Error(`${file} belongs to no class`);
    expect(readFileSync(new URL(file, generated), 'utf8')).toBe(generator.printProviderTypes(cimClass));
  });
});
