import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { DMTF, METHOD } from '../support/envelopes.js';
import { at, readFault, readTree } from '../support/read-answer.js';
import { readRecordedRequest } from '../support/recorded-request.js';
import { authorization, runEndpoint } from '../support/running-endpoint.js';

/** Requests of unmodified clients, sent as they were recorded but for the credentials, over a TCP connection of their own. */
describe('a recorded request', () => {
  const running = runEndpoint();

  function replay(name: string): Promise<{ head: string; body: string }> {
    const { head, body } = readRecordedRequest(name);
    const { port, hostname } = new URL(running.url);
    const socket = connect(Number(port), hostname);
    const request = `${head.replace(/^Connection:.*\r\n/im, '')}\r\nConnection: close\r\nAuthorization: ${authorization}\r\n\r\n`;
    socket.write(Buffer.concat([Buffer.from(request, 'latin1'), body]));
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('error', reject);
      socket.on('end', () => {
        const answer = Buffer.concat(chunks).toString('utf8');
        const end = answer.indexOf('\r\n\r\n');
        resolve({ head: answer.slice(0, end), body: answer.slice(end + 4) });
      });
    });
  }

  it.each([
    ['libmi-invoke-endpoints.http', DMTF],
    ['libmi-invoke-minimal.http', DMTF],
    ['libmi-invoke-goal-mof.http', DMTF],
    ['libmi-invoke-embedded-systems.http', DMTF],
    ['pypsrp-invoke.http', DMTF],
    ['wsman-invoke-endpoints.http', 'http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/storage/iScsiTarget/'],
  ])('%s makes a pipe', async (name, family) => {
    const { head, body } = await replay(name);
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    const output = at(readTree(body), 'Envelope', 'Body', `${METHOD}_OUTPUT`);
    expect(at(output, 'ReturnValue')).toBe('0');
    const reference = at(output, 'ReplicationPipe', 'ReferenceParameters');
    expect(at(reference, 'ResourceURI')).toBe(`${family}CIMULATOR_ReplicationPipe`);
    expect(JSON.stringify(at(reference, 'SelectorSet'))).toMatch(/cimulator:pipe:[0-9a-f]{8}-/);
  });

  it('libmi-invoke-unknown-method.http is a fault with CIM status 17', async () => {
    const { head, body } = await replay('libmi-invoke-unknown-method.http');
    expect(head).toMatch(/^HTTP\/1\.1 500 /);
    expect(readFault(body)).toMatchObject({ subcode: 'a:ActionNotSupported', cimStatus: '17' });
  });

  it('wsman-identify.http is answered', async () => {
    const { body } = await replay('wsman-identify.http');
    expect(at(readTree(body), 'Envelope', 'Body', 'IdentifyResponse', 'ProductVendor')).toBe('Cimulator');
  });
});
