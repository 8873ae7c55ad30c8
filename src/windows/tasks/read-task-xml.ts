import { CimInstance } from '../../cim/model/cim-instance.js';
import type { CimValue } from '../../cim/model/cim-value.js';
import { readXmlText } from '../../xml/read-xml.js';
import { attributeOf, type XmlElement } from '../../xml/xml-element.js';
import { XmlError } from '../../xml/xml-error.js';
import { isSystemAccount } from './task-accounts.js';
import { taskError } from './task-error.js';
import { LogonType, newSettings, part } from './task-parts.js';
import { embedded, TASK_CLASS } from './task-rows.js';
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

type Values = Record<string, CimValue>;
/** What is made of an element inside of another one. */
type Parts = Readonly<Record<string, (element: XmlElement) => void>>;

/** More is no task's definition. */
const LIMITS = { bytes: 256 * 1024, depth: 16, elements: 4096, textLength: 64 * 1024 };

/**
 * Reads a task's definition (the XML schema of tasks, MS-TSCH 2.5). What it says is checked with the rest of the definition; here only
 * that its elements are those that there are, and its values of their types.
 *
 * @throws HresultError
 */
export function readTaskXml(xml: string): CimInstance {
  const root = parse(xml);
  if (root.localName !== 'Task') throw taskError('unexpectedNode', `${root.localName}:`);
  const version = attributeOf(root, 'version') ?? USUAL_VERSION;
  const Compatibility = xmlVersions.lastIndexOf(version);
  if (Compatibility < 0) throw taskError('invalidValue', `version:${version.slice(0, 80)}`);
  const task: Values = { Actions: [], Triggers: [], Settings: newSettings({ Compatibility }) };
  let context: string | undefined;
  inside(root, {
    RegistrationInfo: (element) => Object.assign(task, fieldsOf(element, registrationFields)),
    Principals: (element) =>
      inside(element, { Principal: (one) => Object.assign(task, { Principal: principalOf(one) }) }),
    Settings: (element) => Object.assign(task, { Settings: settingsOf(element, Compatibility) }),
    Triggers: (element) => Object.assign(task, { Triggers: element.children.map(triggerOf) }),
    Actions: (element) => {
      context = attributeOf(element, 'Context');
      task.Actions = element.children.map(actionOf);
    },
  });
  const instance = new CimInstance(TASK_CLASS, Object.entries(task));
  const id = embedded(instance, 'Principal')?.getString('Id');
  if (context !== undefined && id !== undefined && context !== id)
    throw taskError('invalidValue', `Context:${context}`);
  return instance;
}

function parse(xml: string): XmlElement {
  try {
    return readXmlText(xml.replace(/^\uFEFF/, '').trim(), { limits: LIMITS });
  } catch (error) {
    if (error instanceof XmlError) throw taskError('malformedXml');
    throw error;
  }
}

/** Goes through an element's own; each may be there once. @throws HresultError for one that is not to be there */
function inside(element: XmlElement, parts: Parts, fields: readonly XmlField[] = []): void {
  const seen = new Set<string>();
  for (const child of element.children) {
    const { localName, namespaceUri } = child;
    if (namespaceUri !== TASK_NAMESPACE) throw taskError('wrongNamespace', `${localName}:`);
    const read = Object.hasOwn(parts, localName) ? parts[localName] : undefined;
    if (!read && !fields.some((field) => field.element === localName))
      throw taskError('unexpectedNode', `${localName}:`);
    if (seen.has(localName)) throw taskError('tooManyNodes', `${localName}:`);
    seen.add(localName);
    read?.(child);
  }
}

function fieldsOf(element: XmlElement, fields: readonly XmlField[], parts: Parts = {}): Values {
  inside(element, parts, fields);
  const values: Values = {};
  for (const child of element.children) {
    const field = fields.find((one) => one.element === child.localName);
    if (field) values[field.property] = valueIn(child, field);
  }
  return values;
}

function valueIn(element: XmlElement, { kind, each }: XmlField): CimValue {
  if (each !== undefined) return element.children.map((one) => one.text.trim());
  const text = element.text.trim();
  const wrong = () => taskError('invalidValue', `${element.localName}:${text.slice(0, 80)}`);
  if (kind === 'text') return element.text.trim() === '' ? null : text;
  if (kind === 'boolean') {
    if (!/^(?:true|false|0|1)$/.test(text)) throw wrong();
    return text === 'true' || text === '1';
  }
  if (kind === 'number') {
    if (!/^\d{1,9}$/.test(text)) throw wrong();
    return Number(text);
  }
  const at = text === '' ? -1 : kind.indexOf(text);
  if (at < 0) throw wrong();
  return at;
}

