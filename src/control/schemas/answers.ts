import { Type } from '@sinclair/typebox';

/** What is answered, for the OpenAPI document; nothing is checked against these but in tests. */

const Values = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description });
const text = Type.Optional(Type.String());

const Element = Type.Object(
  { type: Type.String(), array: Type.Optional(Type.Literal(true)), class: text, value: Type.Unknown() },
  { description: 'A value with its type: docs/json.md.' },
);
const Elements = Type.Record(Type.String(), Element);
const Path = Type.Object({
  kind: Type.Literal('path'),
  host: text,
  namespace: text,
  class: Type.String(),
  keys: Elements,
});
const Instance = Type.Object(
  {
    kind: Type.Literal('instance'),
    namespace: text,
    class: Type.String(),
    path: Type.Optional(Path),
    properties: Elements,
  },
  { $id: 'Instance', description: 'docs/json.md' },
);

const ErrorBody = Type.Object(
  {
    error: Type.Object({
      message: Type.String({ description: 'One line.' }),
      place: Type.Optional(Type.String({ description: 'Where in the body.' })),
      nearest: Type.Optional(Type.String({ description: 'The name that was probably meant.' })),
    }),
  },
  { $id: 'Error' },
);

const Exchange = Type.Object(
  {
    id: Type.String({ description: 'Of the call, as the log has it.' }),
    number: Type.Integer({ minimum: 1 }),
    at: Type.String({ format: 'date-time' }),
    durationMs: Type.Number(),
    user: text,
    host: Type.Optional(Type.String({ description: 'Which of several computers was asked.' })),
    peer: text,
    transport: Type.Union([Type.Literal('http'), Type.Literal('https')]),
    sealed: Type.Boolean(),
    operation: Type.Optional(Type.String({ description: 'A name of WS-Man.' })),
    cimOperations: Type.Array(Type.String(), { description: 'Names of DSP0223.' }),
    namespace: text,
    class: text,
    method: text,
    selectors: Type.Optional(Values('Keys of the instance that was asked for.')),
    input: Type.Optional(Values('Input parameters, or properties of what was created or changed.')),
    filter: text,
    outcome: Type.Union([Type.Literal('answered'), Type.Literal('fault'), Type.Literal('lost')]),
    status: Type.Integer({ description: 'Of HTTP.' }),
    returnValue: Type.Optional(Type.Unknown()),
    returnLabel: text,
    outputs: Type.Optional(Values('Output parameters.')),
    instances: Type.Optional(Type.Integer()),
    fault: text,
    reason: text,
    rule: text,
    soap: Type.Optional(Type.Object({ request: text, response: text })),
  },
  { $id: 'Exchange', description: 'A message of a client and its answer. What holds secrets is masked.' },
);

const Rule = Type.Object(
  {
    id: Type.String(),
    when: Type.Unknown({ description: 'docs/breaking-things.md' }),
    then: Type.Unknown({ description: 'docs/breaking-things.md' }),
    matched: Type.Integer(),
    fired: Type.Integer(),
    initial: Type.Boolean({ description: 'Given at the start: a reset keeps it.' }),
  },
  { $id: 'Rule' },
);

const Method = Type.Object(
  {
    id: Type.String(),
    stream: Type.String(),
    namespace: Type.String(),
    class: Type.String(),
    method: Type.String(),
    timeout: Type.Integer({ description: 'ms' }),
  },
  { $id: 'Method', description: 'A method that is answered from outside.' },
);

const hosts = Type.Optional(
  Type.Array(
    Type.Object({
      name: Type.String(),
      aliases: Type.Array(Type.String()),
      isDefault: Type.Boolean(),
      http: text,
      https: text,
      user: Type.String({ description: 'The first account.' }),
    }),
    { description: 'The computers that it stands for, each an endpoint of its own.' },
  ),
);

const spaceFacts = {
  name: Type.String(),
  pid: Type.Integer({ description: 'Of the process: that of the endpoint.' }),
  http: text,
  https: text,
  fingerprint: Type.Optional(
    Type.String({ description: 'SHA-256 of the certificate of HTTPS, and of the control API where that has TLS.' }),
  ),
  hosts,
  user: Type.String(),
  control: Type.String({ description: 'The URL of its control API.' }),
  opened: Type.String({ format: 'date-time' }),
  expires: Type.Optional(Type.String({ format: 'date-time', description: 'Missing where it ends with a stream.' })),
};
const Space = Type.Object(spaceFacts, { $id: 'Space', description: 'An endpoint of its own in the same process.' });

/** The schemas that the document names. */
export const NAMED = [ErrorBody, Instance, Exchange, Rule, Method, Space] as const;

type Named = 'Error' | 'Instance' | 'Exchange' | 'Rule' | 'Method' | 'Space';

export const ref = (name: Named) => Type.Unsafe<unknown>({ $ref: `${name}#` });

/** An answer with one member that is a named schema, or a list of such. */
export const one = (member: string, name: Named) => Type.Object({ [member]: ref(name) });
export const many = (member: string, name: Named) => Type.Object({ [member]: Type.Array(ref(name)) });

export const Requests = Type.Object({
  requests: Type.Array(ref('Exchange')),
  matched: Type.Integer({ description: 'How many there are, of which `requests` has a part.' }),
});
export const Power = Type.Object({
  power: Type.Union(['on', 'restarting', 'off'].map((state) => Type.Literal(state))),
});
export const FoundRequests = Type.Object({
  ...Requests.properties,
  filter: Type.Optional(Values('The filter as messages may tell it: with secrets masked.')),
});
export const Invoked = Type.Object({ returnValue: Element, outputs: Elements });
const Worker = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  pid: Type.Optional(Type.Integer()),
  state: Type.Union(['starting', 'ready', 'waiting', 'closing'].map((state) => Type.Literal(state))),
  restarts: Type.Integer({ description: 'How often its place had to be filled again.' }),
});
export const OpenedSpace = Type.Object({
  ...spaceFacts,
  password: Type.String({ description: 'Of its account; told this once.' }),
  controlToken: Type.String({ description: 'Of its control API; told this once.' }),
});
export const Facts = Type.Object({
  version: Type.String(),
  pid: Type.Integer(),
  http: text,
  https: text,
  fingerprint: Type.Optional(Type.String({ description: "SHA-256 of the HTTPS listener's certificate." })),
  hosts,
  user: Type.String({ description: 'The first account.' }),
  lab: Type.String(),
  state: Type.Object({
    kind: Type.Union([Type.Literal('memory'), Type.Literal('lmdb'), Type.Literal('postgres')]),
    place: Type.String({ description: 'A folder, a URL without its password, or none.' }),
    wasFound: Type.Boolean({ description: 'False: the lab was applied at this start.' }),
  }),
  namespace: Type.String({ description: 'Of whatever names none.' }),
  workers: Type.Optional(Type.Array(Worker, { description: 'The processes that serve: `serve --workers`.' })),
  space: Type.Optional(Type.String({ description: 'The name of the space that this is.' })),
});
export const Replaced = Type.Object({
  backup: Type.String({ description: 'The file, on the machine of the endpoint, with the state as it was.' }),
});
export const ExportedLab = Type.Object({
  mof: Type.String(),
  namespace: Type.String(),
  instances: Type.Integer({ minimum: 0 }),
  classes: Type.Integer({ minimum: 0, description: 'How many classes they are of.' }),
});
