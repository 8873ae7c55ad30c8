import { expect, test } from 'vitest';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { encodeReference } from '../../src/wscim/encode-reference.js';

const parts = { className: 'LAB_Thing', keys: { Id: 'one & two' } };

test('the same path is written as the request wants it, time after time', () => {
  const here = new InstancePath({ namespace: 'root/lab', ...parts });
  const anywhere = new InstancePath(parts);
  for (let time = 0; time < 2; time++) {
    const dmtf = encodeReference(here, 'dmtf', 'root/other');
    expect(dmtf).toContain('>http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/LAB_Thing</w:ResourceURI>');
    expect(dmtf).toContain('<w:Selector Name="__cimnamespace">root/lab</w:Selector>');
    const wmi = encodeReference(here, 'wmi', 'root/other');
    expect(wmi).toContain('>http://schemas.microsoft.com/wbem/wsman/1/wmi/root/lab/LAB_Thing</w:ResourceURI>');
    expect(wmi).not.toContain('__cimnamespace');
    for (const namespace of ['root/a', 'root/b']) {
      expect(encodeReference(anywhere, 'dmtf', namespace)).toContain(`Name="__cimnamespace">${namespace}<`);
      expect(encodeReference(anywhere, 'wmi', namespace)).toContain(`/wmi/${namespace}/LAB_Thing<`);
    }
  }
});

test('more paths than are remembered are all written', () => {
  for (let n = 0; n < 600; n++) {
    const path = new InstancePath({ namespace: 'root/lab', className: 'LAB_Thing', keys: { Id: `${n}` } });
    expect(encodeReference(path, 'dmtf', 'root/lab')).toContain(`<w:Selector Name="Id">${n}</w:Selector>`);
  }
});
