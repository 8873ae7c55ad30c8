import type { Answer, Answers, Row as InstanceRow, Read } from '../durable/backend.js';
import type { Row } from './database.js';

/** What the rows of a `readStatement` say. */
export function readAnswers(reads: readonly Read[], rows: readonly Row[]): Answers {
  const found = reads.map(() => ({ rows: [] as InstanceRow[], number: undefined as number | undefined }));
  let present = { version: 0, sequence: 0, cleared: 0 };
  for (const [n, sequence, version, document, number] of rows) {
    if (Number(n) < 0) {
      present = { version: Number(version), sequence: Number(sequence), cleared: Number(number) };
      continue;
    }
    const one = found[Number(n)];
    if (sequence === null || sequence === undefined) {
      if (one) one.number = Number(number);
    } else one?.rows.push({ sequence: Number(sequence), version: Number(version), document: document ?? '' });
  }
  return {
    present,
    answers: reads.map((read, index) => answerOf(read, found[index]?.rows ?? [], found[index]?.number)),
  };
}

function answerOf(read: Read, rows: InstanceRow[], number: number | undefined): Answer {
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
  }
  return { kind: 'rows', rows: rows.sort(bySequence) };
}

function bySequence(a: InstanceRow, b: InstanceRow): number {
  return a.sequence - b.sequence;
}
