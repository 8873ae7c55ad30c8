import type { InstanceContext, MethodContext } from '../../cim/contracts/provider.js';
import type { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { InstancePath } from '../../cim/model/instance-path.js';
import { shorten } from '../../cim/model/shorten.js';
import { started } from '../../cim/operations/started.js';
import { buildInstance } from '../build-instance.js';
import { storedPath } from '../stored-path.js';
import { Refusal } from './refusal.js';

type StoreContext = Pick<InstanceContext, 'store'>;

const SETTING_CLASS = 'CIMULATOR_ReplicationPipeSettingData';
const ASSOCIATION_CLASS = 'MSISCSITARGET_ElementSettingData';

/** @throws Refusal InvalidParameter when the Goal is not an instance of CIM_SettingData or a subclass */
export function checkGoalClass(goal: CimInstance, { schema }: MethodContext): void {
  if (schema.isA(goal.className, 'CIM_SettingData')) return;
  throw new Refusal(
    'InvalidParameter',
    `Goal is of class ${shorten(goal.className, 200)}, which is no CIM_SettingData`,
  );
}

/**
 * @param about what says which direction the pipe has
 * @throws Refusal Failed when the Goal asks for a direction that the pipe does not have
 */
export function checkGoalIsMet(goal: CimInstance, directionality: CimValue, about: readonly InstancePath[]): void {
  const wanted = goal.get('Directionality');
  if (wanted === null || wanted === directionality) return;
  throw new Refusal(
    'Failed',
    `Goal asks for Directionality ${String(wanted)}, and the pipe between these systems has ${String(directionality)}`,
    about,
  );
}

/** The Goal as the setting of a pipe. */
export function createSetting(goal: CimInstance, pipe: CimInstance, context: MethodContext): CimInstance[] {
  const setting = buildInstance(context, settingClass(goal, context), {
    // CIM_SettingData.ElementName is Required.
    ElementName: pipe.get('ElementName'),
    ...settingValues(goal, context),
    InstanceID: `cimulator:setting:${context.newUuid()}`,
  });
  const association = buildInstance(context, ASSOCIATION_CLASS, {
    ManagedElement: storedPath(pipe),
    SettingData: storedPath(setting),
    // 2: Is Not Default; 1: Is Current.
    IsDefault: 2,
    IsCurrent: 1,
  });
  return [setting, association];
}

/** What ties a pipe to its settings. */
export function findSettingTies(pipe: InstancePath, { store }: StoreContext): Promise<readonly CimInstance[]> {
  return store.referencing(pipe, { classNames: [ASSOCIATION_CLASS], role: 'ManagedElement' });
}

/** What is to be removed when ties of a pipe are: they, and the settings that nobody else has. */
export async function withOwnSettings(ties: readonly CimInstance[], { store }: StoreContext): Promise<InstancePath[]> {
  const paths = ties.map(storedPath);
  const removed = new Set(paths.map(({ canonical }) => canonical));
  const settings = new Map<string, InstancePath>();
  for (const tie of ties) {
    const setting = tie.get('SettingData');
    if (setting instanceof InstancePath) settings.set(setting.canonical, setting);
  }
  const asked = Array.from(settings.values(), (setting) => [setting, started(store.referencing(setting))] as const);
  for (const [setting, referring] of asked) {
    // A lab may tie one setting to several elements.
    const others = (await referring).filter(({ path }) => !path || !removed.has(path.canonical));
    if (others.length === 0) paths.push(setting);
  }
  return paths;
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
