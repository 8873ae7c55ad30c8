import type { SourceText } from '../mof-source.js';
import type { WindowsNames } from '../windows/windows-names.js';
import type { NamespaceBuilder } from './namespace-builder.js';

/** Where a declaration stands: in which text, and which namespace. */
export interface TextPlace {
  readonly source: SourceText;
  readonly space: NamespaceBuilder;
  /** Where instances lie: the namespace, or a host's own of that name. */
  readonly namespace: string;
  /** Tells of what was taken though it is doubtful. */
  warn(at: number, message: string): void;
  report(at: number, message: string): void;
  /** True when declarations may be missing because of errors reported before. */
  readonly incomplete: boolean;
  /** What is there without a declaration; undefined in texts of DMTF's dialect. */
  readonly windows: WindowsNames | undefined;
}
