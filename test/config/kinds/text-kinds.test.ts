import { describe, expect, it } from 'vitest';
import { choice, onOff, path, pathFrom } from '../../../src/config/kinds/text-kinds.js';

describe('a switch', () => {
  it.each([
    ['1', true],
    ['TRUE', true],
    ['yes', true],
    ['0', false],
    ['false', false],
    ['off', false],
  ])('takes %j for %j', (value, on) => {
    expect(onOff.read(value, undefined)).toBe(on);
  });

  it('takes nothing else', () => {
    expect(() => onOff.read('maybe', undefined)).toThrow('expected true or false');
  });
});

describe('a choice', () => {
  it('takes its words, and tells them', () => {
    const kind = choice('<level>', ['low', 'high']);
    expect(kind.read('low', undefined)).toBe('low');
    expect(() => kind.read('Low', undefined)).toThrow('Allowed choices are low, high.');
  });
});

describe('a path in a file', () => {
  it('is found from where the file lies, unless it is absolute, or a word', () => {
    expect(pathFrom('etc/lab', 'key.pem')).toBe('etc/lab/key.pem');
    expect(pathFrom('etc/lab', '/key.pem')).toBe('/key.pem');
    expect(pathFrom('', 'key.pem')).toBe('key.pem');
    expect(path('<dir>', 'none').fromFile?.('none', 'etc/lab')).toBe('none');
  });
});
