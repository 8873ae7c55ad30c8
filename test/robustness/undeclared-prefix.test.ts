import { describe, expect, it } from 'vitest';
import { inputXml, request } from '../support/envelopes.js';
import { readFault, readTree, textAt } from '../support/read-answer.js';
import { runEndpoint } from '../support/running-endpoint.js';

const withInput = (parameters: string) => request({ body: inputXml(parameters) });
const typedName = (type: string, text = 'a') =>
  `<i:PipeElementName xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${type}">${text}</i:PipeElementName>`;

describe('a message with a prefix that nobody declared', () => {
  const running = runEndpoint();

  it.each([
    ['a header block', request({ headers: '<zz:Trace/>' })],
    ['the first header block', request().replace('<s:Header>', '<s:Header><zz:Trace/>')],
    ['an attribute', request().replace('<w:SelectorSet>', '<w:SelectorSet zz:a="b">')],
    ['a parameter', withInput('<zz:PipeElementName>a</zz:PipeElementName>')],
    ['the type of a value', withInput(typedName('zz:string'))],
    ['the type of a value, in a large message', withInput(typedName('zz:string', 'x'.repeat(100_000)))],
  ])('relates its fault to the request when nobody declared the prefix of %s', async (_what, message) => {
    const answer = await running.post(message);
    expect(readFault(answer.text)).toMatchObject({ windowsCode: '2150858819' });
    expect(textAt(readTree(answer.text), 'Envelope', 'Header', 'RelatesTo')).toBe(
      'uuid:11111111-0000-0000-0000-000000000001',
    );
  });

  it('relates no fault to a request whose MessageID has the undeclared prefix', async () => {
    const answer = await running.post(request().replace(/ xmlns:a="[^"]*"/, ''));
    expect(readFault(answer.text)).toMatchObject({ windowsCode: '2150858819' });
    expect(answer.text).not.toContain('RelatesTo');
  });

  it('takes the types that clients write without declaring their prefix', async () => {
    for (const type of ['cim:cimString', 'xs:string']) {
      expect((await running.post(withInput(typedName(type)))).text).not.toContain('2150858819');
    }
  });
});
