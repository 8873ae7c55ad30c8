import { describe, expect, it } from 'vitest';
import { CimDateTime } from '../../../src/cim/model/cim-date-time.js';
import { InstancePath } from '../../../src/cim/model/instance-path.js';
import { NameMap } from '../../../src/cim/model/name-map.js';
import type { ClassDescription } from '../../../src/client/class-description.js';
import { typePath } from '../../../src/client/message/read-typed-value.js';

const declared = {
  properties: new NameMap([
    ['When', { type: { name: 'datetime' } }],
    ['Id', { type: { name: 'uint16' } }],
    ['Name', { type: { name: 'string' } }],
  ]),
} as unknown as ClassDescription;

const keyOf = (name: string, text: string) =>
  typePath(new InstancePath({ className: 'LAB_Log', keys: new NameMap([[name, text]]) }), declared).keys.get(name);

describe('the keys of a path', () => {
  it.each(['2026-01-02T03:04:05Z', '20260102030405.000000+000'])(
    'are datetimes where the class says so: %s',
    (text) => {
      const key = keyOf('When', text);
      expect(key).toBeInstanceOf(CimDateTime);
      expect(String(key)).toBe('20260102030405.000000+000');
    },
  );

  it('have the types of the class, and stay text where they do not fit', () => {
    expect(keyOf('Id', '7')).toBe(7);
    expect(keyOf('Name', '7')).toBe('7');
    expect(keyOf('When', 'never')).toBe('never');
    expect(keyOf('Other', '7')).toBe('7');
  });
});
