import type { MethodTable, TableValues } from '../method-table.js';
import { because, NO_ADMINISTRATORS, objectPath, tablesOn } from '../table-paths.js';
import { SHARE_CLASS } from './share-checks.js';

const share = (Name: string) => objectPath(SHARE_CLASS, { Name });
const DATA = share('Data');

const ofClass = tablesOn(SHARE_CLASS, SHARE_CLASS);
const ofShare = tablesOn(SHARE_CLASS, DATA);

const made = (more: TableValues): TableValues => ({ Path: 'C:\\Tools', Name: 'Tools', Type: 0, ...more });
const denied = (input: TableValues = {}) => ({
  code: 2,
  when: 'the caller is no administrator',
  given: [NO_ADMINISTRATORS],
  input,
});

const unreached = {
  ...because('nothing fails for reasons that nobody knows', 8),
  ...because('levels are of the interface below, which there is not', 10),
};
const noneOfNew = because('only a new share has a name and a folder that can be wrong', 9, 22, 23, 24);
const noneGone = because('the path of a share that there is not is a fault before the method is called', 25);

export const shareTables: readonly MethodTable[] = [
  ofClass(
    'Create',
    [
      {
        code: 0,
        when: 'the folder is there',
        input: made({ MaximumAllowed: 5, Description: 'Tools of the lab' }),
        shows: [
          {
            get: share('Tools'),
            has: {
              Path: 'C:\\Tools',
              Type: 0,
              MaximumAllowed: 5,
              AllowMaximum: false,
              Description: 'Tools of the lab',
              Status: 'OK',
            },
          },
        ],
      },
      denied(made({})),
      { code: 9, when: 'the name has characters that no share has', input: made({ Name: 'a/b' }) },
      { code: 21, when: 'there is no such type', input: made({ Type: 7 }) },
      { code: 22, when: 'there is a share of this name', input: made({ Name: 'data' }) },
      { code: 23, when: 'the folder is of another computer', input: made({ Path: '\\\\SRV02\\C$' }) },
      { code: 24, when: 'there is no such folder', input: made({ Path: 'C:\\None' }) },
    ],
    { ...unreached, ...because('a new share is found under no name', 25) },
  ),
  ofShare('Delete', [{ code: 0, when: 'always', shows: [{ gone: DATA }] }, denied()], {
    ...unreached,
    ...noneOfNew,
    ...noneGone,
    ...because('it has no parameters', 21),
  }),
  ofShare(
    'SetShareInfo',
    [
      {
        code: 0,
        when: 'always',
        input: { MaximumAllowed: 3, Description: 'Read me' },
        shows: [
          { get: DATA, has: { MaximumAllowed: 3, AllowMaximum: false, Description: 'Read me', Caption: 'Read me' } },
        ],
      },
      denied({ Description: 'x' }),
      { code: 21, when: 'MaximumAllowed is 0', input: { MaximumAllowed: 0 } },
    ],
    { ...unreached, ...noneOfNew, ...noneGone },
  ),
  ofShare(
    'GetAccessMask',
    [{ code: 0x1200a9, when: 'nobody gave the share a descriptor: everybody may read' }],
    because(
      'a bit of the mask that the method answers',
      ...[1, 2, 4, 8, 16, 32, 64, 128, 256, 65536, 131072, 262144, 524288, 1048576],
    ),
  ),
];
