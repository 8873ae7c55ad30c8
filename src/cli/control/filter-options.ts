import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ExchangeFilter, PlainValues } from '../../interceptors/match/exchange-match.js';
import { collect } from '../collect.js';

/** Which exchanges are meant. */
export interface FilterFlags {
  readonly operation?: readonly string[];
  readonly namespace?: string;
  readonly class?: string;
  readonly method?: string;
  readonly user?: string;
  readonly host?: string;
  readonly outcome?: 'answered' | 'fault' | 'lost';
  readonly returnValue?: string;
  readonly fault?: string;
  readonly rule?: string;
  readonly key?: PlainValues;
  readonly input?: PlainValues;
}

export function addFilterOptions(command: Command): Command {
  return command
    .optionsGroup('Which:')
    .addOption(
      new Option('--operation <name>', 'of WS-Man (Invoke) or DSP0223 (InvokeMethod); may be repeated').argParser(
        collect,
      ),
    )
    .addOption(new Option('--namespace <name>', 'of the object'))
    .addOption(new Option('--class <name>', 'its class, or a superclass of it'))
    .addOption(new Option('--method <name>', 'that is called'))
    .addOption(new Option('--user <name>', 'who calls'))
    .addOption(new Option('--host <name>', 'of several hosts the one that is asked'))
    .addOption(new Option('--outcome <how>', 'how it ended').choices(['answered', 'fault', 'lost']))
    .addOption(new Option('--return-value <n|label>', 'of the method'))
    .addOption(new Option('--fault <name>', 'as docs/faults.md has it'))
    .addOption(new Option('--rule <id>', 'that fired'))
    .addOption(new Option('--key <name=value>', 'a key of the object; may be repeated').argParser(collectValue))
    .addOption(new Option('--input <name=value>', 'a parameter or property; may be repeated').argParser(collectValue));
}

export function filterOf(flags: FilterFlags): ExchangeFilter {
  const {
    operation,
    namespace,
    class: className,
    method,
    user,
    host,
    outcome,
    returnValue,
    fault,
    rule,
    key,
    input,
  } = flags;
  return {
    ...(operation && { operation }),
    ...(namespace !== undefined && { namespace }),
    ...(className !== undefined && { class: className }),
    ...(method !== undefined && { method }),
    ...(user !== undefined && { user }),
    ...(host !== undefined && { host }),
    ...(outcome !== undefined && { outcome }),
    ...(returnValue !== undefined && { returnValue }),
    ...(fault !== undefined && { fault }),
    ...(rule !== undefined && { rule }),
    ...(key && { selectors: key }),
    ...(input && { input }),
  };
}

/** `Name=value`; the value is JSON where it is some (`5`, `["a"]`), else a text. */
function collectValue(text: string, previous: PlainValues | undefined): PlainValues {
  const [, name, value] = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*=(.*)$/su.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Expected Name=value.');
  return { ...previous, [name]: jsonOrText(value) };
}

function jsonOrText(value: string) {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
