import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasPassword, shownPlace, statePlace } from '../../src/state/state-place.js';

describe('a state, by its name', () => {
  it('is a folder, a database, or none', () => {
    expect(['none', 'lab', 'postgres://db/lab', 'postgresql://db/lab'].map(statePlace)).toEqual([
      { kind: 'memory' },
      { kind: 'lmdb', directory: resolve('lab') },
      { kind: 'postgres', url: 'postgres://db/lab' },
      { kind: 'postgres', url: 'postgresql://db/lab' },
    ]);
  });

  it.each(['mysql://root:hush@db/lab', 'https://hush@db', 'file:///hush'])(
    'is no other URL, and tells nothing of %s',
    (text) => {
      expect(() => statePlace(text)).toThrow(/^expected a folder, none, or a URL postgres:/);
      expect(() => statePlace(text)).not.toThrow(/hush/);
    },
  );

  it('may be a folder of Windows with its drive', () => {
    expect(statePlace('C:\\labs\\one').kind).toBe('lmdb');
  });

  it.each([
    ['postgres://lab:hush@db:5432/lab', 'postgres://lab@db:5432/lab'],
    ['postgres://lab:hu@sh@db/lab', 'postgres://lab@db/lab'],
    ['postgres://lab:@db/lab', 'postgres://lab@db/lab'],
    ['postgres://lab@db/lab?password=hush', 'postgres://lab@db/lab'],
    ['postgres://lab@db/lab?password=hush&sslmode=require', 'postgres://lab@db/lab?sslmode=require'],
    ['postgres://lab@db/lab?sslmode=require&password=hush', 'postgres://lab@db/lab?sslmode=require'],
  ])('is shown without its password: %s', (text, shown) => {
    expect([shownPlace(text), hasPassword(text)]).toEqual([shown, true]);
  });

  it.each(['postgres://lab@db/lab', 'postgres:///lab', 'postgres://db/a:b@c', 'labs/a:b@c'])(
    'is shown as it is without one: %s',
    (text) => {
      expect([shownPlace(text), hasPassword(text)]).toEqual([text, false]);
    },
  );
});
