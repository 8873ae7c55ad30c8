import { describe, expect, it } from 'vitest';
import { CimInstance } from '../../../src/cim/model/cim-instance.js';
import { RememberedItems } from '../../../src/wsman/enumeration/remembered-items.js';

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
    const remembered = new RememberedItems();
    const { written, write } = counting(() => '<x/>');
    remembered.get(instance, 'objects', write);
    remembered.get(instance, 'objects', write);
    expect(written).toHaveLength(1);
  });

  it('is written anew in another shape', () => {
    const remembered = new RememberedItems();
    remembered.get(instance, 'objects', () => '<object/>');
    expect(remembered.get(instance, 'references', () => '<reference/>').xml).toBe('<reference/>');
  });

  it('is not taken for that of a changed instance', () => {
    const remembered = new RememberedItems();
    remembered.get(instance, 'objects', () => 'before');
    expect(remembered.get(instance.with({ Name: 'b' }), 'objects', () => 'after').xml).toBe('after');
  });

  it('knows its size in UTF-8', () => {
    expect(new RememberedItems().get(instance, 'objects', () => 'äö').bytes).toBe(4);
  });

  it('is forgotten when too many are kept', () => {
    const remembered = new RememberedItems();
    const { written, write } = counting(() => 'x'.repeat(1024 * 1024));
    const many = Array.from({ length: 9 }, (_, n) => new CimInstance('TEST_System', [['Name', String(n)]]));
    for (const one of many) remembered.get(one, 'objects', write);
    for (const one of many.slice(0, 8)) remembered.get(one, 'objects', write);
    expect(written).toHaveLength(17);
  });
});
