/** What is wrong with a MOF text, and where. */
export class MofError {
  readonly file: string;
  /** 1 is the first line. */
  readonly line: number;
  /** 1 is the first UTF-16 code unit of the line. */
  readonly column: number;
  readonly message: string;

  constructor(file: string, line: number, column: number, message: string) {
    this.file = file;
    this.line = line;
    this.column = column;
    this.message = message;
  }

  toString(): string {
    return `${this.file}:${this.line}:${this.column}: ${this.message}`;
  }
}

/** Everything that one compilation found wrong, in the order of its discovery; never empty. */
export class MofErrors extends Error {
  override readonly name = 'MofErrors';
  readonly errors: readonly MofError[];
  /** What would do, of the texts as a whole. */
  readonly hint: string | undefined;

  constructor(errors: readonly MofError[], hint?: string | undefined) {
    super(errors.join('\n'));
    this.errors = errors;
    this.hint = hint;
  }
}
