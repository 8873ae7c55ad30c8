import { describe, expect, it } from 'vitest';
import type { CimClass, CimMethod } from '../../src/cim/model/cim-class.js';
import { sameName } from '../../src/cim/model/name-map.js';
import { notSupportedCode } from '../../src/cim/model/value-map.js';
import { iscsiTargetProviders } from '../../src/iscsitarget/providers.js';
import { loadNamespace } from '../iscsitarget/iscsitarget-schema.js';

const { schema } = loadNamespace();
const providers = iscsiTargetProviders('smi-s');

/** Whether a provider of ours carries it out, on instances of the class or of a subclass. */
function works(cimClass: CimClass, method: CimMethod): boolean {
  return providers.some(
    ({ className, methods }) =>
      schema.isA(className, cimClass.name) && Object.keys(methods).some((name) => sameName(name, method.name)),
  );
}

/** What is answered where none does: its own code for it where a provider of ours says so of all that it leaves out. */
function otherwise({ name }: CimClass, method: CimMethod): string {
  const fault = 'fault `ActionNotSupported`, CIM status 16';
  const who = providers.find(
    ({ className, otherMethods }) => otherMethods === 'not-supported' && schema.isA(className, name),
  );
  const code = who && notSupportedCode(method);
  return code === undefined ? fault : `${who?.className}: ${code} (Not Supported); others: ${fault}`;
}

function page(): string {
  const classes = [...schema.classes].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const own = classes.flatMap((cimClass) =>
    [...cimClass.methods.values()]
      .filter(({ classOrigin }) => sameName(classOrigin, cimClass.name))
      .map((method) => ({ cimClass, method })),
  );
  const done = own.filter(({ cimClass, method }) => works(cimClass, method));
  const rows = (list: typeof own, last: (cimClass: CimClass, method: CimMethod) => string) =>
    list.map(({ cimClass, method }) => `| ${cimClass.name} | ${method.name} | ${last(cimClass, method)} |`).join('\n');
  const all = classes.reduce((sum, { methods }) => sum + methods.size, 0);
  const others = own.filter((one) => !done.includes(one));
  return `# What works: methods

The namespace \`root/cimv2/storage/iScsiTarget\` declares ${own.length} methods: each counts once, at the class that brings it in, however many override it. Counted at
every class that has it, declared or inherited, that is ${all}, in the ${classes.length} classes of the schema that is served. ${done.length === 1 ? 'One does' : `${done.length} do`} the work; the others are there, so that clients
find them and their parameters, and answer that they are not supported, as SMI-S providers do that leave them out. A provider of your own
([writing one](writing-a-provider.md)), a rule ([breaking things](breaking-things.md)) or, from PowerShell, \`Register-CimulatorMethod\` gives them behaviour.

This page is written from the code: \`npx vitest run test/docs/methods.test.ts -u\`.

## Those that do their work

| class | method | as |
|---|---|---|
${rows(done, () => 'SMI-S says; `--profile windows`: as Windows Server does')}

## Those that are declared only

| class | method | answers |
|---|---|---|
${rows(others, otherwise)}
`;
}

describe('docs/methods.md', () => {
  it('says of each method whether it does its work', async () => {
    await expect(page()).toMatchFileSnapshot('../../docs/methods.md');
  });
});
