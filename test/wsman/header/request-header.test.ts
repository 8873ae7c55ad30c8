import { describe, expect, test } from 'vitest';
import { readRequestHeader } from '../../../src/wsman/header/request-header.js';
import { ns } from '../../../src/xml/namespaces.js';
import { readElement } from '../../support/xml-fragment.js';

function read(blocks: string) {
  return readRequestHeader(readElement(`<s:Header xmlns:s="${ns.soap}">${blocks}</s:Header>`).children);
}

const block = (name: string, value: string, attributes = '') => `<w:${name}${attributes}>${value}</w:${name}>`;
const mustUnderstand = ' s:mustUnderstand="true"';

describe('the header of a request', () => {
  test('may be empty', () => {
    expect(read('')).toMatchObject({
      resourceUri: undefined,
      maxEnvelopeSize: undefined,
      operationTimeout: undefined,
    });
  });

  test('is read in any order, with line breaks around values', () => {
    const header = read(
      block('OperationTimeout', '\n PT60.000S\n') +
        block('SelectorSet', '<w:Selector Name="Name">a</w:Selector>') +
        block('MaxEnvelopeSize', ' 512000 ', mustUnderstand) +
        block('ResourceURI', '\n  http://example.org/X\n') +
        block('OptionSet', '<w:Option Name="Flag">true</w:Option>'),
    );
    expect(header).toMatchObject({
      resourceUri: 'http://example.org/X',
      maxEnvelopeSize: 512_000,
      operationTimeout: 60_000,
    });
    expect(header.selectors.get('name')?.text).toBe('a');
    expect(header.options.get('flag')).toEqual(['true']);
  });

  test('takes blocks of other namespaces for what they are', () => {
    expect(read('<m:ResourceURI>x</m:ResourceURI><a:MaxEnvelopeSize>1</a:MaxEnvelopeSize>')).toMatchObject({
      resourceUri: undefined,
      maxEnvelopeSize: undefined,
    });
  });

  test('takes an empty ResourceURI for none', () => {
    expect(read(block('ResourceURI', ' ')).resourceUri).toBeUndefined();
  });

  test.each([
    '',
    ' xml:lang="en-US"',
    ' xml:lang="de-DE"',
    ` xml:lang="EN"${mustUnderstand}`,
    ` xml:lang="en-us"${mustUnderstand}`,
  ])('takes the locale%s', (attributes) => {
    expect(() => read(block('Locale', '', attributes))).not.toThrow();
  });
});

describe('a fault comes of', () => {
  test.each([
    ['ResourceURI given twice', block('ResourceURI', 'a').repeat(2), 'InvalidMessageInformationHeader'],
    ['SelectorSet given twice', block('SelectorSet', '').repeat(2), 'InvalidMessageInformationHeader'],
    ['a ResourceURI of great length', block('ResourceURI', 'x'.repeat(4097)), 'URILimitExceeded'],
    ['a small MaxEnvelopeSize', block('MaxEnvelopeSize', '8191'), 'MinimumEnvelopeLimit'],
    ['MaxEnvelopeSize 0', block('MaxEnvelopeSize', '0'), 'MinimumEnvelopeLimit'],
    ['an empty MaxEnvelopeSize', block('MaxEnvelopeSize', ''), 'SchemaValidationError'],
    ['a negative MaxEnvelopeSize', block('MaxEnvelopeSize', '-1'), 'SchemaValidationError'],
    ['MaxEnvelopeSize in words', block('MaxEnvelopeSize', 'large'), 'SchemaValidationError'],
    ['a MaxEnvelopeSize with a fraction', block('MaxEnvelopeSize', '1e9'), 'SchemaValidationError'],
    ['a MaxEnvelopeSize of great length', block('MaxEnvelopeSize', '9'.repeat(500_000)), 'SchemaValidationError'],
    ['a timeout in seconds', block('OperationTimeout', '60'), 'InvalidTimeout'],
    ['an empty timeout', block('OperationTimeout', ''), 'InvalidTimeout'],
    ['no time', block('OperationTimeout', 'PT0S'), 'InvalidTimeout'],
    ['a negative timeout', block('OperationTimeout', '-PT1S'), 'InvalidTimeout'],
    ['a timeout of great length', block('OperationTimeout', 'P'.repeat(500_000)), 'InvalidTimeout'],
    ['a foreign locale', block('Locale', '', ` xml:lang="de-DE"${mustUnderstand}`), 'UnsupportedLocale'],
    [
      'a locale that only begins like English',
      block('Locale', '', ` xml:lang="enm"${mustUnderstand}`),
      'UnsupportedLocale',
    ],
    ['no language', block('Locale', '', mustUnderstand), 'UnsupportedLocale'],
  ])('%s', (_, blocks, key) => {
    expect(() => read(blocks)).toThrow(expect.objectContaining({ name: 'WsmanFault', key }));
    expect(() => read(blocks)).toThrow(/^.{0,300}$/);
  });
});

test('the smallest MaxEnvelopeSize is 8192', () => {
  expect(read(block('MaxEnvelopeSize', '8192')).maxEnvelopeSize).toBe(8192);
});
