import { mofLimits } from '../mof-limits.js';
import type { SourceText } from '../mof-source.js';
import { parseDeclaration } from './parse-declaration.js';
import { skipDeclaration } from './recover.js';
import type { DeclarationSyntax } from './syntax.js';
import { SyntaxFailure, type TextNote, TokenReader } from './token-reader.js';

/** One declaration, or one error and what was skipped for it; `foreign` is what in it DSP0004 does not have. */
export type TextItem =
  | { readonly kind: 'declaration'; readonly declaration: DeclarationSyntax; readonly foreign: readonly TextNote[] }
  | {
      readonly kind: 'failure';
      readonly failure: TextNote;
      /** True when a declaration was lost, so that what it declared is missing. */
      readonly isLost: boolean;
      readonly foreign: readonly TextNote[];
    };

/** A text as it was read, before any of it has taken effect. */
export interface ParsedText {
  /** In the order of the text. Errors within a declaration come before it. */
  readonly items: readonly TextItem[];
  /** Offsets of strings that go over several lines. */
  readonly brokenStrings: readonly number[];
  /** Names of aliases that stand as values, in lower case. */
  readonly usedAliases: ReadonlySet<string>;
  /** True when there is what DSP0004 does not have and passes over all the same. */
  readonly isOfWindows: boolean;
}

/** Reads a text to its end, or until there are more errors than anybody is told. */
export function parseText(source: SourceText): ParsedText {
  const reader = new TokenReader(source);
  const items: TextItem[] = [];
  let failures = 0;
  const fail = ({ at, message }: SyntaxFailure, isLost: boolean) => {
    failures += 1;
    items.push({ kind: 'failure', failure: { at, message }, isLost, foreign: reader.foreign.splice(0) });
  };
  while (reader.kind !== 'end' && failures < mofLimits.errors) {
    try {
      const declaration = parseDeclaration(reader, (failure) => fail(failure, false));
      items.push({ kind: 'declaration', declaration, foreign: reader.foreign.splice(0) });
    } catch (error) {
      if (!(error instanceof SyntaxFailure)) throw error;
      fail(error, true);
      skipDeclaration(reader);
    }
  }
  const { usedAliases, isOfWindows } = reader;
  return { items, brokenStrings: [...reader.brokenStrings], usedAliases, isOfWindows };
}
