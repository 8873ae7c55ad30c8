import type { Json } from '../../cimjson/cim-json-types.js';
import type { RecordedExchange } from '../../interceptors/record/recorded-exchange.js';
import { printableLine } from '../printable.js';

/** An exchange as the control API tells it. */
export type ToldExchange = Omit<RecordedExchange, 'soap'> & {
  readonly soap?: { readonly request?: string; readonly response?: string };
};

/** One line: `#12 20:00:00.000 alice Invoke LAB_Fan.Turn(By=5) Id=7 → 0 (OK); 3.1 ms`. */
export function formatExchange(exchange: ToldExchange): string {
  const { number, at, user, host, operation, class: className, method, selectors, input, durationMs } = exchange;
  const time = /T([\d:.]+)Z$/.exec(at)?.[1] ?? at;
  const object = [className, method].filter((part) => part !== undefined).join('.');
  const parts = [
    `#${number}`,
    time,
    user ?? 'nobody',
    host === undefined ? '' : `@ ${host}`,
    operation ?? 'a message',
    input === undefined ? object : `${object}(${formatValues(input)})`,
    selectors === undefined ? '' : formatValues(selectors),
  ];
  const head = parts.filter((part) => part !== '').join(' ');
  return `${printableLine(`${head} → ${outcomeOf(exchange)}; ${durationMs} ms`)}\n`;
}

function outcomeOf({
  outcome,
  fault,
  returnValue,
  returnLabel,
  instances,
  reason,
  status,
  rule,
}: ToldExchange): string {
  const label = returnLabel === undefined ? '' : ` (${returnLabel})`;
  const result =
    fault ??
    (returnValue !== undefined
      ? `${JSON.stringify(returnValue)}${label}`
      : instances !== undefined
        ? `${instances} instance${instances === 1 ? '' : 's'}`
        : outcome === 'answered'
          ? 'answered'
          : `${outcome}, HTTP ${status}`);
  return `${result}${reason === undefined ? '' : `: ${reason}`}${rule === undefined ? '' : ` [rule ${rule}]`}`;
}

function formatValues(values: Readonly<Record<string, Json>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(', ');
}
