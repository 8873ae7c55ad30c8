import { foldName } from '../cim/model/name-map.js';
import { KNOWN_SECRETS, SECRET_NAME } from './known-secrets.js';

/** A class and its superclasses by name; of a class that nobody knows itself alone. */
export type LineageOf = (className: string) => Iterable<string>;

/** Which parameters and properties hold secrets. */
export interface SecretNames {
  /** @param classNames of what the name may be a parameter or property of; superclasses are found */
  isSecret(name: string, classNames?: Iterable<string>): boolean;
  /** Some of its names are secrets of this class alone, or of one of its superclasses. */
  isListed(className: string): boolean;
  /** Where a text may have the name of one, at most so many places: quick, and rather one too many. */
  placesIn(text: string, most: number): readonly number[];
}

interface Listed {
  readonly className: RegExp | undefined;
  readonly name: RegExp;
}

/** What an entry may be: `Name`, of every class, or `Class.Name`; `*` stands for any letters. */
export const SECRET_ENTRY = /^(?:[\w*]+\.)?[\w*]+$/;

/**
 * @param more entries besides those that are known ({@link SECRET_ENTRY})
 * @param lineageOf by which a class has what is listed of its superclasses
 */
export function createSecretNames(
  more: readonly string[] = [],
  lineageOf: LineageOf = (className) => [className],
): SecretNames {
  const listed = [...KNOWN_SECRETS, ...more].map(parseEntry);
  const ofEveryClass = listed.filter(({ className }) => className === undefined);
  const ofClass = new Map<string, readonly Listed[]>();
  const firsts = [...KNOWN_SECRETS, ...more].map((entry) => entry.split('.')[0] ?? '');
  const hints = new RegExp([...HINTS, ...new Set(firsts.map((name) => name.replaceAll('*', '\\w*')))].join('|'), 'gi');

  function entriesOf(className: string): readonly Listed[] {
    const folded = foldName(className);
    let entries = ofClass.get(folded);
    if (entries === undefined) {
      const lineage = [className, ...lineageOf(className)];
      entries = listed.filter((entry) => lineage.some((name) => entry.className?.test(name)));
      // Peers choose the names of classes.
      if (ofClass.size >= MOST_REMEMBERED) ofClass.clear();
      ofClass.set(folded, entries);
    }
    return entries;
  }

  return {
    isSecret(name, classNames = []) {
      if (SECRET_NAME.test(name) || ofEveryClass.some((entry) => entry.name.test(name))) return true;
      for (const className of classNames) if (entriesOf(className).some((entry) => entry.name.test(name))) return true;
      return false;
    },
    isListed: (className) => entriesOf(className).length > 0,
    placesIn(text, most) {
      const places: number[] = [];
      for (const { index } of text.matchAll(hints)) {
        if (places.length >= most) break;
        places.push(index);
      }
      return places;
    },
  };
}

const MOST_REMEMBERED = 1000;

/** One of them is in every name that says it itself. */
const HINTS = ['pass', 'pwd', 'secret', 'key', 'psk', 'token'];

function parseEntry(entry: string): Listed {
  const [first = '', second] = entry.split('.');
  return second === undefined
    ? { className: undefined, name: patternOf(first) }
    : { className: patternOf(first), name: patternOf(second) };
}

function patternOf(name: string): RegExp {
  return new RegExp(`^${name.replaceAll('*', '\\w*')}$`, 'i');
}
