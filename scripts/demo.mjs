/**
 * `npm run demo`: the main job on real input. Starts an endpoint, replays a recorded request of a real client against it
 * over TCP, calls the method again with this project's client, and reads the new pipes' ends back. Says in plain words
 * what happens; ends with 1 and a line on stderr as soon as anything differs from what it must be.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { createClient, InstancePath, startEndpoint } from '../dist/index.js';

const CAPTURE = 'fixtures/captures/libmi-invoke-endpoints.http';
const METHOD = 'CreateOrModifyReplicationPipe';
const SYSTEMS = ['iscsi-a.lab.example', 'iscsi-b.lab.example'];
const SYSTEM_CLASS = 'MSFTSM_ComputerSystem';
const PORTS = ['tcp-1', 'tcp-2'];

const say = (text = '') => console.log(text);

/** Something is not as it must be: the message is the line for stderr. */
class Difference extends Error {}

function check(holds, otherwise) {
  if (!holds) throw new Difference(otherwise);
}

async function main() {
  const account = { name: 'demo', password: randomBytes(12).toString('base64url') };
  const endpoint = await startEndpoint({ lab: 'two-servers', users: [account] });
  try {
    const { url, port } = endpoint.http;
    say(`An endpoint with the lab 'two-servers' listens on ${url}.`);
    const pipes = [{ name: 'pipe-a', path: await replay(port, account) }];
    const client = createClient({ url, user: account.name, password: account.password });
    try {
      pipes.push({ name: 'pipe-b', path: await callAgain(client, 'dmtf', 'pipe-b') });
      pipes.push({ name: 'pipe-c', path: await callAgain(client, 'wmi', 'pipe-c') });
    } finally {
      await client.close();
    }
    check(new Set(pipes.map(({ path }) => String(path))).size === pipes.length, 'two calls returned the same pipe');
    for (const { name, path } of pipes) await readBack(endpoint.broker, name, path);
    say('\nEverything is as it must be.');
  } finally {
    await endpoint.close();
  }
}

/** Sends the recorded bytes, with credentials added, and checks the answer as text: no code of ours reads it. */
async function replay(port, account) {
  const recorded = await readFile(new URL(`../${CAPTURE}`, import.meta.url));
  say(`\n1. Sent: the ${recorded.length} bytes of ${CAPTURE}, recorded from libmi, the client library of OMI`);
  say(
    `   ${METHOD}: PipeElementName pipe-a, ${SYSTEMS[0]} (${PORTS.join(', ')}) to ${SYSTEMS[1]} (${PORTS.join(', ')})`,
  );
  const answer = await exchange(port, withCredentials(recorded, account));
  const [status] = answer.split('\r\n', 1);
  check(/^HTTP\/1\.1 200 /.test(status), `the recorded request was answered with '${status}' instead of HTTP 200`);
  const returned = /<(?:\w+:)?ReturnValue\b[^>]*>\s*(\d+)\s*</.exec(answer)?.[1];
  check(returned === '0', `the recorded request returned ${returned ?? 'no ReturnValue'} instead of 0`);
  const reference = /<((?:\w+:)?ReplicationPipe)\b[^>]*>(.*?)<\/\1>/s.exec(answer)?.[2] ?? '';
  const className = /<(?:\w+:)?ResourceURI\b[^>]*>[^<]*\/(\w+)<\//.exec(reference)?.[1];
  const selectors = reference.matchAll(/<(?:\w+:)?Selector\b[^>]*\bName="(\w+)"[^>]*>([^<]*)</g);
  const keys = Object.fromEntries([...selectors].map(([, name, value]) => [name, value]));
  const { __cimnamespace: namespace, InstanceID } = keys;
  check(
    className && namespace && InstanceID,
    'the answer to the recorded request holds no reference to a ReplicationPipe',
  );
  const pipe = new InstancePath({ namespace, className, keys: { InstanceID } });
  say(`   Came back: HTTP 200, ReturnValue 0, ReplicationPipe ${pipe}`);
  return pipe;
}

function withCredentials(recorded, { name, password }) {
  const lineEnd = recorded.indexOf('\r\n');
  check(lineEnd > 0, `${CAPTURE} is not a recorded HTTP request`);
  const credentials = Buffer.from(`${name}:${password}`).toString('base64');
  const header = Buffer.from(`\r\nAuthorization: Basic ${credentials}`);
  return Buffer.concat([recorded.subarray(0, lineEnd), header, recorded.subarray(lineEnd)]);
}

