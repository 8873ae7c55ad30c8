import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NameMap } from '../../../src/cim/model/name-map.js';
import { standardQualifiers, windowsQualifiers } from '../../../src/mof/windows/qualifier-texts.js';
import { windowsSchema } from '../../../src/mof/windows/windows-schema.js';

const declarationsIn = (text: string) => text.split('\n').filter((line) => line.startsWith('Qualifier '));

describe('what is there on Windows', () => {
  it('has the qualifiers of the built-in schema, in the same words', () => {
    expect(declarationsIn(standardQualifiers)).toEqual(declarationsIn(readFileSync('schemas/qualifiers.mof', 'utf8')));
  });

  it('has each qualifier once', () => {
    const names = [
      ...declarationsIn(standardQualifiers).map((line) => line.split(' ')[1] ?? ''),
      ...Object.values(windowsQualifiers).flatMap((list) => list.split(' ')),
    ];
    expect(new NameMap(names.map((name) => [name, true] as const)).size).toBe(names.length);
  });

  it('compiles, and names no class that is not there', () => {
    expect([...windowsSchema().classes].length).toBeGreaterThan(60);
    expect(windowsSchema().findDanglingReferences()).toEqual([]);
  });
});
