import { type Static, type TSchema, Type } from '@sinclair/typebox';
import type { Json } from '../../cimjson/cim-json-types.js';

/** No member but those that are named: what is misspelt would be as if it were not there. */
const STRICT = { additionalProperties: false } as const;

/** Any JSON: what is checked by whoever knows the class. */
const Value = (description: string) => Type.Unknown({ description });
const Values = (description: string) =>
  Type.Unsafe<Readonly<Record<string, Json>>>(Type.Record(Type.String(), Type.Unknown(), { description }));

export const CimPath = Type.Union([Type.String(), Type.Object({ kind: Type.Literal('path') })], {
  description:
    'A path: its text, as root/cimv2:Win32_Service.Name="a", or the object of docs/json.md, whose keys may be plain.',
});

const className = Type.String({ minLength: 1 });
const namespace = Type.Optional(Type.String({ minLength: 1, description: 'Default: that of the endpoint.' }));

export const NewInstance = Type.Object(
  { class: className, namespace, properties: Type.Optional(Values('Properties: plain, or with their types.')) },
  STRICT,
);
export const PutInstance = Type.Object(
  {
    ...NewInstance.properties,
    change: Type.Optional(
      Type.Boolean({ description: 'One that is there keeps the properties that are not given. Default: false.' }),
    ),
  },
  STRICT,
);
export const InstanceChange = Type.Object({ path: CimPath, properties: Values('The properties to change.') }, STRICT);
export const InstanceChoice = Type.Object({ path: CimPath }, STRICT);
export const InstanceQuery = Type.Object({ query: Type.String({ description: 'WQL.' }), namespace }, STRICT);
export const AssociatorQuery = Type.Object({ path: CimPath, resultClass: Type.Optional(className) }, STRICT);
export const Invocation = Type.Object(
  { target: CimPath, method: className, input: Type.Optional(Values('Input parameters.')) },
  STRICT,
);

export const Seed = Type.Object(
  {
    sources: Type.Array(
      Type.Union([
        Type.Object(
          { mof: Type.String(), name: Type.Optional(Type.String({ description: 'What errors call it.' })) },
          STRICT,
        ),
        Type.Object({ instance: Value('An instance in the form of docs/json.md, with its path.') }, STRICT),
      ]),
    ),
  },
  STRICT,
);
/** Of several computers. */
export const HostQuery = Type.Object(
  {
    host: Type.Optional(
      Type.String({
        description: 'One of several hosts, by any of its names; default: all of them, or the default one.',
      }),
    ),
  },
  STRICT,
);

const text = Type.Optional(Type.String());

export const LabExport = Type.Object(
  { namespace, classes: Type.Optional(Type.Array(className, { description: 'With their subclasses; default: all.' })) },
  STRICT,
);

/** Looked at by whoever restores it, who knows the formats. */
export const SnapshotBody = Type.Object(
  { format: text, schema: text, state: text, digest: text },
  { description: 'A snapshot as POST /v1/snapshot gave it.' },
);

const filterTexts = {
  namespace: text,
  class: Type.Optional(Type.String({ description: 'The class, or a superclass of it.' })),
  method: text,
  user: text,
  host: Type.Optional(Type.String({ description: 'Of several computers: its name, short name or an alias.' })),
  outcome: Type.Optional(Type.Union([Type.Literal('answered'), Type.Literal('fault'), Type.Literal('lost')])),
  fault: Type.Optional(Type.String({ description: 'A name of docs/faults.md.' })),
  rule: Type.Optional(Type.String({ description: 'The id of the rule that fired.' })),
};

export const Filter = Type.Object(
  {
    operation: Type.Optional(
      Type.Union([Type.String(), Type.Array(Type.String())], {
        description: 'A name of WS-Man (Invoke, Pull) or of DSP0223 (InvokeMethod); one of several when a list.',
      }),
    ),
    ...filterTexts,
    selectors: Type.Optional(Values('Keys of the instance that is asked for.')),
    input: Type.Optional(Values('Input parameters, or properties of what is created or changed.')),
    returnValue: Type.Optional(Type.Union([Type.Number(), Type.String()], { description: 'Or its label.' })),
  },
  { ...STRICT, description: 'Which exchanges are meant: all that every member agrees with.' },
);

/** A list may be told for as many exchanges as are kept; without a number so many. */
const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, default: 1000 }));
const after = Type.Optional(Type.Integer({ minimum: 0, description: 'Those with a greater number only.' }));
const knownNames = Type.Optional(
  Type.Boolean({
    description: 'A namespace, class or method that the model does not have, and that nobody asked for, is an error.',
  }),
);
const soap = Type.Optional(Type.Boolean({ description: 'With both envelopes.' }));

export const FilterQuery = Type.Object(
  { operation: text, ...filterTexts, returnValue: text, after, limit, soap, knownNames },
  STRICT,
);
export const StreamQuery = Type.Object({ operation: text, ...filterTexts, returnValue: text, after }, STRICT);
export const Find = Type.Object({ filter: Type.Optional(Filter), after, limit, soap, knownNames }, STRICT);

/** A client that wants to wait longer asks again: what came meanwhile counts. */
const LONGEST_WAIT = 600_000;

export const Wait = Type.Object(
  {
    filter: Type.Optional(Filter),
    timeout: Type.Optional(Type.Integer({ minimum: 0, maximum: LONGEST_WAIT, default: 5000, description: 'ms' })),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 })),
    knownNames,
  },
  STRICT,
);

export const NewMethod = Type.Object(
  {
    stream: Type.String({ description: 'The id that the event hello of GET /v1/calls/stream told.' }),
    class: className,
    method: className,
    namespace,
    timeout: Type.Optional(Type.Integer({ minimum: 1, maximum: LONGEST_WAIT, default: 30_000, description: 'ms' })),
  },
  STRICT,
);
export const CallAnswer = Type.Object(
  {
    returnValue: Type.Optional(Value('Of the method.')),
    outputs: Type.Optional(Values('Output parameters.')),
    error: Type.Optional(
      Type.Object(
        {
          message: Type.String({ minLength: 1 }),
          status: Type.Optional(Type.String({ description: 'A CIM status by its name.', default: 'Failed' })),
        },
        STRICT,
      ),
    ),
  },
  STRICT,
);

/** A space that is to live longer belongs to a stream. */
const LONGEST_SPACE = 86_400_000;

export const NewSpace = Type.Object(
  {
    name: Type.Optional(Type.String({ description: 'Default: one is made.' })),
    seed: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Of generated identifiers; default: as the endpoint.' }),
    ),
    stream: Type.Optional(
      Type.String({
        description: 'The space ends with it: the id that the event hello of GET /v1/spaces/stream told.',
      }),
    ),
    lifetime: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: LONGEST_SPACE,
        default: 3_600_000,
        description: 'ms after which it ends; not with `stream`.',
      }),
    ),
  },
  STRICT,
);
export const NameParams = Type.Object({ name: Type.String() }, STRICT);

export const IdParams = Type.Object({ id: Type.String() }, STRICT);
export const NumberParams = Type.Object({ number: Type.Integer({ minimum: 1 }) }, STRICT);

/** What a route takes, as its handler sees it. */
export type Taken<S extends TSchema> = Static<S>;
