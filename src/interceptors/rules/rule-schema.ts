import { type TSchema, Type } from '@sinclair/typebox';
import type { PlainValues } from '../match/exchange-match.js';

const closed = { additionalProperties: false };
const text = (description: string) => Type.String({ description, minLength: 1 });
const count = (minimum: number) => Type.Integer({ minimum });
const oneOf = <const T extends readonly (string | number)[]>(values: T, description: string) =>
  Type.Unsafe<T[number]>(
    Type.Union(
      [...values].map((value) => Type.Literal(value)),
      { description },
    ),
  );
const values = (description: string) =>
  Type.Unsafe<PlainValues>(Type.Record(Type.String(), Type.Unknown(), { description }));
const optional = <T extends TSchema>(schema: T) => Type.Optional(schema);

const condition = Type.Object(
  {
    operation: optional(
      Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })], {
        description:
          'A name of WS-Man (Invoke, Pull, Identify …) or of DSP0223 (InvokeMethod, GetInstance …), or several.',
      }),
    ),
    namespace: optional(text('The namespace, as root/cimv2.')),
    class: optional(text('The class, or a superclass of it.')),
    method: optional(text('The method that is called.')),
    selectors: optional(values('Keys of the instance that is asked for.')),
    user: optional(text("The account's name.")),
    host: optional(text('Which of several computers is asked: its name, short name or an alias.')),
    input: optional(values('Input parameters of a method, or properties of what is created or changed.')),
    nth: optional(
      Type.Union([count(1), Type.Array(count(1), { minItems: 1 })], {
        description: 'Only the match of this number, from 1; or of these.',
      }),
    ),
    after: optional(Type.Integer({ minimum: 0, description: 'Not the first so many matches.' })),
    times: optional(Type.Integer({ minimum: 1, description: 'Not oftener than so many times.' })),
    between: optional(
      Type.Tuple(
        [
          Type.Union([Type.String(), Type.Number({ minimum: 0 })]),
          Type.Union([Type.String(), Type.Number({ minimum: 0 })]),
        ],
        {
          description:
            "Only between these two durations since the rule was added, by the endpoint's clock: PT1S, or milliseconds.",
        },
      ),
    ),
    probability: optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        description: "How likely it fires; the endpoint's seed decides.",
      }),
    ),
  },
  { ...closed, description: 'When the rule fires: all that is said must agree.' },
);

const milliseconds = Type.Number({ minimum: 0 });
const delay = Type.Union(
  [
    milliseconds,
    Type.Object({ uniform: Type.Tuple([milliseconds, milliseconds]) }, closed),
    Type.Object(
      { logNormal: Type.Object({ median: Type.Number({ exclusiveMinimum: 0 }), sigma: milliseconds }, closed) },
      closed,
    ),
  ],
  { description: 'Milliseconds to wait: as many, between two (uniform), or around a median (logNormal).' },
);

const action = Type.Object(
  {
    returnValue: optional(
      Type.Union([Type.Number(), Type.String()], {
        description: 'Of a method: a number, or a label of its value map.',
      }),
    ),
    outputs: optional(values('Output parameters, with returnValue or carryOut.')),
    cimError: optional(text('A CIM error by its name, as AccessDenied.')),
    fault: optional(text('A WS-Man fault by its name in docs/faults.md, as QuotaLimit.')),
    message: optional(Type.String({ description: 'The text of cimError or fault.' })),
    delay: optional(delay),
    http: optional(oneOf([401, 403, 500, 503], 'An answer of HTTP without an envelope.')),
    connection: optional(
      oneOf(['reset', 'close'], 'The connection ends: without an answer, unless at says otherwise.'),
    ),
    at: optional(oneOf(['before', 'within', 'after'], 'When the connection ends, by the answer.')),
    stall: optional(
      Type.Object({ after: count(0) }, { ...closed, description: 'The body stands still after so many bytes.' }),
    ),
    bytesPerSecond: optional(Type.Number({ exclusiveMinimum: 0, description: 'How fast the body comes, at most.' })),
    truncate: optional(Type.Integer({ minimum: 0, description: 'The envelope is cut off after so many bytes.' })),
    malformed: optional(oneOf(['xml', 'empty', 'html'], 'What takes the place of the envelope.')),
    relatesTo: optional(Type.String({ description: 'The MessageID that the answer says it relates to.' })),
    wrongSignature: optional(Type.Literal(true, { description: 'Spoil the signature of a sealed answer.' })),
    carryOut: optional(
      Type.Boolean({ description: 'Carry the operation out first: what is said is of the answer only.' }),
    ),
  },
  {
    ...closed,
    description: 'What is done. Members that go together stand in one; a list is done in order.',
    minProperties: 1,
  },
);

/**
 * One rule. Types ({@link Rule}), what is checked, completion in editors and the control API agree with this (a test says so); at run time
 * it is read from the file that is made of it, `schemas/rules.schema.json`, so that a start loads no typebox.
 */
export const ruleSchema = Type.Object(
  {
    id: optional(text('Its name; default rule-1 and so on.')),
    when: condition,
    then: Type.Union([action, Type.Array(action, { minItems: 1 })], {
      description: 'What is done, or a list that is done in order.',
    }),
  },
  { ...closed, description: 'A rule that breaks things: docs/breaking-things.md.' },
);

const listOfRules = { type: 'array', items: { $ref: '#/definitions/rule' } };

/** A file of rules: an object whose `rules` is a list, or the list alone. */
export const rulesFileSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Rules of Cimulator',
  anyOf: [
    {
      type: 'object',
      properties: { $schema: { type: 'string' }, rules: listOfRules },
      required: ['rules'],
      additionalProperties: false,
    },
    listOfRules,
  ],
  definitions: { rule: ruleSchema },
};
