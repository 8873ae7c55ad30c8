import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest, Agent as TlsAgent } from 'node:https';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startKerberos } from '../../src/auth/kerberos/kerberos-initiator.js';
import { writeEncryptedContentType } from '../../src/auth/message-encryption/encrypted-content-type.js';
import type { MessageSecurity } from '../../src/auth/message-encryption/message-security.js';
import { readEncryptedMessage } from '../../src/auth/message-encryption/read-encrypted-message.js';
import { writeEncryptedMessage } from '../../src/auth/message-encryption/write-encrypted-message.js';
import { addDoctorCommand } from '../../src/cli/doctor-command.js';
import { createClient } from '../../src/client/create-client.js';
import type { WsmanClient } from '../../src/client/wsman-client.js';
import type { Endpoint } from '../../src/endpoint/endpoint.js';
import { startEndpoint } from '../../src/endpoint/start-endpoint.js';
import { recordingTerminal } from '../cli/recording-terminal.js';
import { DMTF, METHOD, request, SERVICE_CLASS } from '../support/envelopes.js';
import { freePort, type KerberosRealm, startKerberosRealm } from '../support/kerberos-realm.js';
import { readTree, textAt } from '../support/read-answer.js';
import { hasKerberosKdc } from './kerberos-kdc.js';
import { findLiveClient } from './live-client.js';
import { findNtlmMechanism } from './ntlm-mechanism.js';

const probes = (modules: string) =>
  [
    ['python3', '-c', `import ${modules}`],
    ['/usr/bin/python3', '-c', `import ${modules}`],
  ] as const;
const curl = findLiveClient({ name: 'curl', debianPackage: 'curl', probes: [['curl', '--version']] });
const python = findLiveClient({
  name: 'pywinrm with requests-kerberos and gssapi',
  debianPackage: 'python3-winrm, python3-requests-kerberos and python3-gssapi',
  probes: probes('winrm, requests_kerberos, gssapi'),
});
const ntlm = findNtlmMechanism();
const kdc = hasKerberosKdc();

const SOAP = 'application/soap+xml;charset=UTF-8';
const returnValueOf = (answer: string) =>
  textAt(readTree(answer), 'Envelope', 'Body', `${METHOD}_OUTPUT`, 'ReturnValue');

