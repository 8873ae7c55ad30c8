import { describe, expect, it } from 'vitest';
import { parseContentType } from '../../src/http/content-type.js';
import { httpRequest, startTestListeners } from './test-listeners.js';

describe('Content-Type', () => {
  it.each([
    ['application/soap+xml', undefined],
    ['application/soap+xml;charset=UTF-8', 'utf-8'],
    ['application/soap+xml; charset="utf-8"', 'utf-8'],
    ['application/soap+xml ; charset = UTF-16', 'utf-16'],
    ['Application/SOAP+XML;action="urn:x";charset=utf-16le', 'utf-16le'],
    ['application/soap+xml;charset=', undefined],
    ['text/xml;charset=utf-8', 'utf-8'],
  ])('reads the charset of %j', (value, charset) => {
    expect(parseContentType(value)?.charset).toBe(charset);
  });

  it.each(['', 'xml', '/', 'a/b/c', 'text xml', ';charset=utf-8'])('is none: %j', (value) => {
    expect(parseContentType(value)).toBeUndefined();
  });

  it('is handed on with its charset', async () => {
    await using server = await startTestListeners();
    const { body } = await server.ask(httpRequest({ headers: { 'Content-Type': 'text/xml; charset="UTF-16"' } }));
    expect(JSON.parse(body)).toMatchObject({ charset: 'utf-16' });
  });

  it.each(['text/plain', 'application/json', 'multipart/form-data', 'nonsense', 'application/soap+xml, text/xml'])(
    'of another kind is 415 and says what is expected: %s',
    async (value) => {
      await using server = await startTestListeners();
      const { status, headers, body } = await server.ask(httpRequest({ headers: { 'Content-Type': value } }));
      expect(status).toBe(415);
      expect(headers.get('content-type')).toBe('text/plain;charset=UTF-8');
      expect(body).toMatch(/^The Content-Type is not .* expected application\/soap\+xml .*\n$/);
    },
  );

  it('that is missing is 415 and says what is expected', async () => {
    await using server = await startTestListeners();
    const { status, body } = await server.ask(httpRequest({ headers: { 'Content-Type': undefined } }));
    expect(status).toBe(415);
    expect(body).toMatch(/^The request has no Content-Type; expected application\/soap\+xml .*\n$/);
  });

  it('does not help a compressed body', async () => {
    await using server = await startTestListeners();
    const { status, body } = await server.ask(httpRequest({ headers: { 'Content-Encoding': 'SLDC' } }));
    expect({ status, body }).toEqual({ status: 415, body: 'Compressed bodies are not accepted.\n' });
  });
});
