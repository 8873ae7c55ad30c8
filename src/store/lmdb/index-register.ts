/** The index of one property of one class; folded names. */
export interface IndexedProperty {
  readonly namespace: string;
  readonly className: string;
  readonly property: string;
  /** While it is being made, commits keep it already, but what was there before is not all in it. */
  readonly isWhole: boolean;
}

/** Which properties are indexed. */
export class IndexRegister {
  /** As it is kept: equal for equal registers. */
  readonly text: string;
  readonly #byClass = new Map<string, IndexedProperty[]>();

  constructor(text: string) {
    this.text = text;
    for (const one of text === '' ? [] : (JSON.parse(text) as IndexedProperty[])) {
      const key = keyOf(one.namespace, one.className);
      const properties = this.#byClass.get(key);
      if (properties) properties.push(one);
      else this.#byClass.set(key, [one]);
    }
  }

  of(namespace: string, className: string): readonly IndexedProperty[] {
    return this.#byClass.size === 0 ? NONE : (this.#byClass.get(keyOf(namespace, className)) ?? NONE);
  }

  find(namespace: string, className: string, property: string): IndexedProperty | undefined {
    return this.of(namespace, className).find((one) => one.property === property);
  }

  /** Those that are whole, and those that are not. */
  parts(): { readonly whole: IndexRegister; readonly begun: IndexRegister } {
    const all = [...this.#byClass.values()].flat();
    const of = (isWhole: boolean) => new IndexRegister(JSON.stringify(all.filter((one) => one.isWhole === isWhole)));
    return { whole: of(true), begun: of(false) };
  }

  /** The register with one more, or with one that has become whole. */
  with(added: IndexedProperty): IndexRegister {
    const isSame = (one: IndexedProperty) =>
      one.namespace === added.namespace && one.className === added.className && one.property === added.property;
    const all = [...this.#byClass.values()].flat().filter((one) => !isSame(one));
    return new IndexRegister(JSON.stringify([...all, added]));
  }
}

const NONE: readonly IndexedProperty[] = [];
const keyOf = (namespace: string, className: string) => `${namespace}\n${className}`;

/** Reads a register again only when it has another text. */
export function rememberRegister(): (text: string) => IndexRegister {
  let last = new IndexRegister('');
  return (text) => {
    if (text !== last.text) last = new IndexRegister(text);
    return last;
  };
}
