import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import type { RuleState } from '../interceptors/rules/rule.js';
import { RuleError } from '../interceptors/rules/rule-error.js';
import { type ControlClient, ControlRefusal, withControl } from './control/control-client.js';
import { addControlOptions, type ControlFlags } from './control/control-options.js';
import { readInput } from './control/read-input.js';
import { formatTable } from './format-table.js';
import { printableJson, printableLine } from './printable.js';
import { processTerminal, runCommand, type Terminal } from './terminal.js';

interface ListFlags extends ControlFlags {
  readonly json?: boolean;
}

const NOTES = `
Examples:
  cimulator rules add '{ when: { method: Turn, nth: 2 }, then: { fault: QuotaLimit } }'
  cimulator rules add break.yaml
  cimulator rules list
  cimulator rules remove rule-1`;

/** Adds `cimulator rules` to the program. */
export function addRulesCommand(program: Command, terminal: Terminal = processTerminal): void {
  const rules = program
    .command('rules')
    .description('make a running endpoint misbehave: docs/breaking-things.md')
    .addHelpText('after', NOTES);

  const list = rules.command('list').description('show its rules, and how often they fired');
  addControlOptions(list.addOption(new Option('--json', 'as JSON'))).action((flags: ListFlags) =>
    runCommand(terminal, () =>
      withControl(flags, async (client) => {
        const { rules: found } = (await client.ask('GET', '/v1/rules')) as { rules: RuleState[] };
        terminal.out(flags.json ? `${printableJson(found)}\n` : tableOf(found));
      }),
    ),
  );

  addControlOptions(
    rules
      .command('add')
      .description('add rules')
      .argument('<rules...>', 'a file of YAML or JSON, one rule or a list of them, or - for stdin'),
  ).action((given: readonly string[], flags: ControlFlags) =>
    runCommand(terminal, () =>
      withControl(flags, async (client) => {
        for (const id of await addAll(client, given)) terminal.out(`${id}\n`);
      }),
    ),
  );

  addControlOptions(
    rules.command('remove').description('remove rules').argument('<ids...>', 'as the list has them'),
  ).action((ids: readonly string[], flags: ControlFlags) =>
    runCommand(terminal, () =>
      withControl(flags, async (client) => {
        for (const id of ids) await client.ask('DELETE', `/v1/rules/${encodeURIComponent(id)}`);
      }),
    ),
  );
}

/** All or none. @returns their ids @throws RuleError with file and line */
async function addAll(client: ControlClient, given: readonly string[]): Promise<readonly string[]> {
  const { parseRules } = await import('../interceptors/rules/read-rules-file.js');
  const read = await Promise.all(
    given.map(async (argument) => {
      if (!/^\s*[{[]/.test(argument))
        return parseRules(await readInput(argument), argument === '-' ? 'stdin' : basename(argument));
      const isList = argument.trimStart().startsWith('[') || /"rules"\s*:/.test(argument);
      return parseRules(isList ? argument : `[${argument}]`, 'the rule');
    }),
  );
  const ids: string[] = [];
  try {
    for (const { rule, locate } of read.flat()) {
      const added = await client.ask('POST', '/v1/rules', rule).catch((error: unknown) => {
        throw error instanceof ControlRefusal ? locate(ruleErrorOf(error)) : error;
      });
      ids.push((added as RuleState).id);
    }
  } catch (error) {
    for (const id of ids) await client.ask('DELETE', `/v1/rules/${encodeURIComponent(id)}`);
    throw error;
  }
  return ids;
}

function ruleErrorOf({ place, message }: ControlRefusal): RuleError {
  return new RuleError(place, place === '' ? message : message.replace(`${place}: `, ''));
}

function tableOf(rules: readonly RuleState[]): string {
  const text = (value: unknown) => printableLine(JSON.stringify(value));
  const rows = rules.map(({ id, matched, fired, when, then }) => [
    printableLine(id),
    ...[String(matched), String(fired), text(when), text(then)],
  ]);
  return rows.length === 0 ? '' : formatTable(['ID', 'MATCHED', 'FIRED', 'WHEN', 'THEN'], rows);
}
