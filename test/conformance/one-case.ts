import type { Case } from '../../conformance/case.js';
import { lab } from '../../conformance/lab.js';
import type { Target } from '../../conformance/target.js';

/** A server that has all that cases need. */
export const target: Target = { ...lab, method: 'Run', lab: true, run: 'test' };

/** A case of one step that asks for status 200, with these parts instead. */
export const oneCase = (parts: Partial<Case> = {}): Case => ({
  name: 'a case',
  verifies: ['identify'],
  steps: [
    {
      send: () => ({ body: '' }),
      expect: [
        {
          says: 'status 200',
          check: ({ answer }) => (answer.status === 200 ? undefined : String(answer.status)),
        },
      ],
    },
  ],
  ...parts,
});
