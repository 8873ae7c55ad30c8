import { Type } from '@sinclair/typebox';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../src/options/document/check-document.js';
import { parseDocument } from '../../../src/options/document/parse-document.js';

const Entry = Type.Object(
  { name: Type.String(), password: Type.String({ writeOnly: true }) },
  { additionalProperties: false },
);
const schema = Type.Object(
  {
    version: Type.Literal(1),
    port: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 65_535 }), Type.Literal('off')])),
    level: Type.Optional(Type.Union([Type.Literal('warn'), Type.Literal('info')])),
    json: Type.Optional(Type.Boolean()),
    lab: Type.Optional(Type.Array(Type.String())),
    user: Type.Optional(Type.Array(Type.Union([Type.String(), Entry], { writeOnly: true }))),
    nested: Type.Optional(Entry),
  },
  { additionalProperties: false },
);

const check = async (text: string) => void checkDocument(schema, await parseDocument(text, 'a.yaml'));

describe('a file that is what its schema wants', () => {
  it('is let through', async () => {
    await expect(
      check('version: 1\nport: off\nuser:\n  - a:b\n  - { name: c, password: d }\n'),
    ).resolves.toBeUndefined();
  });
});

describe('a file that is not', () => {
  it.each([
    ['version: 1\nprot: 1\n', "a.yaml:2:1: prot: no such member: did you mean 'port'?"],
    [
      'version: 1\nxyz: 1\n',
      'a.yaml:2:1: xyz: no such member: there are version, port, level, json, lab, user, nested',
    ],
    ['port: 1\n', 'a.yaml:1:1: version: it is missing: expected 1'],
    ['- 1\n', 'a.yaml:1:1: the whole: a list is not an object with version, port, level, json, lab, user, nested'],
    ['version: 1\nport: 70000\n', "a.yaml:2:7: port: 70000 is not a whole number from 0 to 65535, or 'off'"],
    ['version: 1\nlevel: wran\n', "a.yaml:2:8: level: 'wran' is not one of warn, info: did you mean 'warn'?"],
    ['version: 1\njson: yes\n', "a.yaml:2:7: json: 'yes' is not true or false"],
    ['version: 1\nlab:\n  - a\n  - 7\n', 'a.yaml:4:5: lab[1]: 7 is not text'],
    ['version: 1\nlab: { a: 1 }\n', 'a.yaml:2:6: lab: an object is not a list, of which each is text'],
    ['version: 1\nnested: x\n', "a.yaml:2:9: nested: 'x' is not an object with name, password"],
    ['version: 1\nuser:\n  - { nam: a }\n', "a.yaml:3:7: user[0].nam: no such member: did you mean 'name'?"],
    ['version: 1\nuser:\n  - { name: a }\n', 'a.yaml:3:5: user[0].password: it is missing: expected text'],
    ['version: 1\nuser:\n  - 7\n', 'a.yaml:3:5: user[0]: what is given is not text, or an object with name, password'],
  ])('is refused with its place: %j', async (text, message) => {
    await expect(check(text)).rejects.toHaveProperty('message', message);
  });

  it('is told without its secrets', async () => {
    await expect(check('version: 1\nnested: { name: a, password: 1234 }\n')).rejects.toHaveProperty(
      'message',
      'a.yaml:2:30: nested.password: what is given is not text',
    );
  });
});