/** Sends bytes over a connection of their own and reads one answer: its head, and as many bytes as that announces. */
async function exchange(port, bytes) {
  const socket = connect({ host: '127.0.0.1', port });
  socket.setTimeout(10_000, () =>
    socket.destroy(new Difference('the recorded request was not answered in 10 seconds')),
  );
  socket.write(bytes);
  const chunks = [];
  for await (const chunk of socket) {
    chunks.push(chunk);
    const received = Buffer.concat(chunks);
    const headEnd = received.indexOf('\r\n\r\n');
    const length = /^content-length:\s*(\d+)/im.exec(
      received.subarray(0, Math.max(headEnd, 0)).toString('latin1'),
    )?.[1];
    if (headEnd >= 0 && length !== undefined && received.length >= headEnd + 4 + Number(length)) {
      return received.toString('utf8');
    }
  }
  throw new Difference('the endpoint hung up before its answer to the recorded request was complete');
}

/** The same call with this project's client, under another name and with either family of resource URIs. */
async function callAgain(client, resourceUriFamily, name) {
  const service = new InstancePath({
    className: 'MSISCSITARGET_StorageConfigurationService',
    keys: {
      SystemCreationClassName: SYSTEM_CLASS,
      SystemName: SYSTEMS[0],
      CreationClassName: 'MSISCSITARGET_StorageConfigurationService',
      Name: 'StorageConfigurationService',
    },
  });
  const [SourceSystem, TargetSystem] = SYSTEMS.map(systemPath);
  const [SourceEndpoint, TargetEndpoint] = SYSTEMS.map((system) => PORTS.map((port) => portPath(system, port)));
  const parameters = { PipeElementName: name, SourceSystem, TargetSystem, SourceEndpoint, TargetEndpoint };
  say(
    `\n${name === 'pipe-b' ? 2 : 3}. Sent: ${METHOD} by our own client, PipeElementName ${name}, ${resourceUriFamily.toUpperCase()} resource URIs`,
  );
  const { returnValue, outputs } = await client.invoke(service, METHOD, parameters, { resourceUriFamily });
  check(returnValue === 0, `our client's call for ${name} returned ${returnValue} instead of 0`);
  const pipe = outputs.get('ReplicationPipe');
  check(pipe instanceof InstancePath, `our client's call for ${name} returned no reference to a ReplicationPipe`);
  say(`   Came back: ReturnValue 0, ReplicationPipe ${pipe}`);
  return pipe;
}

function systemPath(name) {
  return new InstancePath({ className: SYSTEM_CLASS, keys: { CreationClassName: SYSTEM_CLASS, Name: name } });
}

function portPath(system, name) {
  const className = 'MSISCSITARGET_TCPProtocolEndpoint';
  return new InstancePath({
    className,
    keys: { SystemCreationClassName: SYSTEM_CLASS, SystemName: system, CreationClassName: className, Name: name },
  });
}

/** Reads the pipe, its two ends and the ports under them from the endpoint's model. */
async function readBack(broker, name, pipe) {
  const found = (await broker.getInstance(pipe)).getString('ElementName');
  check(found === name, `${pipe} is named '${found}' instead of '${name}'`);
  say(`\nRead back: pipe '${name}' ends in`);
  const ends = await broker.associators(pipe, { associationClass: 'CIM_EndpointOfNetworkPipe' });
  const systems = ends.map((end) => end.getString('SystemName')).sort();
  check(systems.join() === SYSTEMS.join(), `${pipe} ends on ${systems.join(' and ') || 'no system'}`);
  for (const end of ends) {
    const ports = await broker.associators(end.path, { associationClass: 'CIM_BindsTo', role: 'Dependent' });
    const names = ports.map((port) => port.getString('Name')).sort();
    check(names.join() === PORTS.join(), `${end.path} is bound to the ports ${names.join(', ') || '(none)'}`);
    say(`   ${end.getString('SystemName')}, over ports ${names.join(' and ')}`);
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Difference ? `demo: ${error.message}` : `demo: failed: ${error?.message ?? error}`);
  process.exitCode = 1;
}
