import type { Case, CaseResult, Connection, ConnectionOptions, Outcome, Requirement, Target } from './types.mjs';

export type * from './types.mjs';

interface TargetOptions {
  readonly namespace?: string | undefined;
  readonly className?: string | undefined;
  readonly method?: string | undefined;
  readonly lab: 'yes' | 'no' | 'auto';
}

export const areas: readonly { readonly title: string; readonly requirements: readonly Requirement[] }[];
export const requirements: readonly Requirement[];
export const cases: readonly Case[];
export const expectedFailures: Readonly<Record<string, string>>;
export const lab: Pick<Target, 'namespace' | 'className' | 'selectors'>;
export const usage: string;
export class UsageError extends Error {}
export function collectTests(root: string): { readonly id: string; readonly test: string }[];
export function idsIn(source: string): string[];
export function connect(options: ConnectionOptions): Connection;
export function discoverTarget(connection: Connection, options: TargetOptions): Promise<Target>;
export function formatDocs(root: string): string;
export function parseOptions(
  args: readonly string[],
):
  | (TargetOptions & { readonly connection: ConnectionOptions; readonly only: string; readonly json: boolean })
  | undefined;
export function outcomeOf(results: readonly CaseResult[]): Outcome;
export function textReport(results: readonly CaseResult[]): string;
export function jsonReport(results: readonly CaseResult[]): string;
export function totals(results: readonly CaseResult[]): Readonly<Record<Outcome, number>>;
export function runCase(testCase: Case, target: Target, connection: Connection): Promise<CaseResult>;
