import { describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { ItemCache } from '../../../src/wsman/enumeration/item-cache.js';

function counting(markup: (instance: CimInstance) => string) {
  const written: CimInstance[] = [];
  const write = (instance: CimInstance) => {
    written.push(instance);
    return markup(instance);
  };
  return { written, write };
}

const instance = new CimInstance('TEST_System', [['Name', 'ä']]);

describe('an item', () => {
  it('is written once for a shape', () => {
    const cache = new ItemCache();
    const { written, write } = counting(() => '<x/>');
    cache.get(instance, 'objects', write);
    cache.get(instance, 'objects', write);
    expect(written).toHaveLength(1);
  });

  it('is written anew in another shape', () => {
    const cache = new ItemCache();
    cache.get(instance, 'objects', () => '<object/>');
    expect(cache.get(instance, 'references', () => '<reference/>').xml).toBe('<reference/>');
  });

  it('is not taken for that of a changed instance', () => {
    const cache = new ItemCache();
    cache.get(instance, 'objects', () => 'before');
    expect(cache.get(instance.with({ Name: 'b' }), 'objects', () => 'after').xml).toBe('after');
  });

  it('knows its size in UTF-8', () => {
    expect(new ItemCache().get(instance, 'objects', () => 'äö').bytes).toBe(4);
  });

  it('is forgotten when too many are kept', () => {
    const cache = new ItemCache();
    const { written, write } = counting(() => 'x'.repeat(1024 * 1024));
    const many = Array.from({ length: 9 }, (_, n) => new CimInstance('TEST_System', [['Name', String(n)]]));
    for (const one of many) cache.get(one, 'objects', write);
    for (const one of many.slice(0, 8)) cache.get(one, 'objects', write);
    expect(written).toHaveLength(17);
  });
});
