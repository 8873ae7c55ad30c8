import { expect, it } from 'vitest';
import { createMachine } from '../machine.js';

const service = (name: string) => `Win32_Service.Name="${name}"`;

it('a service that needs others by many ways is looked through once', async () => {
  const { broker, call, path } = await createMachine();
  const create = (Name: string, ServiceDependencies: readonly string[]) =>
    call('Create', 'Win32_Service', { Name, PathName: 'C:\\Tools\\labtool.exe', ServiceDependencies });
  const rows = 24;
  await create('Row0', []);
  // From row to row two ways, so that there are 2^24 from the last to the first.
  for (let row = 1; row <= rows; row += 1) {
    for (const side of ['Left', 'Right']) {
      const { ReturnValue } = await create(
        `${side}${row}`,
        row === 1 ? ['Row0'] : [`Left${row - 1}`, `Right${row - 1}`],
      );
      expect(ReturnValue).toBe(0);
    }
  }
  const { ReturnValue } = await call('Change', service('Row0'), { ServiceDependencies: [`Left${rows}`] });
  expect(ReturnValue).toBe(18);
  const needed = await broker.associators(path(service(`Left${rows}`)), {
    ...{ associationClass: 'Win32_DependentService', role: 'Dependent' },
  });
  expect(needed.map((one) => one.get('Name')).sort()).toEqual([`Left${rows - 1}`, `Right${rows - 1}`]);
});
