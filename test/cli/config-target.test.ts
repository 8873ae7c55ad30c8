import { describe, expect, it } from 'vitest';
import { configSection } from '../../src/cli/config-target.js';

describe('the configuration', () => {
  it.each<[string, string]>([
    ['winrm/config', ''],
    ['WinRM/Config/Service/', 'Service'],
    ['http://schemas.microsoft.com/wbem/wsman/1/config', ''],
    ['http://schemas.microsoft.com/wbem/wsman/1/config/service/auth', 'service/auth'],
  ])('is named by %s', (target, section) => {
    expect(configSection(target)).toBe(section);
  });

  it.each(['winrm', 'CIM_Service', 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/config', 'x/winrm/config'])(
    'is not %s',
    (target) => {
      expect(configSection(target)).toBeUndefined();
    },
  );
});
