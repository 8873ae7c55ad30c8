import type { MofDialectChoice } from './dialect.js';
import { MofError } from './mof-error.js';

/** A MOF text and the name that errors give it. */
export interface MofSource {
  readonly file: string;
  readonly text: string;
  /** That the text is not what it should be, and where; set when it was read as Windows-1252 for want of anything better. */
  readonly notUnicode?: MofError | undefined;
  /** How it is to be read, with what it includes; undefined: as the compilation says. */
  readonly dialect?: MofDialectChoice | undefined;
}

/** A string value that holds MOF text of its own. */
interface OuterText {
  readonly text: SourceText;
  readonly at: number;
}

/** A MOF text that tells line and column of its offsets. */
export class SourceText {
  readonly file: string;
  readonly text: string;
  readonly notUnicode: MofError | undefined;
  readonly #outer: OuterText | undefined;
  #lineStarts: readonly number[] | undefined;

  constructor(source: MofSource, outer?: OuterText) {
    this.file = source.file;
    this.text = source.text;
    this.notUnicode = source.notUnicode;
    this.#outer = outer;
  }

  /** The error at an offset; in a text within a string, the place is that of the string. */
  errorAt(at: number, message: string): MofError {
    const { line, column } = this.#locate(at);
    if (!this.#outer) return new MofError(this.file, line, column, message);
    const { text, at: outerAt } = this.#outer;
    return text.errorAt(outerAt, `in the embedded instance, line ${line}, column ${column}: ${message}`);
  }

  #locate(at: number): { line: number; column: number } {
    this.#lineStarts ??= findLineStarts(this.text);
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
  }
}

/** Lines end with LF, CR LF or CR. */
function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) starts.push(at + 1);
  }
  return starts;
}
