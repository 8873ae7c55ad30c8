import type { Answer, Answers, Row as InstanceRow, Read } from '../durable/backend.js';
import type { Row } from './database.js';

/** What the rows of a `readStatement` say. */
export function readAnswers(reads: readonly Read[], rows: readonly Row[]): Answers {
  const found = reads.map(() => ({
    rows: [] as InstanceRow[],
    ends: [] as InstanceRow[],
    number: undefined as number | undefined,
  }));
  let present = { version: 0, sequence: 0, cleared: 0 };
  for (const [n, sequence, version, document, number] of rows) {
    if (Number(n) < 0) {
      present = { version: Number(version), sequence: Number(sequence), cleared: Number(number) };
      continue;
    }
    const one = found[Number(n)];
    if (sequence === null || sequence === undefined) {
      if (one) one.number = Number(number);
      continue;
    }
    const row = { sequence: Number(sequence), version: Number(version), document: document ?? '' };
    if (number === null || number === undefined) one?.rows.push(row);
    else one?.ends.push(row);
  }
  return {
    present,
    answers: reads.map((read, index) => {
      const { rows = [], ends = [], number } = found[index] ?? {};
      return answerOf(read, rows, ends, number);
    }),
  };
}

function answerOf(read: Read, rows: InstanceRow[], ends: readonly InstanceRow[], number: number | undefined): Answer {
  switch (read.kind) {
    case 'count':
      return { kind: 'count', count: number ?? 0 };
    case 'isEmpty':
      return { kind: 'isEmpty', isEmpty: number === undefined };
    case 'equal':
      if (number === undefined) return { kind: 'unindexed' };
      if (number === 2) return { kind: 'unkeyed' };
      break;
    case 'page':
      rows.sort(bySequence);
      return { kind: 'rows', rows: rows.slice(0, read.limit), more: rows.length > read.limit };
    case 'referencing':
      return { kind: 'rows', rows: rows.sort(bySequence), ...(ends.length > 0 && { ends }) };
  }
  return { kind: 'rows', rows: rows.sort(bySequence) };
}

function bySequence(a: InstanceRow, b: InstanceRow): number {
  return a.sequence - b.sequence;
}
