import type { MethodTable } from '../method-table.js';
import { because, NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';

const CLASS = 'Win32_LogicalShareSecuritySetting';
const table = tablesOn(CLASS, objectPath(CLASS, { Name: 'Data' }));
const unreached = {
  ...because('nothing fails for reasons that nobody knows', 8),
  ...because('a caller without a privilege is no administrator: 2', 9),
};

export const shareSecurityTables: readonly MethodTable[] = [
  table('GetSecurityDescriptor', [{ code: 0, when: 'always', shows: [{ answers: { ReturnValue: 0 } }] }], {
    ...unreached,
    ...because('everybody may read it', 2),
    ...because('it has no parameters', 21),
  }),
  table(
    'SetSecurityDescriptor',
    [
      { code: 2, when: 'the caller is no administrator', given: [NO_ADMINISTRATORS] },
      { code: 21, when: 'Descriptor is missing' },
    ],
    { ...unreached, ...because('a descriptor is an instance, which no table can name: a test of its own sets one', 0) },
  ),
];
