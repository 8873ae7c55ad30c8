/** The element of a declaration that a {@link SchemaError} is about; the innermost name set is the culprit. */
export interface SchemaErrorPlace {
  readonly className: string;
  readonly property?: string | undefined;
  readonly method?: string | undefined;
  readonly parameter?: string | undefined;
  readonly qualifier?: string | undefined;
  /** Set when the superclass clause is at fault. */
  readonly superclass?: boolean | undefined;
}

/** A class or qualifier declaration that the schema cannot take. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
  readonly place: SchemaErrorPlace;

  constructor(place: SchemaErrorPlace, message: string) {
    super(message);
    this.place = place;
  }
}
