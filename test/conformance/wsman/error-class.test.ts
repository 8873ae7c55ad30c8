import { describe, expect, it } from 'vitest';
import { DMTF, NAMESPACE, request } from '../../support/envelopes.js';
import { at, readTree, type Tree } from '../../support/read-answer.js';
import { runEndpoint } from '../../support/running-endpoint.js';

const GET = 'http://schemas.xmlsoap.org/ws/2004/09/transfer/Get';
const DECLARATIONS = 'http://schemas.dmtf.org/wbem/cim-xml/2/cim-schema/2/*';
const cimTypes: Readonly<Record<string, string>> = {
  'cim:cimUnsignedInt': 'uint32',
  'cim:cimUnsignedShort': 'uint16',
  'cim:cimString': 'string',
};

describe('the class of the instance in a fault', () => {
  const running = runEndpoint();
  const get = async (resourceUri: string, selectors: Readonly<Record<string, string>>) =>
    readTree((await running.post(request({ action: GET, resourceUri, selectors, body: '' }))).text);

  it.each([NAMESPACE, 'root/interop', 'root/wmi'])(
    'can be fetched in %s, and declares what the fault holds',
    async (namespace) => {
      const selectors = { __cimnamespace: namespace, ClassName: 'MSFT_WmiError' };
      const declared = at(await get(DECLARATIONS, selectors), 'Envelope', 'Body', 'CLASS');
      expect(at(declared, '@SUPERCLASS')).toBe('CIM_Error');
      const types = new Map((at(declared, 'PROPERTY') as Tree[]).map((one) => [at(one, '@NAME'), at(one, '@TYPE')]));

      const missing = await get(`${DMTF}CIM_Nothing`, { __cimnamespace: namespace, Name: 'x' });
      const error = at(missing, 'Envelope', 'Body', 'Fault', 'Detail', 'MSFT_WmiError') as Tree;
      const written = Object.entries(error).filter(([name]) => !name.startsWith('@') && name !== '#text');
      expect(written).toHaveLength(17);
      for (const [name, element] of written)
        expect([name, types.get(name)]).toEqual([name, cimTypes[String(at(element, '@type'))]]);
    },
  );
});
