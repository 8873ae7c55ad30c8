import { describe, expect, it } from 'vitest';
import { CimInstance } from '../../src/cim/model/cim-instance.js';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { createScrubber } from '../../src/lab/scrub.js';

const note = (text: string) => {
  const one = new CimInstance('T', [['Note', text]]);
  return createScrubber([one]).instance(one).get('Note');
};

describe('what tells one machine from another', () => {
  it.each([
    ['10.0.0.7 and 10.0.0.8 and 10.0.0.7', '192.0.2.1 and 192.0.2.2 and 192.0.2.1'],
    ['fe80::1:2 or 2001:0db8:0000:0000:0000:ff00:0042:8329', '2001:db8::1 or 2001:db8::2'],
    ['00:1b:44:11:3a:b7, 00-1B-44-11-3A-B8', '02-00-5E-00-00-01, 02-00-5E-00-00-02'],
    ['https://10.0.0.7:5986/wsman', 'https://192.0.2.1:5986/wsman'],
  ])('is replaced, the same by the same: %s', (text, scrubbed) => {
    expect(note(text)).toBe(scrubbed);
  });

  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '::1',
    '12:30:45',
    '1.2.3',
    '1.2.3.4.5',
    'a::b::c',
    'iqn.1991-05.com.example:host',
    '20261129',
  ])('is not in %s', (text) => expect(note(text)).toBe(text));

  it('is replaced in keys, references, arrays and embedded instances as in the property itself', () => {
    const path = (id: string) => new InstancePath({ className: 'T', keys: { SerialNumber: id } });
    const one = new CimInstance('T', [['SerialNumber', 'CZ1']], path('CZ1'));
    const other = new CimInstance(
      'U',
      [
        ['Peer', path('CZ1')],
        ['Many', ['CZ1', null, 'other']],
        ['Inner', new CimInstance('V', [['Of', 'CZ1']])],
      ],
      path('CZ1'),
    );
    const { instance } = createScrubber([one, other]);
    const [first, second] = [instance(one), instance(other)];
    expect([first.path, second.get('Peer'), second.path].map(String)).toEqual(
      Array(3).fill('T.SerialNumber="SERIAL-0001"'),
    );
    expect([second.get('Many'), (second.get('Inner') as CimInstance).get('Of')]).toEqual([
      ['SERIAL-0001', null, 'other'],
      'SERIAL-0001',
    ]);
  });
});
