import { describe, expect, it } from 'vitest';
import { createPermissions } from '../../src/auth/accounts/permissions.js';
import { parseRoles } from '../../src/auth/accounts/role.js';
import { joinReasons, tellableReasons } from '../../src/wsman/tellable-reasons.js';
import { createTestBroker, systemPath } from '../support/test-broker.js';
import { namespace } from '../support/test-schema.js';

const { namespaces } = await createTestBroker();
const plain = { text: 'Size is too large', about: [] };
const telling = { text: 'one other system has the name', about: [systemPath('other')] };

describe('what a caller is told of the reasons', () => {
  it('is everything without roles', () => {
    expect(tellableReasons([plain, telling], undefined, namespaces)).toEqual([plain, telling]);
  });

  it.each([
    ['all with a role to read the class', [`read@${namespace}:TEST_System`], [plain, telling]],
    ['none of what tells of a class that may not be read', [`execute@${namespace}`], [plain]],
    ['none of what tells of another namespace', ['read@root/other'], [plain]],
  ])('is %s', (_, roles, expected) => {
    expect(tellableReasons([plain, telling], createPermissions(parseRoles(roles)), namespaces)).toEqual(expected);
  });

  it('joins them to the text of the fault', () => {
    expect(joinReasons('It failed.', [plain])).toBe('It failed; Size is too large');
    expect(joinReasons(undefined, [])).toBeUndefined();
  });
});