describe.skipIf(!kdc)('an endpoint with a keytab', () => {
  let realm: KerberosRealm;
  let endpoint: Endpoint;
  let keytab = '';
  let tickets = { alice: '', mallory: '' };
  beforeAll(async () => {
    realm = await startKerberosRealm();
    keytab = await realm.addService('HTTP/localhost');
    tickets = { alice: await realm.addUser('alice'), mallory: await realm.addUser('mallory') };
    process.env.KRB5CCNAME = tickets.alice;
    endpoint = await startEndpoint({
      httpsPort: 0,
      users: [{ name: 'alice', password: 'not asked for' }],
      authentication: { kerberos: { keytab, required: true } },
    });
  });
  afterAll(async () => {
    await endpoint?.close();
    await realm?.stop();
  });

  // Tickets are for names, not for addresses.
  const urlOf = (over: string) =>
    ((over === 'HTTP' ? endpoint.http?.url : endpoint.https?.url) ?? '').replace('127.0.0.1', 'localhost');

  async function runPython(script: string, task: Record<string, unknown>, more: Record<string, string> = {}) {
    const { REQUESTS_CA_BUNDLE: _, CURL_CA_BUNDLE: __, ...inherited } = process.env;
    const path = fileURLToPath(new URL(`clients/kerberos/${script}`, import.meta.url));
    const child = spawn(python ?? '', [path], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...inherited, ...more } });
    child.stdin.end(JSON.stringify(task));
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if (output === '') throw new Error(errors);
    return JSON.parse(output) as unknown;
  }

  it('offers Negotiate, Kerberos and Basic, one field each', async () => {
    const { status, headers } = await exchange(urlOf('HTTP'), {});
    expect(status).toBe(401);
    // Node joins equal fields.
    expect(headers['www-authenticate']).toBe('Negotiate, Kerberos, Basic realm="WSMAN"');
  });

  describe.skipIf(curl === undefined)('and curl --negotiate', () => {
    async function run(over: string, cache: string) {
      const flags = ['-sSk', '--max-time', '10', '-w', '\\n%{http_code}', '-H', `Content-Type: ${SOAP}`];
      const child = spawn(curl ?? '', [...flags, '--data-binary', '@-', '--negotiate', '-u', ':', urlOf(over)], {
        stdio: ['pipe', 'pipe', 'pipe'],
        env: { ...process.env, KRB5CCNAME: cache },
      });
      child.stdin.end(request());
      const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
      if (output === '') throw new Error(errors);
      const end = output.lastIndexOf('\n');
      return { answer: output.slice(0, end), status: output.slice(end + 1) };
    }

    it.each(['HTTP', 'HTTPS'])('call the method over %s, from this machine', async (over) => {
      const { answer, status } = await run(over, tickets.alice);
      expect(status).toBe('200');
      expect(returnValueOf(answer)).toBe('0');
    });

    it('are told 401 without an account', async () => {
      expect((await run('HTTPS', tickets.mallory)).status).toBe('401');
    });
  });

  describe.skipIf(python === undefined)('and requests-kerberos', () => {
    interface Outcome {
      readonly answer?: string;
      readonly error?: string;
      readonly status?: number;
    }

    const send = async (task: Record<string, unknown>) => (await runPython('kerberos-send.py', task)) as Outcome[];

    it.each([
      ['HTTP', 'always'],
      ['HTTP', 'auto'],
      ['HTTPS', 'always'],
      ['HTTPS', 'auto'],
    ])('under pywinrm call the method over %s, encryption %s, again and again', async (over, encryption) => {
      const messages = [request(), request(), request()];
      const outcomes = await send({ client: 'winrm', url: urlOf(over), encryption, messages });
      expect(outcomes.map(({ answer = '' }) => returnValueOf(answer))).toEqual(['0', '0', '0']);
    });

    it('under pywinrm read a sealed fault, and go on after it', async () => {
      const unknown = request({ action: `${DMTF}${SERVICE_CLASS}/NoSuchMethod` });
      const messages = [unknown, request()];
      const task = { client: 'winrm', url: urlOf('HTTP'), encryption: 'always', messages };
      const [fault, answer] = await send(task);
      expect(fault?.error).toMatch(/has no method NoSuchMethod.*a:ActionNotSupported/);
      expect(returnValueOf(answer?.answer ?? '')).toBe('0');
    });

    it('call the method over HTTPS', async () => {
      const outcomes = await send({ client: 'requests', url: urlOf('HTTPS'), messages: [request(), request()] });
      expect(outcomes.map(({ answer = '' }) => returnValueOf(answer))).toEqual(['0', '0']);
    });
  });

  describe.skipIf(python === undefined || ntlm === undefined)("and the SPNEGO of the system's GSSAPI", () => {
    const running: Endpoint[] = [];
    afterEach(async () => {
      for (const each of running.splice(0)) await each.close();
    });

    async function choose(scheme: 'kerberos' | 'ntlm', mechanisms: readonly string[]) {
      const users = [{ name: 'alice', password: 'secret' }];
      const authentication = scheme === 'ntlm' ? {} : { negotiate: false, kerberos: { keytab, required: true } };
      const server = await startEndpoint({ users, authentication });
      running.push(server);
      const accounts = join(realm.folder, 'ntlm-accounts');
      await writeFile(accounts, 'LAB:alice:secret\n');
      const url = server.http?.url.replace('127.0.0.1', 'localhost');
      return runPython('negotiate-choice.py', { url, mechanisms }, { NTLM_USER_FILE: accounts });
    }

    it.each([
      ['kerberos', ['kerberos', 'ntlm'], [200]],
      // The token of NTLM is passed over; then both sides sign the list.
      ['kerberos', ['ntlm', 'kerberos'], [401, 401, 200]],
      ['ntlm', ['kerberos', 'ntlm'], [401, 401, 200]],
      ['ntlm', ['ntlm', 'kerberos'], [401, 200]],
    ] as const)('agree on %s when it offers %j', async (scheme, mechanisms, statuses) => {
      expect(await choose(scheme, mechanisms)).toEqual({ statuses, chosen: [scheme] });
    });
  });

  describe('and our own client', () => {
    /** Signs in as Windows' client does: a request without body, answered 200, and then messages without `Authorization`. */
    async function signIn(over: string) {
      const url = urlOf(over);
      const agent = over === 'HTTP' ? new Agent(oneConnection) : new TlsAgent(oneConnection);
      const initiator = startKerberos({ host: 'localhost' });
      const authorization = `Kerberos ${(await initiator.start()).toString('base64')}`;
      const first = await exchange(url, { agent, headers: { authorization, 'content-type': SOAP } });
      const [, token = ''] = /^Kerberos (\S+)$/.exec(first.headers['www-authenticate'] ?? '') ?? [];
      const security = await initiator.finish(Buffer.from(token, 'base64'));
      return {
        first,
        post: (message: Buffer, type = SOAP) =>
          exchange(url, { agent, headers: { 'content-type': type }, body: message }),
        postSealed: async (message: string, change = (sealed: Buffer) => sealed) => {
          const body = change(await seal(message, security));
          const type = writeEncryptedContentType(security.protocol);
          const answer = await exchange(url, { agent, headers: { 'content-type': type }, body });
          return { status: answer.status, answer: await unseal(answer.body, security) };
        },
        [Symbol.dispose]() {
          agent.destroy();
          initiator.release();
        },
      };
    }

    it('shake hands in one request, answered 200 without a body', async () => {
      using connection = await signIn('HTTP');
      expect(connection.first).toMatchObject({ status: 200, body: Buffer.alloc(0) });
    });

    it('call the method sealed over HTTP, again and again', async () => {
      using connection = await signIn('HTTP');
      for (let i = 0; i < 3; i++) {
        const { status, answer } = await connection.postSealed(request());
        expect(status).toBe(200);
        expect(returnValueOf(answer)).toBe('0');
      }
    });

    it('call the method in clear over HTTPS', async () => {
      using connection = await signIn('HTTPS');
      const { status, body } = await connection.post(Buffer.from(request()));
      expect(status).toBe(200);
      expect(returnValueOf(body.toString('utf8'))).toBe('0');
    });

    it('get a sealed fault', async () => {
      using connection = await signIn('HTTP');
      const { status, answer } = await connection.postSealed('<no-envelope/>');
      expect(status).toBe(500);
      expect(answer).toContain('SchemaValidationError');
    });

    it('cannot go back to clear messages over HTTP', async () => {
      using connection = await signIn('HTTP');
      await connection.postSealed(request());
      expect((await connection.post(Buffer.from(request()))).status).toBe(403);
    });

    it('lose the connection with a message that was changed', async () => {
      using connection = await signIn('HTTP');
      const flip = (sealed: Buffer) => {
        const at = sealed.length - 100;
        sealed[at] = (sealed[at] ?? 0) ^ 1;
        return sealed;
      };
      await expect(connection.postSealed(request(), flip)).rejects.toThrow(/socket hang up|ECONNRESET/);
    });
  });

  describe('and the client of the library', () => {
    const open: WsmanClient[] = [];
    afterEach(async () => {
      for (const client of open.splice(0)) await client.close();
    });

    function connect(url: string): WsmanClient {
      const client = createClient({ url, auth: 'kerberos', tls: { rejectUnauthorized: false } });
      open.push(client);
      return client;
    }

    it.each(['HTTP', 'HTTPS'])('sign in with the tickets of the cache over %s', async (over) => {
      const names: unknown[] = [];
      for await (const system of connect(urlOf(over)).enumerate('MSFTSM_ComputerSystem')) names.push(system);
      expect(names).not.toEqual([]);
    });

    it('are tried by the doctor when it is told so', async () => {
      const terminal = recordingTerminal();
      const program = new Command('cimulator');
      addDoctorCommand(program, terminal);
      await program.parseAsync(['doctor', urlOf('HTTP'), '--auth', 'kerberos'], { from: 'user' });
      expect(terminal.seen.out).toMatch(/^ok +sign-in Kerberos +signed in, messages sealed$/m);
      expect(terminal.seen.exitCode).toBe(0);
    });

    it('ask for a ticket for the port where its name has it', async () => {
      const port = await freePort();
      const { close } = await startEndpoint({
        port,
        users: [{ name: 'alice', password: 'not asked for' }],
        authentication: { kerberos: { keytab: await realm.addService(`HTTP/localhost:${port}`), required: true } },
      });
      const options = { url: `http://localhost:${port}`, auth: 'kerberos' } as const;
      const without = createClient(options);
      const client = createClient({ ...options, encodePortInServicePrincipalName: true });
      open.push(client, without);
      expect((await client.identify()).productVendor).toBeDefined();
      await expect(without.identify()).rejects.toThrow('the endpoint refuses how Kerberos begins here');
      await close();
    });

    it('say what keeps them from it', async () => {
      // Tickets are for names.
      await expect(connect(endpoint.http?.url ?? '').identify()).rejects.toMatchObject({
        failure: 'scheme',
        message: expect.stringMatching(/Kerberos: .*not found/),
      });
    });
  });

  it('is used by another connection only after another sign-in', async () => {
    const { status } = await exchange(urlOf('HTTP'), {
      headers: { 'content-type': SOAP },
      body: Buffer.from(request()),
    });
    expect(status).toBe(401);
  });
});

