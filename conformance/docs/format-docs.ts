import { cases } from '../cases.js';
import { expectedFailures } from '../expected-failures.js';
import type { Requirement } from '../requirement.js';
import { areas, requirements } from '../requirements.js';
import { collectTests, type Proof } from './collect-tests.js';

/**
 * The text of docs/conformance.md.
 *
 * @param root of the project
 */
export function formatDocs(root: string): string {
  const proofs = collectTests(root);
  const deferred = requirements.filter((requirement) => requirement.deferred !== undefined).length;
  const failing = requirements.filter((requirement) => isFailing(requirement, proofs)).length;
  return [
    '# Conformance',
    '',
    '<!-- Written by npm run conformance:docs; do not edit. -->',
    '',
    `What the specifications ask of a WS-Management server in the operations that this one has: ${requirements.length} requirements, ` +
      `of which ${requirements.length - deferred - failing} are met and tested, ${failing} are not met and ${deferred} are deferred. ` +
      'Behaviour is told in our own words; the clause says where to read the original. Numbers of rules (R…) are those of ' +
      'DSP0226 1.0 and DSP0227 1.0; where a number is not certain, the clause, or a word for its subject, stands alone.',
    '',
    `${cases.length} protocol tests prove most of them. They are data in \`conformance/cases\`, share no code with the server, and ` +
      'run against any WS-Management server with `cimulator-conformance`, a command of this package (in a clone: `npm run conformance --`):',
    '',
    '```sh',
    'npx --package cimulator cimulator-conformance --url http://127.0.0.1:5985/wsman --user NAME:PASSWORD',
    '```',
    '',
    'Without our lab on the other side, name a class that has instances (`--namespace root/cimv2 --class Win32_OperatingSystem`); ' +
      'cases that need the lab are skipped then. A test of this project fails when a requirement has no test, when a test names an ' +
      'unknown requirement, and when a deferred requirement or an expected failure turns out to be met.',
    ...areas.flatMap(({ title, requirements: rows }) => [
      '',
      `## ${title}`,
      '',
      '| id | clause | behaviour | level | tests | status |',
      '|---|---|---|---|---|---|',
      ...rows.map((row) => rowOf(row, proofs)),
    ]),
    '',
  ].join('\n');
}

function rowOf(requirement: Requirement, proofs: readonly Proof[]): string {
  const { id, clause, behaviour, level, deferred } = requirement;
  const tests = proofs
    .filter((proof) => proof.id === id)
    .map(({ test }) => (test.startsWith('test/') ? `\`${test}\`` : test));
  const cells = [
    `\`${id}\``,
    clause,
    behaviour,
    level,
    tests.join('; '),
    deferred === undefined ? (isFailing(requirement, proofs) ? 'not met' : 'tested') : `deferred: ${deferred}`,
  ];
  return `| ${cells.map(escapeCell).join(' | ')} |`;
}

function isFailing({ id }: Requirement, proofs: readonly Proof[]): boolean {
  return proofs.some((proof) => proof.id === id && Object.hasOwn(expectedFailures, proof.test));
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
