import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NAMESPACE } from '../../support/envelopes.js';
import { readRecordedRequest } from '../../support/recorded-request.js';
import { runEndpoint } from '../../support/running-endpoint.js';

const captures = new URL('../../../fixtures/captures/', import.meta.url);
const recorded = readdirSync(captures).filter((name) => name.endsWith('.http'));

/** The blocks of the Header the other way round; SOAP gives their order no meaning. */
function turnHeader(xml: string): string {
  return xml.replace(/(<s:Header>)([\s\S]*?)(<\/s:Header>)/, (_, start: string, inside: string, end: string) => {
    const blocks: string[] = [];
    for (let rest = inside.trim(); rest !== ''; ) {
      const name = /^<([\w:]+)/.exec(rest)?.[1] ?? '';
      const empty = new RegExp(`^<${name}\\b[^>]*/>`).exec(rest)?.[0];
      const block = empty ?? rest.slice(0, rest.indexOf(`</${name}>`) + name.length + 3);
      blocks.unshift(block);
      rest = rest.slice(block.length).trim();
    }
    return start + blocks.join('') + end;
  });
}

/** Other names for all declared prefixes; what a client leaves undeclared stays as it is. */
function renamePrefixes(xml: string): string {
  const declared = new Set(Array.from(xml.matchAll(/xmlns:(\w+)=/g), ([, prefix]) => prefix));
  let text = xml;
  for (const prefix of declared) {
    text = text
      .replaceAll(new RegExp(`(?<=[</ "])${prefix}:(?=\\w)`, 'g'), `other-${prefix}:`)
      .replaceAll(`xmlns:${prefix}=`, `xmlns:other-${prefix}=`);
  }
  return text;
}

const layOut = (xml: string) =>
  xml.replaceAll('><', '>\r\n   <').replaceAll(/>(uuid:[^<]*|https?:[^<]*)</gi, '>\r\n  $1\r\n <');

const utf8 = 'application/soap+xml;charset=UTF-8';
const utf16 = 'application/soap+xml;charset=UTF-16';
const variants: readonly (readonly [string, (xml: string) => string | Uint8Array, string])[] = [
  ['its header blocks in another order', turnHeader, utf8],
  ['other prefixes', renamePrefixes, utf8],
  ['line breaks and indentation', layOut, utf8],
  ['all three', (xml) => layOut(renamePrefixes(turnHeader(xml))), utf8],
  ['comments', (xml) => xml.replaceAll('><', '><!-- <a> --><'), utf8],
  ['single quotes', (xml) => xml.replaceAll(/(\w+)="([^"'<>]*)"/g, "$1='$2'"), utf8],
  ['UTF-16', (xml) => Buffer.from(`\ufeff${xml.replace('"UTF-8"', '"UTF-16"')}`, 'utf16le'), utf16],
  ['UTF-16 that declares UTF-8', (xml) => Buffer.from(`\ufeff${xml}`, 'utf16le'), utf16],
];

describe.each(recorded)('the recorded request %s', (file) => {
  const running = runEndpoint();
  const xml = readRecordedRequest(file).body.toString();

  /** What a client is told, without what is new in each answer; pipes that were made are taken away again. */
  async function outcome(body: string | Uint8Array, contentType: string) {
    const { status, bytes } = await running.post(body, { headers: { 'content-type': contentType } });
    const text = bytes[0] === 0xff ? bytes.toString('utf16le') : bytes.toString();
    const { broker } = running.endpoint;
    const cursor = await broker.openInstances(NAMESPACE, 'CIMULATOR_ReplicationPipe', { subclasses: true });
    for (const { path } of (await broker.pullInstances(cursor, 10)).instances) {
      if (path) await broker.deleteInstance(path);
    }
    const answer = /<s:Body[^>]*>([\s\S]*)<\/s:Body>/.exec(text)?.[1] ?? '';
    return { status, answer: answer.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '…') };
  }

  it.each(variants)('means the same with %s', async (_, vary, contentType) => {
    const plain = await outcome(xml, utf8);
    expect(plain.answer).not.toBe('');
    expect(await outcome(vary(xml), contentType)).toEqual(plain);
  });
});