const oneConnection = { keepAlive: true, maxSockets: 1, rejectUnauthorized: false };

interface Exchange {
  readonly agent?: Agent;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

async function exchange(url: string, { agent, headers, body = Buffer.alloc(0) }: Exchange): Promise<Answer> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  const outgoing = send(url, {
    method: 'POST',
    rejectUnauthorized: false,
    headers: { ...headers, 'content-length': body.length },
    ...(agent && { agent }),
  });
  const answered = new Promise<Answer>((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      const { statusCode: status, headers: received } = response;
      buffer(response).then((bytes) => resolve({ status, headers: received, body: bytes }), reject);
    });
  });
  outgoing.end(body);
  return answered;
}

async function seal(text: string, security: MessageSecurity): Promise<Buffer> {
  const message = Buffer.from(text);
  const { protocol } = security;
  return writeEncryptedMessage({
    protocol,
    contentType: SOAP,
    length: message.length,
    ...(await security.wrap(message)),
  });
}

async function unseal(body: Buffer, security: MessageSecurity): Promise<string> {
  const type = { protocol: security.protocol.toLowerCase(), boundary: 'Encrypted Boundary' };
  const { token, sealed } = readEncryptedMessage(body, type);
  return Buffer.from(await security.unwrap(token, sealed)).toString('utf8');
}
