/** Where something stands in a file; line and column from 1. */
export interface DocumentPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Something in a file of settings or rules that cannot be. `expected`: the message, `file:line:column: …`, says all there is to say. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  readonly expected = true;
  readonly place: DocumentPlace;

  constructor(place: DocumentPlace, message: string, options?: ErrorOptions) {
    super(`${placeText(place)}: ${message}`, options);
    this.place = place;
  }
}

/** `cimulator.yaml:3:7` */
export function placeText({ file, line, column }: DocumentPlace): string {
  return `${file}:${line}:${column}`;
}
