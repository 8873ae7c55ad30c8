import type { CimInstance } from '../cim/cim-instance.js';
import type { CimValue } from '../cim/cim-value.js';
import { InstancePath } from '../cim/instance-path.js';
import type { InstanceContext, MethodContext } from '../cim/provider.js';
import { buildInstance } from './build-instance.js';
import { Refusal } from './refusal.js';
import { storedPath } from './stored-path.js';

const SETTING_CLASS = 'CIMULATOR_ReplicationPipeSettingData';
const ASSOCIATION_CLASS = 'MSISCSITARGET_ElementSettingData';

/** @throws Refusal InvalidParameter when the Goal is not an instance of CIM_SettingData or a subclass */
export function checkGoalClass(goal: CimInstance, { schema }: MethodContext): void {
  if (schema.isA(goal.className, 'CIM_SettingData')) return;
  throw new Refusal('InvalidParameter', `a Goal of class ${goal.className} is no setting`);
}

/** @throws Refusal Failed when the Goal asks for a direction that the pipe does not have */
export function checkGoalIsMet(goal: CimInstance, directionality: CimValue): void {
  const wanted = goal.get('Directionality');
  if (wanted === null || wanted === directionality) return;
  throw new Refusal('Failed', 'the systems do not make a pipe of the direction that the Goal asks for');
}

/** Stores the Goal as the setting of a pipe, in place of the one it had. */
export async function replaceSetting(goal: CimInstance, pipe: CimInstance, context: MethodContext): Promise<void> {
  const pipePath = storedPath(pipe);
  await removeSettings(pipePath, context);
  const setting = buildInstance(context, settingClass(goal, context), {
    // CIM_SettingData.ElementName is Required.
    ElementName: pipe.get('ElementName'),
    ...settingValues(goal, context),
    InstanceID: `cimulator:setting:${context.newUuid()}`,
  });
  await context.store.put(setting);
  const association = buildInstance(context, ASSOCIATION_CLASS, {
    ManagedElement: pipePath,
    SettingData: storedPath(setting),
    // 2: Is Not Default; 1: Is Current.
    IsDefault: 2,
    IsCurrent: 1,
  });
  await context.store.put(association);
}

/** Unties the settings of a pipe from it, and removes those that nobody else has. */
export async function removeSettings(pipe: InstancePath, { store }: Pick<InstanceContext, 'store'>): Promise<void> {
  const ofPipe = await store.referencing(pipe, { classNames: [ASSOCIATION_CLASS], role: 'ManagedElement' });
  for (const association of ofPipe) {
    await store.delete(storedPath(association));
    const setting = association.get('SettingData');
    if (!(setting instanceof InstancePath)) continue;
    // A lab may tie one setting to several elements.
    const others = await store.referencing(setting);
    if (others.length === 0) await store.delete(setting);
  }
}

/** Abstract classes have no instances: their goals are kept in a class of ours. */
function settingClass(goal: CimInstance, { schema }: MethodContext): string {
  return schema.getClass(goal.className).isAbstract ? SETTING_CLASS : goal.className;
}

/** What the goal sets, as far as the setting's class declares it. */
function settingValues(goal: CimInstance, context: MethodContext): Record<string, CimValue> {
  const { properties } = context.schema.getClass(settingClass(goal, context));
  const values: Record<string, CimValue> = {};
  for (const [name, value] of goal.properties) {
    const declared = properties.get(name);
    if (declared && value !== null) values[declared.name] = value;
  }
  return values;
}
