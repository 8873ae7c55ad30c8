import { describe, expect, it } from 'vitest';
import { listOf, pathsOf } from '../../../src/config/kinds/list-of.js';

describe('a list', () => {
  it('grows by each flag, and has a value a line in the variable', () => {
    const kind = listOf('<name>');
    expect(kind.read('c', kind.read('a\n\nb\n', undefined))).toEqual(['a', 'b', 'c']);
  });

  it('is one text or several in a file', () => {
    expect(listOf('<name>').fromFile?.('a', '')).toEqual(['a']);
    expect(listOf('<name>').fromFile?.(['a', 'b'], '')).toEqual(['a', 'b']);
  });

  it('of paths is found from the file, but not what is a name', () => {
    const kind = pathsOf('<name|file.mof>', (value) => value.includes('.'));
    expect(kind.fromFile?.(['two-servers', 'mine.mof'], 'labs')).toEqual(['two-servers', 'labs/mine.mof']);
  });
});
