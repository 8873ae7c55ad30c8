import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classUri, parseClassUri } from '../../src/wscim/resource-uri.js';

const dmtf = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2';
const wmi = 'http://schemas.microsoft.com/wbem/wsman/1/wmi';

describe('the URI of a class', () => {
  test.each([
    [`${dmtf}/CIM_System`, 'dmtf', 'CIM_System', undefined],
    [`${dmtf.toUpperCase()}/cim_system`, 'dmtf', 'cim_system', undefined],
    ['http://schemas.microsoft.com/wbem/wscim/1/cim-schema/2/MSFT_X', 'dmtf', 'MSFT_X', undefined],
    [`${dmtf}/CIM_System?Name=a&Key=b`, 'dmtf', 'CIM_System', undefined],
    [`${dmtf}/CIM_System?a/b`, 'dmtf', 'CIM_System', undefined],
    [`${dmtf}/__Win32Provider`, 'dmtf', '__Win32Provider', undefined],
    [`${dmtf}/*`, 'dmtf', '*', undefined],
    ['http://schemas.dmtf.org/wbem/wscim/1/*', 'dmtf', '*', undefined],
    ['HTTP://SCHEMAS.DMTF.ORG/wbem/wscim/1/*', 'dmtf', '*', undefined],
    [`${wmi}/root/cimv2/Win32_Service`, 'wmi', 'Win32_Service', 'root/cimv2'],
    [`${wmi.toUpperCase()}/ROOT/cimv2/Win32_Service`, 'wmi', 'Win32_Service', 'ROOT/cimv2'],
    [`${wmi}/root/CIM_System?x=y`, 'wmi', 'CIM_System', 'root'],
    [`${wmi}/root\\cimv2/CIM_System`, 'wmi', 'CIM_System', 'root\\cimv2'],
    [`${wmi}/root/cimv2/*`, 'wmi', '*', 'root/cimv2'],
  ])('%s', (uri, family, className, namespace) => {
    expect(parseClassUri(uri)).toEqual({ family, className, namespace });
  });

  test('reads back in both families', () => {
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,20}$/);
    const namespace = fc
      .array(fc.stringMatching(/^[A-Za-z0-9_.-]{1,8}$/), { minLength: 1, maxLength: 4 })
      .map((all) => all.join('/'));
    fc.assert(
      fc.property(name, namespace, (className, where) => {
        expect(parseClassUri(classUri('dmtf', where, className))).toMatchObject({ family: 'dmtf', className });
        expect(parseClassUri(classUri('wmi', where, className))).toEqual({
          family: 'wmi',
          className,
          namespace: where,
        });
      }),
    );
  });
});

describe('is no URI of a class', () => {
  test.each([
    '',
    '*',
    'CIM_System',
    dmtf,
    `${dmtf}/`,
    `${dmtf}/CIM_System/`,
    `${dmtf}/CIM_System/Method`,
    `${dmtf}/CIM System`,
    `${dmtf}/1System`,
    `${dmtf}/CIM_System#x`,
    `${dmtf}/**`,
    `${dmtf}/?CIM_System`,
    `x${dmtf}/CIM_System`,
    `${dmtf.replace('http', 'https')}/CIM_System`,
    'http://schemas.dmtf.org/wbem/wscim/2/*',
    'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/3/CIM_System',
    'http://schemas.dmtf.org/wbem/ws-cim/1/cim-schema/2/*',
    wmi,
    `${wmi}/CIM_System`,
    `${wmi}//CIM_System`,
    `${wmi}/root//CIM_System`,
    `${wmi}/root/`,
    `${wmi}/ro ot/CIM_System`,
    `${dmtf}/${'/'.repeat(100_000)}`,
    `${wmi}/${'a/'.repeat(100_000)} /X`,
  ])('%.80s', (uri) => {
    expect(parseClassUri(uri)).toBeUndefined();
  });
});
