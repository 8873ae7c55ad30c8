import type { CimInstance } from '../../cim/model/cim-instance.js';
import { sameName } from '../../cim/model/name-map.js';
import { shorten } from '../../cim/model/shorten.js';
import type { Schema } from '../../cim/schema/schema.js';
import { taskError } from './task-error.js';
import { embedded, embeddedAll } from './task-rows.js';
import { DAY, durationOf, momentOf } from './task-time.js';

const MOST_ACTIONS = 32;
const MOST_TRIGGERS = 48;
const MINUTE = 60_000;

/** Triggers that fire at times of day, and have to say from when on. */
const TIMED = ['MSFT_TaskTimeTrigger', 'MSFT_TaskDailyTrigger', 'MSFT_TaskWeeklyTrigger'].concat(
  ...['MSFT_TaskMonthlyTrigger', 'MSFT_TaskMonthlyDOWTrigger'],
);

/** What a value must be; undefined: it need not be there. */
type Rule = (instance: CimInstance, name: string) => void;

function unless(isRight: (text: string) => boolean): Rule {
  return (instance, name) => {
    const text = instance.getString(name);
    if (text !== undefined && text !== '' && !isRight(text)) throw taskError('invalidValue', `${name}:${text}`);
  };
}

const moment = unless((text) => momentOf(text, 0) !== undefined);
const duration = unless((text) => durationOf(text) !== undefined);
const pause = unless((text) => {
  const time = durationOf(text);
  return time !== undefined && time >= MINUTE && time <= 31 * DAY;
});

function range(least: number, most: number): Rule {
  return (instance, name) => {
    const value = instance.get(name);
    if (value === null || (Number(value) >= least && Number(value) <= most)) return;
    throw taskError('invalidValue', `${name}:${String(value)}`);
  };
}

const ofTriggers: Readonly<Record<string, Rule>> = {
  ...{ StartBoundary: moment, EndBoundary: moment, ExecutionTimeLimit: duration, Delay: duration },
  ...{ RandomDelay: duration, DaysInterval: range(1, 365), WeeksInterval: range(1, 52) },
};
const ofRepetition: Readonly<Record<string, Rule>> = { Interval: pause, Duration: duration };
const ofSettings: Readonly<Record<string, Rule>> = {
  ...{ DeleteExpiredTaskAfter: duration, ExecutionTimeLimit: duration, RestartInterval: pause },
  ...{ Priority: range(0, 10), RestartCount: range(0, 255), MultipleInstances: range(0, 3) },
  Compatibility: range(0, 6),
};
const ofIdleness: Readonly<Record<string, Rule>> = { IdleDuration: duration, WaitTimeout: duration };
const ofPrincipals: Readonly<Record<string, Rule>> = { LogonType: range(0, 6), RunLevel: range(0, 1) };

function check(instance: CimInstance | undefined, rules: Readonly<Record<string, Rule>>): void {
  if (!instance) return;
  for (const [name, rule] of Object.entries(rules)) rule(instance, name);
}

/** Classes of the parts of a definition. */
const PARTS: Readonly<Record<string, string>> = {
  ...{ Actions: 'MSFT_TaskAction', Triggers: 'MSFT_TaskTrigger', Settings: 'MSFT_TaskSettings' },
  Principal: 'MSFT_TaskPrincipal',
};

function checkClasses(task: CimInstance, schema: Pick<Schema, 'isA'>): void {
  for (const [name, className] of Object.entries(PARTS)) {
    const single = embedded(task, name);
    for (const one of single ? [single] : embeddedAll(task, name))
      if (!schema.isA(one.className, className)) throw taskError('unexpectedNode', `${shorten(one.className, 80)}:`);
  }
}

/** What a definition must say (the XML schema of tasks, MS-TSCH 2.5). @throws HresultError that names what is wrong */
export function checkTask(task: CimInstance, schema: Pick<Schema, 'isA'>): void {
  checkClasses(task, schema);
  const [actions, triggers] = [embeddedAll(task, 'Actions'), embeddedAll(task, 'Triggers')];
  const settings = embedded(task, 'Settings');
  if (actions.length === 0) throw taskError('missingNode', 'Actions:');
  if (actions.length > MOST_ACTIONS) throw taskError('tooManyNodes', 'Actions:');
  if (triggers.length > MOST_TRIGGERS) throw taskError('tooManyNodes', 'Triggers:');
  for (const action of actions) checkAction(action);
  for (const trigger of triggers) checkTrigger(trigger);
  check(settings, ofSettings);
  check(settings && embedded(settings, 'IdleSettings'), ofIdleness);
  check(embedded(task, 'Principal'), ofPrincipals);
  const ends = triggers.some((trigger) => (trigger.getString('EndBoundary') ?? '') !== '');
  if ((settings?.getString('DeleteExpiredTaskAfter') ?? '') !== '' && !ends)
    throw taskError('missingNode', 'EndBoundary:');
}

function checkAction(action: CimInstance): void {
  const isExec = sameName(action.className, 'MSFT_TaskExecAction');
  if (isExec && (action.getString('Execute') ?? '') === '') throw taskError('missingNode', 'Command:');
  const isCom = sameName(action.className, 'MSFT_TaskComHandlerAction');
  if (isCom && (action.getString('ClassId') ?? '') === '') throw taskError('missingNode', 'ClassId:');
}

function checkTrigger(trigger: CimInstance): void {
  check(trigger, ofTriggers);
  if (TIMED.some((one) => sameName(one, trigger.className)) && (trigger.getString('StartBoundary') ?? '') === '')
    throw taskError('missingNode', 'StartBoundary:');
  const repetition = embedded(trigger, 'Repetition');
  check(repetition, ofRepetition);
  const text = (name: string) => repetition?.getString(name) ?? '';
  if (text('Duration') !== '' && text('Interval') === '') throw taskError('missingNode', 'Interval:');
}
