import { describe, expect, it } from 'vitest';
import { joinProviders } from '../../src/cim/providers/join-providers.js';
import { iscsiTargetProviders } from '../../src/iscsitarget/providers.js';
import { loadNamespace, namespace } from './iscsitarget-schema.js';

describe('the built-in providers', () => {
  const { schema } = loadNamespace();

  // At the start of an endpoint only those that a user gives are checked.
  it.each(['smi-s', 'windows'] as const)(
    'of the profile %s have only classes, methods and properties that are declared',
    (profile) => {
      const given = iscsiTargetProviders(profile).map((provider) => ({
        name: provider.className,
        isBuiltIn: false,
        provider,
      }));
      expect([...joinProviders({ name: namespace, schema }, given)].length).toBe(given.length);
    },
  );
});
