// A bridge without a server: what it does follows from the class of a call. FAKE_GREETING takes the place of its first line, FAKE_LOG is
// where it writes what it receives.
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const greeting = process.env.FAKE_GREETING ?? '{"protocol":"cimulator-bridge","version":1,"cimulator":"0.0.0"}';
const say = (message) => process.stdout.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`);
const element = (type, value) => ({ type, value });
const instance = (n) => ({
  kind: 'instance',
  namespace: 'root/fake',
  class: 'Fake',
  path: { kind: 'path', namespace: 'root/fake', class: 'Fake', keys: { Id: element('uint32', n) } },
  properties: { Id: element('uint32', n), Name: element('string', `name ${n}`), Sent: element('uint64', String(n)) },
});

/** Streams that wait until more is asked for, by the id of their call. */
const streams = new Map();

function pump(id) {
  const stream = streams.get(id);
  while (stream.credit > 0 && stream.at < stream.count) {
    const items = [];
    while (items.length < 64 && stream.credit > 0 && stream.at < stream.count) {
      items.push(instance(stream.at++));
      stream.credit--;
    }
    say({ id, items });
  }
  if (stream.at < stream.count) return;
  streams.delete(id);
  say({ id, result: { count: stream.count } });
}

const enumerations = {
  Many: (id) => {
    streams.set(id, { at: 0, count: 100_000, credit: 256 });
    pump(id);
  },
  Few: (id) => {
    streams.set(id, { at: 0, count: 3, credit: 256 });
    pump(id);
  },
  Hang: () => {},
  // One each half second, for three of them.
  Slow: (id, at = 0) => {
    if (at === 6) return say({ id, result: { count: at } });
    say({ id, items: [instance(at)] });
    return setTimeout(() => enumerations.Slow(id, at + 1), 500);
  },
  Die: (id) => {
    say({ id, items: [instance(1)] });
    process.stderr.write('cimulator bridge: it broke\n');
    setTimeout(() => process.exit(3), 50);
  },
  NoJson: () => say('this is no JSON'),
  Unknown: (id) => say({ id, surprise: true }),
  Fatal: () => {
    say({ fatal: 'the parent wrote nonsense' });
    process.exit(2);
  },
  Denied: (id) => say({ id, error: { kind: 'cim', message: 'Not for you.', cimStatus: 2, windowsCode: 0x80041003 } }),
  Fault: (id) => say({ id, error: { kind: 'wsman', message: 'A fault.', windowsCode: 0x803380fa } }),
  Late: (id) => say({ id, error: { kind: 'transport', failure: 'timeout', message: 'no answer within 1 s' } }),
  Password: (id) => say({ id, error: { kind: 'transport', failure: 'unauthorized', message: 'HTTP 401' } }),
  Wrong: (id) => say({ id, error: { kind: 'usage', message: 'filter: it is no text' } }),
  Verbose: (id) => {
    say({ id, verbose: 'about to answer' });
    say({ id, result: { count: 0 } });
  },
};

const calls = {
  open: ({ id }) => say({ id, result: {} }),
  close: ({ id }) => say({ id, result: {} }),
  identify: ({ id }) => setTimeout(() => say({ id, result: { productVendor: 'fake' } }), 20),
  enumerateInstances: ({ id, class: name }) => enumerations[name](id),
  // What came in goes out, as it came.
  invokeMethod: ({ id, parameters, method }) =>
    say({ id, result: { outputs: parameters, returnValue: element('uint32', 0), reason: `because ${method}` } }),
  getClass: ({ id, class: name, namespace }) =>
    say({
      id,
      result: {
        class: {
          kind: 'class',
          namespace,
          name,
          superclass: 'Base',
          derivation: ['Base', 'Root'],
          qualifiers: { Description: element('string', 'a fake') },
          properties: {
            Id: { type: 'uint32', qualifiers: { Key: element('boolean', true) } },
            Size: { type: 'uint16', value: 7, qualifiers: { Write: element('boolean', true) } },
            Part: { type: 'reference', class: 'Other' },
            Names: { type: 'string', array: true },
          },
          methods: {
            Do: {
              type: 'uint32',
              parameters: { In: { type: 'string', qualifiers: { In: element('boolean', true) } } },
            },
          },
        },
      },
    }),
};

say(greeting);
for await (const line of createInterface({ input: process.stdin })) {
  if (process.env.FAKE_LOG) appendFileSync(process.env.FAKE_LOG, `${line}\n`);
  const message = JSON.parse(line);
  if ('cancel' in message) {
    streams.delete(message.cancel);
    say({ id: message.cancel, error: { kind: 'cancelled', message: 'the call was cancelled' } });
  } else if ('more' in message) {
    const stream = streams.get(message.id);
    if (stream) {
      stream.credit += message.more;
      pump(message.id);
    }
  } else calls[message.do](message);
}
