import { readdir, readFile } from 'node:fs/promises';

/** Linux counts processor time in hundredths of a second for everybody who reads /proc. */
const TICKS_PER_SECOND = 100;

/** Resident memory of a process in MB; `undefined` where there is no /proc. */
export async function residentMegabytes(pid) {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  } catch {
    return undefined;
  }
}

/** Seconds of processor time, of all threads, in user and kernel mode, since a process began; `undefined` where there is no /proc. */
export async function processorSeconds(pid) {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is the name in brackets, which may hold anything; the 14th and 15th are utime and stime.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}

/** The same of a process and all that it has started, those that have ended included. */
export async function processorSecondsOfAll(pid) {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // The 16th and 17th are those of children that were waited for.
    let sum = fields.slice(11, 15).reduce((all, ticks) => all + Number(ticks), 0) / TICKS_PER_SECOND;
    for (const child of await childrenOf(pid)) sum += (await processorSecondsOfAll(child)) ?? 0;
    return sum;
  } catch {
    return undefined;
  }
}

async function childrenOf(pid) {
  const children = [];
  for (const thread of await readdir(`/proc/${pid}/task`)) {
    const text = await readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '');
    children.push(...text.split(' ').filter(Boolean).map(Number));
  }
  return children;
}
