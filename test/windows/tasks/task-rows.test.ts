import { expect, it } from 'vitest';
import { windowsSchema } from '../../../src/endpoint/windows-schema/with-windows.js';
import { printLab } from '../../../src/lab/print-lab.js';
import { TASK_SCHEDULER } from '../../../src/windows/namespaces.js';
import { labTasks } from './lab-tasks.js';

it('are what the labs have', async () => {
  const schema = windowsSchema(TASK_SCHEDULER);
  const text = printLab(labTasks, (className) => schema.findClass(className));
  const head =
    '// Scheduled tasks of {host}: they are called, and run, as on a server; when they ran is invented.\n' +
    '// Written by a test: npx vitest run test/windows/tasks/task-rows.test.ts -u.\n';
  await expect(`${head}${text}`).toMatchFileSnapshot(
    '../../../fixtures/labs/base/root.Microsoft.Windows.TaskScheduler/tasks.mof',
  );
});
