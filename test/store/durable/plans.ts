import fc from 'fast-check';

/** What the plans of the properties write and read: few paths, so that they meet. */
export const CLASSES = ['Disk', 'Tape', 'Link'] as const;
export const IDS = ['a', 'b', 'c'] as const;

export interface Place {
  readonly className: (typeof CLASSES)[number];
  readonly id: (typeof IDS)[number];
}

/** An instance to be written: `mark` null makes a value that has no key. */
export interface Written extends Place {
  readonly note: number | null;
  readonly of: Place | null;
}

export type Step =
  | { readonly kind: 'putMany'; readonly written: readonly Written[] }
  | { readonly kind: 'delete'; readonly place: Place }
  | { readonly kind: 'deleteMany'; readonly places: readonly Place[] }
  | { readonly kind: 'clear' | 'discard' }
  | Reading;

export type Reading =
  | { readonly kind: 'getMany'; readonly places: readonly Place[] }
  | { readonly kind: 'findByKeys'; readonly id: Place['id'] }
  | { readonly kind: 'count' | 'scan'; readonly classNames: readonly Place['className'][] }
  | { readonly kind: 'walk'; readonly classNames: readonly Place['className'][]; readonly limit: number }
  | { readonly kind: 'referencing'; readonly place: Place; readonly role: 'Of' | 'Other' | undefined }
  | { readonly kind: 'findEqual'; readonly className: Place['className']; readonly note: number }
  | { readonly kind: 'isEmpty' };

/** A step with the rounds of the event loop that pass after it; with none, the next one is asked for at once. */
export interface Timed<S> {
  readonly step: S;
  readonly rounds: number;
}

export interface Plan {
  /** Which of the stores runs it. */
  readonly store: number;
  readonly begins: number;
  readonly claims: boolean;
  readonly fails: boolean;
  readonly steps: readonly Timed<Step>[];
}

/** A read outside of transactions. */
export interface Look {
  readonly store: number;
  readonly begins: number;
  readonly reading: Exclude<Reading, { kind: 'walk' }>;
}

const anyPlace: fc.Arbitrary<Place> = fc.record({
  className: fc.constantFrom(...CLASSES),
  id: fc.constantFrom(...IDS),
});
const anyWritten: fc.Arbitrary<Written> = fc.record({
  className: fc.constantFrom(...CLASSES),
  id: fc.constantFrom(...IDS),
  note: fc.option(fc.nat(2), { freq: 12 }),
  of: fc.option(anyPlace, { freq: 2 }),
});
const someClasses = fc.constantFrom(CLASSES, ['Disk'] as const, ['Link', 'Tape'] as const);

const anyLooking: fc.Arbitrary<Look['reading']> = fc.oneof(
  fc.record({ kind: fc.constant('getMany'), places: fc.array(anyPlace, { minLength: 1, maxLength: 3 }) }),
  fc.record({ kind: fc.constant('findByKeys'), id: fc.constantFrom(...IDS) }),
  fc.record({ kind: fc.constantFrom('count', 'scan'), classNames: someClasses }),
  fc.record({
    kind: fc.constant('referencing'),
    place: anyPlace,
    role: fc.constantFrom('Of', 'Other', undefined),
  }),
  fc.record({ kind: fc.constant('findEqual'), className: fc.constantFrom(...CLASSES), note: fc.nat(2) }),
  fc.record({ kind: fc.constant('isEmpty') }),
) as fc.Arbitrary<Look['reading']>;

const anyReading: fc.Arbitrary<Reading> = fc.oneof(
  { weight: 5, arbitrary: anyLooking },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('walk' as const),
      classNames: someClasses,
      limit: fc.integer({ min: 1, max: 4 }),
    }),
  },
);

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: anyReading },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant('putMany' as const),
      written: fc.array(anyWritten, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), place: anyPlace }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('deleteMany' as const),
      places: fc.array(anyPlace, { minLength: 1, maxLength: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'clear' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'discard' as const }) },
);

export const anyPlan: fc.Arbitrary<Plan> = fc.record({
  store: fc.nat(1),
  begins: fc.nat(6),
  claims: fc.nat(11).map((one) => one === 0),
  fails: fc.nat(9).map((one) => one === 0),
  steps: fc.array(fc.record({ step: anyStep, rounds: fc.nat(3) }), { minLength: 1, maxLength: 6 }),
});

/** Scans of several classes are of several moments. */
const anyOutside = anyLooking.map((one) =>
  one.kind === 'scan' ? { ...one, classNames: one.classNames.slice(0, 1) } : one,
);

export const anyLook: fc.Arbitrary<Look> = fc.record({ store: fc.nat(1), begins: fc.nat(12), reading: anyOutside });
