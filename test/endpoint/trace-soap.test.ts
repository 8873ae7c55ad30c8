import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';
import { METHOD, request } from '../support/envelopes.js';

it.each(['kept', 'off'] as const)(
  'a trace has both envelopes, for nobody else to read, with requests %s',
  async (kept) => {
    const folder = join(await mkdtemp(join(tmpdir(), 'cimulator-trace-')), 'new');
    try {
      const endpoint = await startEndpoint({
        users: [{ name: 'ci', password: 'secret' }],
        traceSoap: folder,
        ...(kept === 'off' && { requests: 'off' }),
      });
      const body = `<p:${METHOD}_INPUT xmlns:p="x"><p:SharedSecret>hunter2-hunter2</p:SharedSecret></p:${METHOD}_INPUT>`;
      const authorization = `Basic ${Buffer.from('ci:secret').toString('base64')}`;
      const headers = { 'content-type': 'application/soap+xml;charset=UTF-8', authorization };
      for (const text of [request({ body }), '<a'])
        await fetch(endpoint.http.url, { method: 'POST', headers, body: text });
      await endpoint.close();
      const files = (await readdir(folder)).sort();
      expect(files).toEqual([
        `000001-Invoke-${METHOD}-request.xml`,
        `000001-Invoke-${METHOD}-response.xml`,
        '000002-unreadable-request.xml',
        '000002-unreadable-response.xml',
      ]);
      const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
      expect(texts[0]).toContain('<p:SharedSecret>***</p:SharedSecret>');
      expect(texts.join('')).not.toContain('hunter2');
      expect(texts[3]).toContain('Fault');
      if (process.platform !== 'win32')
        for (const file of files) expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);

it('a trace keeps so many messages, over several starts, and files that are none of its own', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cimulator-trace-'));
  try {
    const old = Array.from({ length: 1001 }, (_, at) => `${String(at + 1).padStart(6, '0')}-Get-request.xml`);
    await Promise.all([...old, 'notes.xml'].map((file) => writeFile(join(folder, file), 'old')));
    await utimes(join(folder, old[7] ?? ''), 1, 1);
    const authorization = `Basic ${Buffer.from('ci:secret').toString('base64')}`;
    const headers = { 'content-type': 'application/soap+xml;charset=UTF-8', authorization };
    const endpoint = await startEndpoint({ users: [{ name: 'ci', password: 'secret' }], traceSoap: folder });
    await fetch(endpoint.http.url, { method: 'POST', headers, body: '<a' });
    await endpoint.close();
    const files = await readdir(folder);
    expect(files.filter((file) => file !== 'notes.xml')).toHaveLength(1001);
    expect(files).toContain('notes.xml');
    expect(files).toContain('000001-unreadable-request.xml');
    expect(files).not.toContain(old[7]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
