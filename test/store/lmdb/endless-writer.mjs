/** Appends commits to the state in a folder until it is killed; says the version of each once it is told that it is done. */
import { writeSync } from 'node:fs';
import { CimInstance } from '../../../dist/cim/model/cim-instance.js';
import { InstancePath } from '../../../dist/cim/model/instance-path.js';
import { openLmdbParts } from '../../../dist/store/lmdb/open-parts.js';
import { PACES } from './disk-paces.mjs';

const [, , directory, thread] = process.argv;
const { backend } = await openLmdbParts({ directory, logger: { warn() {} }, isShared: false, pace: PACES[thread] });
let { version, sequence } = (await backend.read([])).present;

/** Two instances of one commit: both are there afterwards, or none. */
function create(className) {
  sequence += 1;
  const path = new InstancePath({ namespace: 'root/test', className, keys: { Id: `${version}` } });
  const after = new CimInstance(
    className,
    [
      ['Id', `${version}`],
      ['Text', 'x'.repeat(500)],
    ],
    path,
  );
  return { path, sequence, before: undefined, after };
}

for (;;) {
  const commits = [];
  const expected = version;
  while (commits.length < 3) {
    version += 1;
    const changes = [create('Left'), create('Right')];
    const present = { version, sequence, cleared: 0 };
    commits.push({ version, id: `${process.pid}-${version}`, origin: undefined, isCleared: false, changes, present });
  }
  await backend.append(expected, commits);
  writeSync(1, `${version}\n`);
}
