import { visibleText } from './visible-text.js';

/** The fields of a log line, as pino writes them. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Puts a colour around a text, by its SGR number, or leaves it. */
type Paint = (colour: number, text: string) => string;

const RED = 31;
const GREEN = 32;
const YELLOW = 33;
const GREY = 90;

/** pino's numbers. */
const LEVELS: Readonly<Record<number, readonly [name: string, colour: number]>> = {
  10: ['trace', GREY],
  20: ['debug', GREY],
  30: ['info', GREEN],
  40: ['warn', YELLOW],
  50: ['error', RED],
  60: ['fatal', RED],
};

/**
 * A log line for a person: time of day, level, what happened. What came from a peer can neither begin a line nor colour it
 * ({@link visibleText}); only the stack of an error takes more lines, each of them indented.
 *
 * @param line one JSON line of pino
 * @returns with a line break at its end
 */
export function formatLogLine(line: string, colours: boolean): string {
  const paint: Paint = colours ? (colour, text) => `\u001B[${colour}m${text}\u001B[39m` : (_colour, text) => text;
  const { time, level, msg, worker, ...facts } = JSON.parse(line) as LogFields;
  const stack = stackOf(facts.err);
  const { err: _error, ...others } = facts;
  // JavaScript can throw what has no stack: a text, say, which is a fact then.
  const fields = stack === '' ? facts : others;
  const [name, colour] = LEVELS[Number(level)] ?? [String(level), GREY];
  const told = msg === 'wsman' ? formatCall(fields, paint) : formatFacts(textOf(msg), fields, paint);
  // Of which process it is, where several serve.
  const teller = worker === undefined ? '' : `${paint(GREY, `worker ${textOf(worker)}:`)} `;
  const head = `${paint(GREY, timeOfDay(time))} ${paint(colour, name.padEnd(5))} ${teller}${told}\n`;
  return head + stack;
}

/** `admin CreateOrModifyReplicationPipe ns:Class.Key="1" → 5 (Invalid Parameter): why; 3.1 ms, call abc-1 from 127.0.0.1`. */
function formatCall(fields: LogFields, paint: Paint): string {
  const { user, operation, target, class: className, reason, ms, call, peer } = fields;
  const subject = [user ?? 'nobody', operation ?? 'a message', target ?? className]
    .map(textOf)
    .filter(Boolean)
    .join(' ');
  const why = reason === undefined ? '' : `: ${textOf(reason)}`;
  const where = `${textOf(ms)} ms, call ${textOf(call)} from ${textOf(peer)}`;
  const rule = fields.rule === undefined ? '' : `, by rule ${textOf(fields.rule)}`;
  const delivery = fields.delivery === undefined ? '' : `, delivered ${textOf(fields.delivery)}`;
  return `${subject} → ${outcomeOf(fields, paint)}${why}; ${paint(GREY, where + rule + delivery)}`;
}

function outcomeOf({ fault, status, returnValue, returnLabel }: LogFields, paint: Paint): string {
  if (fault !== undefined) return paint(RED, textOf(fault));
  if (returnValue === undefined) return paint(GREEN, textOf(status));
  const label = returnLabel === undefined ? '' : ` (${textOf(returnLabel)})`;
  return paint(returnValue === 0 ? GREEN : YELLOW, textOf(returnValue) + label);
}

function formatFacts(what: string, fields: LogFields, paint: Paint): string {
  const facts = Object.entries(fields).map(([name, fact]) => ` ${paint(GREY, `${visibleText(name)}=`)}${quoted(fact)}`);
  return what + facts.join('');
}

/** In quotation marks where it could be taken for more than one fact. */
function quoted(fact: unknown): string {
  return typeof fact === 'string' && /[\s"=]/.test(fact) ? visibleText(JSON.stringify(fact)) : textOf(fact);
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  return visibleText(typeof value === 'string' ? value : JSON.stringify(value));
}

/** HH:MM:SS.mmm of this machine. */
function timeOfDay(time: unknown): string {
  const date = new Date(String(time));
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits);
  return `${hours}:${minutes}:${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** pino writes errors as objects with their type, message and stack. */
function stackOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('stack' in error)) return '';
  const lines = String(error.stack).split('\n');
  return lines.map((line) => `    ${visibleText(line.trim())}\n`).join('');
}
