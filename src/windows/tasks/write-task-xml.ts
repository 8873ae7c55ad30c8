import type { CimInstance } from '../../cim/model/cim-instance.js';
import { isCimArray } from '../../cim/model/cim-value.js';
import { sameName } from '../../cim/model/name-map.js';
import { escapeAttribute, escapeText } from '../../xml/escape-xml.js';
import { embedded, embeddedAll } from './task-rows.js';
import {
  idleFields,
  maintenanceFields,
  networkFields,
  principalFields,
  registrationFields,
  repetitionFields,
  restartFields,
  settingsFields,
  TASK_NAMESPACE,
  USUAL_VERSION,
  type XmlBits,
  type XmlField,
  type XmlTrigger,
  xmlActions,
  xmlBits,
  xmlTriggers,
  xmlVersions,
} from './task-xml-fields.js';

/** Lines of an element's content. */
type Lines = readonly string[];

/** A task as the Task Scheduler exports it (the XML schema of tasks, MS-TSCH 2.5). */
export function writeTaskXml(task: CimInstance): string {
  const [principal, settings] = [embedded(task, 'Principal'), embedded(task, 'Settings')];
  const version = xmlVersions[Number(settings?.get('Compatibility') ?? -1)] ?? USUAL_VERSION;
  const author = principal?.getString('Id') ?? 'Author';
  const lines = [
    ...element('RegistrationInfo', fieldsOf(task, registrationFields)),
    ...element('Principals', principal ? principalLines(principal, author) : []),
    ...element('Settings', settings ? settingsLines(settings) : []),
    ...element('Triggers', embeddedAll(task, 'Triggers').flatMap(triggerLines)),
    ...element('Actions', embeddedAll(task, 'Actions').flatMap(actionLines), { Context: author }),
  ];
  const root = `<Task version="${version}" xmlns="${TASK_NAMESPACE}">`;
  return ['<?xml version="1.0" encoding="UTF-16"?>', root, ...indented(lines), '</Task>'].join('\r\n');
}

function indented(lines: Lines): Lines {
  return lines.map((line) => `  ${line}`);
}

function element(name: string, content: Lines, attributes: Readonly<Record<string, string | null>> = {}): Lines {
  const given = Object.entries(attributes)
    .map(([key, value]) => (value === null ? '' : ` ${key}="${escapeAttribute(value)}"`))
    .join('');
  if (content.length === 0) return [`<${name}${given} />`];
  return [`<${name}${given}>`, ...indented(content), `</${name}>`];
}

/** An element that is left out when nothing is in it. */
function filled(name: string, content: Lines): Lines {
  return content.length === 0 ? [] : element(name, content);
}

function fieldsOf(instance: CimInstance | undefined, fields: readonly XmlField[]): Lines {
  return fields.flatMap((field) => {
    const value = instance?.get(field.property) ?? null;
    if (isCimArray(value))
      return filled(
        field.element,
        value.map((one) => tag(field.each ?? field.element, String(one))),
      );
    if (value === null || value === '' || value === field.usual) return [];
    const text = Array.isArray(field.kind) ? field.kind[Number(value)] : String(value);
    return text === undefined || text === '' ? [] : [tag(field.element, text)];
  });
}

function tag(name: string, text: string): string {
  return `<${name}>${escapeText(text)}</${name}>`;
}

function principalLines(principal: CimInstance, id: string): Lines {
  return element('Principal', fieldsOf(principal, principalFields), { id });
}

function settingsLines(settings: CimInstance): Lines {
  const restarts = Number(settings.get('RestartCount') ?? 0) > 0;
  const inside = (name: string, fields: readonly XmlField[]) =>
    filled(name, fieldsOf(embedded(settings, name), fields));
  return [
    ...fieldsOf(settings, settingsFields),
    ...(restarts ? element('RestartOnFailure', fieldsOf(settings, restartFields)) : []),
    ...inside('IdleSettings', idleFields),
    ...inside('NetworkSettings', networkFields),
    ...inside('MaintenanceSettings', maintenanceFields),
  ];
}

function triggerLines(trigger: CimInstance): Lines {
  const kind = xmlTriggers.find(({ className }) => sameName(className, trigger.className));
  if (!kind) return [];
  const repetition = fieldsOf(embedded(trigger, 'Repetition'), repetitionFields);
  const queries = embeddedAll(trigger, 'ValueQueries').map(
    (one) =>
      `<Value name="${escapeAttribute(one.getString('Name') ?? '')}">${escapeText(one.getString('Value') ?? '')}</Value>`,
  );
  const content = [
    ...filled('Repetition', repetition),
    ...fieldsOf(trigger, kind.fields),
    ...filled('ValueQueries', queries),
    ...scheduleLines(trigger, kind),
  ];
  return element(kind.element, content, { id: trigger.getString('Id') || null });
}

function scheduleLines(trigger: CimInstance, { schedule }: XmlTrigger): Lines {
  if (!schedule) return [];
  const bits = xmlBits[schedule.element] ?? [];
  return element(schedule.element, [
    ...fieldsOf(trigger, schedule.fields),
    ...bits.flatMap((one) => element(one.element, bitLines(trigger, one))),
  ]);
}

function bitLines(trigger: CimInstance, { property, names, each, last }: XmlBits): Lines {
  const mask = Number(trigger.get(property) ?? 0);
  const set = names.filter((_, bit) => Math.floor(mask / 2 ** bit) % 2 === 1);
  const all = last !== undefined && trigger.get(last) === true ? [...set, 'Last'] : set;
  return all.map((name) => (each === undefined ? `<${name} />` : tag(each, name)));
}

function actionLines(action: CimInstance): Lines {
  const kind = xmlActions.find(({ className }) => sameName(className, action.className));
  return kind ? element(kind.element, fieldsOf(action, kind.fields), { id: action.getString('Id') || null }) : [];
}
