import { expect, it } from 'vitest';
import { unknownVariables } from '../../src/config/unknown-variables.js';

it('variables that look like one of ours are told, with the one that was probably meant', () => {
  const environment = {
    ...{ CIMULATOR_PORT: '1', CIMULATOR_PASSWORD: 'x', CIMULATOR_CONTROL_TOKEN: 'x', OTHER_PROT: '1' },
    ...{ CIMULATOR_PROT: '1', CIMULATOR_USERS: 'a:b', CIMULATOR_NIGHTLY_RUN_OF_MY_LAB: '1' },
  };
  expect(unknownVariables(environment)).toEqual([
    { name: 'CIMULATOR_PROT', nearest: 'CIMULATOR_PORT' },
    { name: 'CIMULATOR_USERS', nearest: 'CIMULATOR_USER' },
  ]);
});
