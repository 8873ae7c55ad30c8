import { createClient, parseInstancePath, startEndpoint } from '../dist/index.js';

const WAIT_MS = 400;
const CALLS = 5;

/** Calls of a method that waits for something, all at once, and a Put of somebody else meanwhile: nobody waits for anybody. */
export async function slowMethodsBench() {
  let milliseconds = 0;
  const wait = () => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const provider = {
    className: 'LAB_Thermostat',
    methods: {
      async SetTarget({ Target }, { instance, store }) {
        await wait();
        await store.put(instance.with({ Target }));
        return { ReturnValue: 0, Previous: instance.get('Target') };
      },
    },
    instances: { create: true, modify: ['Room'], delete: true },
  };
  const account = { name: 'bench', password: 'bench-password' };
  const endpoint = await startEndpoint({
    lab: 'fixtures/examples/thermostat.mof',
    users: [account],
    providers: [provider],
  });
  const client = createClient({ url: endpoint.http.url, user: account.name, password: account.password });
  try {
    const path = (name) => parseInstancePath(`LAB_Thermostat.DeviceID="${name}"`);
    const names = Array.from({ length: CALLS }, (_, n) => `slow-${n}`);
    for (const DeviceID of [...names, 'other'])
      await client.create('LAB_Thermostat', { DeviceID, Room: 'Lab', Target: 19 });
    const round = async (Room) => {
      const start = performance.now();
      const calls = names.map((name) => client.invoke(path(name), 'SetTarget', { Target: 21 }));
      const putAt = performance.now();
      await client.put(path('other'), { Room });
      const put = performance.now() - putAt;
      await Promise.all(calls);
      return { all: performance.now() - start, put };
    };
    // Connections are opened and signed in, and declarations fetched, before anything is measured.
    for (const room of ['Hall', 'Attic', 'Bath']) await round(room);
    milliseconds = WAIT_MS;
    const { all, put } = await round('Kitchen');
    return [
      {
        what: `${CALLS} methods of ${WAIT_MS} ms at once`,
        value: `${all.toFixed(0)} ms`,
        target: '< 600 ms',
        met: all < 600,
      },
      { what: 'a Put meanwhile', value: `${put.toFixed(0)} ms`, target: '< 50 ms', met: put < 50 },
    ];
  } finally {
    await client.close();
    await endpoint.close();
  }
}
