import { expect, test } from 'vitest';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { SameInstances } from '../../src/cim/same-instances.js';

/** As if read from a database: a new object each time. */
function read(id: string, size = 0): CimInstance {
  const path = new InstancePath({ namespace: 'root/test', className: 'Disk', keys: { Id: id } });
  return new CimInstance('Disk', Object.entries({ Id: id, Size: size }), path);
}

test('an instance read again is the same object as long as its version is', () => {
  const same = new SameInstances();
  const first = same.of(read('a'), '1');
  expect(same.of(read('a'), '1')).toBe(first);
  expect(same.of(read('A'), '1')).toBe(first);
});

test('an instance of another version is another object from then on', () => {
  const same = new SameInstances();
  same.of(read('a', 1), '1');
  const second = same.of(read('a', 2), '2');
  expect(second.get('Size')).toBe(2);
  expect(same.of(read('a', 2), '2')).toBe(second);
});

test('instances without a path are themselves', () => {
  const embedded = new CimInstance('Disk', []);
  expect(new SameInstances().of(embedded, '1')).toBe(embedded);
});

test('the instances asked for longest ago are forgotten', () => {
  const same = new SameInstances();
  const [first, second] = [same.of(read('first'), '1'), same.of(read('second'), '1')];
  for (let at = 0; at < 65_534; at += 1) same.of(read(`d${at}`), '1');
  expect(same.of(read('first'), '1')).toBe(first);
  same.of(read('one more'), '1');
  expect(same.of(read('second'), '1')).not.toBe(second);
  expect(same.of(read('first'), '1')).toBe(first);
});
