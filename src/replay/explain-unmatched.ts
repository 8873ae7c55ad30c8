import type { Json } from '../cimjson/cim-json-types.js';
import { type Difference, differences } from './compare-requests.js';
import type { MessageRequest } from './message-request.js';
import type { RecordedAnswer } from './recorded-answers.js';

/** As much of a value as a text quotes, and as many differences. */
const QUOTED = 80;
const MOST = 4;
/** What says most of what a request is about. */
const WEIGHTS: Readonly<Record<string, number>> = { operation: 8, resource: 4, method: 4 };

/** Why nothing answers a request: what came, the recorded one that is nearest, and where they differ. */
export function explainUnmatched(came: MessageRequest, recorded: readonly RecordedAnswer[]): string {
  const told = `no recorded exchange answers ${describeRequest(came)}`;
  const [first] = recorded;
  if (first === undefined) return `${told}: the recording is empty`;
  const nearest = nearestOf(came, recorded);
  return `${told}; the nearest, line ${nearest.line}, is ${describeRequest(nearest.request)}: ${describeDifferences(differences(nearest.request, came))}`;
}

/** Where a request is not the one whose turn it is. */
export function explainTurn(came: MessageRequest, expected: RecordedAnswer | undefined): string {
  if (expected === undefined) return `the recording has ended, and ${describeRequest(came)} came`;
  const where = describeDifferences(differences(expected.request, came));
  return `line ${expected.line} of the recording, ${describeRequest(expected.request)}, has its turn, and ${describeRequest(came)} came: ${where}`;
}

function nearestOf(came: MessageRequest, recorded: readonly RecordedAnswer[]): RecordedAnswer {
  let nearest: RecordedAnswer | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const one of recorded) {
    const distance = differences(one.request, came).reduce((sum, { place }) => sum + (WEIGHTS[place] ?? 1), 0);
    if (distance < least) [nearest, least] = [one, distance];
  }
  // There is one.
  return nearest as RecordedAnswer;
}

/** `Invoke StartService on root/cimv2:Win32_Service {"Name":"Spooler"}`. */
export function describeRequest({ operation, method, resource, selectors }: MessageRequest): string {
  const what = method === undefined ? operation : `${operation} ${method}`;
  const where = resource === undefined ? '' : ` of ${resource}`;
  return what + where + (selectors === undefined ? '' : ` ${quote(selectors)}`);
}

function describeDifferences(found: readonly Difference[]): string {
  const told = found
    .slice(0, MOST)
    .map(({ place, recorded, came }) => `${place} is ${quote(came)}, recorded ${quote(recorded)}`);
  const more = found.length > MOST ? ` (and ${found.length - MOST} more)` : '';
  return `${told.join('; ')}${more}`;
}

function quote(value: Json | undefined): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}