function principalOf(element: XmlElement): CimInstance {
  const values = fieldsOf(element, principalFields);
  const isSystem = typeof values.UserId === 'string' && isSystemAccount(values.UserId);
  const ofUser = isSystem ? LogonType.service : LogonType.interactive;
  const usual = values.GroupId === undefined ? ofUser : LogonType.group;
  return part('MSFT_TaskPrincipal2', {
    ...{ Id: attributeOf(element, 'id') ?? 'Author', DisplayName: null, UserId: null, GroupId: null },
    ...{ LogonType: usual, RunLevel: 0, ProcessTokenSidType: 2, RequiredPrivilege: null, ...values },
  });
}

function settingsOf(element: XmlElement, Compatibility: number): CimInstance {
  const usual = newSettings({ Compatibility });
  const more: Values = {};
  const inner = (name: string, fields: readonly XmlField[], className: string) => (child: XmlElement) => {
    const before = embedded(usual, name) ?? part(className, {});
    more[name] = before.with(fieldsOf(child, fields));
  };
  const values = fieldsOf(element, settingsFields, {
    RestartOnFailure: (child) => Object.assign(more, fieldsOf(child, restartFields)),
    IdleSettings: inner('IdleSettings', idleFields, 'MSFT_TaskIdleSettings'),
    NetworkSettings: inner('NetworkSettings', networkFields, 'MSFT_TaskNetworkSettings'),
    MaintenanceSettings: inner('MaintenanceSettings', maintenanceFields, 'MSFT_TaskMaintenanceSettings'),
  });
  return usual.with({ ...values, ...more });
}

function triggerOf(element: XmlElement): CimInstance {
  const names = element.children.map(({ localName }) => localName);
  const kind = xmlTriggers.find(
    (one) => one.element === element.localName && (!one.schedule || names.includes(one.schedule.element)),
  );
  if (!kind) throw taskError('unexpectedNode', `${element.localName}:`);
  const more: Values = {};
  const values = fieldsOf(element, kind.fields, {
    Repetition: (child) => Object.assign(more, { Repetition: repetitionOf(fieldsOf(child, repetitionFields)) }),
    ...(kind.schedule && {
      [kind.schedule.element]: (child: XmlElement) => Object.assign(more, scheduleOf(child, kind)),
    }),
    ...(kind.element === 'EventTrigger' && {
      ValueQueries: (child: XmlElement) => Object.assign(more, { ValueQueries: child.children.map(queryOf) }),
    }),
  });
  return part(kind.className, {
    ...{ Enabled: true, EndBoundary: null, ExecutionTimeLimit: null, Id: attributeOf(element, 'id') ?? null },
    ...{ Repetition: repetitionOf({}), StartBoundary: null, ...values, ...more },
  });
}

function repetitionOf(values: Values): CimInstance {
  return part('MSFT_TaskRepetitionPattern', { Duration: null, Interval: null, StopAtDurationEnd: false, ...values });
}

function queryOf(element: XmlElement): CimInstance {
  return part('MSFT_TaskNamedValue', { Name: attributeOf(element, 'name') ?? null, Value: element.text });
}

function scheduleOf(element: XmlElement, { schedule }: XmlTrigger): Values {
  const bits = xmlBits[element.localName] ?? [];
  const values: Values = {};
  const parts = bits.map(
    (one) => [one.element, (child: XmlElement) => Object.assign(values, bitsOf(child, one))] as const,
  );
  return { ...fieldsOf(element, schedule?.fields ?? [], Object.fromEntries(parts)), ...values };
}

function bitsOf(element: XmlElement, { property, names, each, last }: XmlBits): Values {
  let mask = 0;
  let isLast = false;
  for (const child of element.children) {
    const name = each === undefined ? child.localName : child.text.trim();
    const bit = names.indexOf(name);
    const isOfLast = last !== undefined && name === 'Last';
    if (bit < 0 && !isOfLast) throw taskError('invalidValue', `${element.localName}:${name.slice(0, 80)}`);
    if (isOfLast) isLast = true;
    else mask += Math.floor(mask / 2 ** bit) % 2 === 1 ? 0 : 2 ** bit;
  }
  return { [property]: mask, ...(last !== undefined && { [last]: isLast }) };
}

function actionOf(element: XmlElement): CimInstance {
  const kind = xmlActions.find((one) => one.element === element.localName);
  if (!kind) throw taskError('unexpectedNode', `${element.localName}:`);
  const values = fieldsOf(element, kind.fields);
  const missing = Object.fromEntries(kind.fields.map(({ property }) => [property, null]));
  return part(kind.className, { Id: attributeOf(element, 'id') ?? null, ...missing, ...values });
}
