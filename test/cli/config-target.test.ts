import { describe, expect, it } from 'vitest';
import { parseConfigTarget } from '../../src/cli/config-target.js';

describe('the configuration', () => {
  it.each<[string, string]>([
    ['winrm/config', ''],
    ['WinRM/Config/Service/', 'Service'],
    ['http://schemas.microsoft.com/wbem/wsman/1/config', ''],
    ['http://schemas.microsoft.com/wbem/wsman/1/config/service/auth', 'service/auth'],
  ])('is named by %s', (target, section) => {
    expect(parseConfigTarget(target)).toEqual({ section, selectors: {} });
  });

  it.each(['winrm', 'CIM_Service', 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/config', 'x/winrm/config'])(
    'is not %s',
    (target) => {
      expect(parseConfigTarget(target)).toBeUndefined();
    },
  );

  it('has rows that selectors name, as winrm writes them or one at a time', () => {
    const row = { section: 'listener', selectors: { Address: '*', Transport: 'HTTP' } };
    expect(parseConfigTarget('winrm/config/listener?Address=*+Transport=HTTP')).toEqual(row);
    expect(parseConfigTarget('winrm/config/listener/?Address=*&Transport=HTTP')).toEqual(row);
    expect(parseConfigTarget('winrm/config/listener', ['Address=*', 'Transport=HTTP'])).toEqual(row);
    expect(parseConfigTarget('winrm/config?x=y')).toEqual({ section: '', selectors: { x: 'y' } });
    expect(() => parseConfigTarget('winrm/config/listener?Address')).toThrow('expected Name=value');
    expect(() => parseConfigTarget('winrm/config?x=y', ['X=z'])).toThrow('key X is given twice');
  });
});
