/** The way to a value: names of members, and indexes from 0. */
export type ValuePath = readonly (string | number)[];

/** As much of a name as is shown: whoever wrote it chose it. */
const LONGEST = 60;

/** `user[0].name`; empty for the whole. */
export function pathText(path: ValuePath): string {
  return path
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : `${at > 0 ? '.' : ''}${step.slice(0, LONGEST)}`))
    .join('');
}
