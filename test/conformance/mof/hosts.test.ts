import { describe, expect, it } from 'vitest';
import { compileText, errorsOf, instancesOf } from '../../mof/compile-text.js';

const CLASS =
  'class A { [Key] string k; uint8 v = 1; uint8 w = 2; };\n[Association] class L { [Key] A REF a; [Key] A REF b; };\n';
const HOSTS = '#pragma host("srv01.lab.example", "iscsi-a.lab.example", default)\n#pragma host("srv02.lab.example")\n';
const compile = (text: string, files: Record<string, string> = {}) => compileText(`${CLASS}${HOSTS}${text}`, files);
const paths = (text: string, files: Record<string, string> = {}) =>
  instancesOf(compile(text, files)).map((one) => one.path?.toString());

describe('#pragma host', () => {
  it('declares a computer by its names', () => {
    expect(compile('').hosts).toEqual([
      { name: 'srv01.lab.example', aliases: ['iscsi-a.lab.example'], isDefault: true },
      { name: 'srv02.lab.example', aliases: [], isDefault: false },
    ]);
  });

  it.each([
    ['#pragma host("srv02.lab.example")', "host srv02.lab.example: 'srv02.lab.example' is srv02.lab.example already"],
    ['#pragma host("x", "ISCSI-A.lab.example")', "host x: 'iscsi-a.lab.example' is srv01.lab.example already"],
    ['#pragma host("x.example", default)', 'host x.example: srv01.lab.example is the default host already'],
    ['#pragma host("a b")', "'a b' is not the name of a host"],
    ['#pragma host("")', "'' is not the name of a host"],
    ['#pragma host', 'pragma host needs a string'],
  ])('is refused: %s', (pragma, message) => {
    expect(errorsOf(`${CLASS}${HOSTS}${pragma}`)[0]?.replace(/^\d+:\d+: /, '')).toBe(message);
  });
});

describe('#pragma namespace with a host', () => {
  it.each(['//srv02/root/test', '\\\\\\\\SRV02.lab.example\\\\root\\\\test'])(
    'puts instances into what is the own of that host: %s',
    (namespace) => {
      expect(paths(`#pragma namespace("${namespace}")\ninstance of A { k = "x"; };`)).toEqual([
        '@srv02.lab.example/root/test:A.k="x"',
      ]);
    },
  );

  it('is at its end where one without a host follows', () => {
    const text = '#pragma namespace("//srv02/root/test")\n#pragma namespace("root/test")\ninstance of A { k = "x"; };';
    expect(paths(text)).toEqual(['root/test:A.k="x"']);
  });

  it('goes on in what is included, also behind a namespace without a host, and no further', () => {
    const text = `#pragma namespace("//srv02/root/test")
      #pragma include("a.mof")
      #pragma namespace("root/test")
      instance of A { k = "mine"; };`;
    const files = { 'a.mof': '#pragma namespace("root/test")\ninstance of A { k = "x"; };' };
    expect(paths(text, files)).toEqual(['@srv02.lab.example/root/test:A.k="x"', 'root/test:A.k="mine"']);
  });

  it('takes aliases of another host along', () => {
    const text = `#pragma namespace("//srv01/root/test")
      instance of A as $A { k = "x"; };
      #pragma namespace("//srv02/root/test")
      instance of L { a = $A; b = $A; };`;
    expect(instancesOf(compile(text))[1]?.get('a')?.toString()).toBe('@srv01.lab.example/root/test:A.k="x"');
  });

  it('of a host that there is not is refused, with the nearest name', () => {
    expect(errorsOf(`${HOSTS}#pragma namespace("//srv2/root/test")`)).toEqual([
      "3:19: '//srv2/root/test' is not a namespace of this server: did you mean 'srv02'?",
    ]);
  });
});

describe('an instance that is given again', () => {
  const base = { 'base.mof': 'instance of A { k = "x"; v = 5; w = 6; };' };

  it('by the text that includes it takes the properties that are named', () => {
    const compilation = compile('#pragma include("base.mof")\ninstance of A { k = "X"; w = 7; };', base);
    const [only, another] = instancesOf(compilation);
    expect([only?.get('v'), only?.get('w'), only?.get('k'), another]).toEqual([5, 7, 'x', undefined]);
  });

  it('by the same text is an error', () => {
    expect(errorsOf(`${CLASS}instance of A { k = "x"; };\ninstance of A { k = "x"; };`)).toEqual([
      '4:13: instance root/test:A.k="x" exists already',
    ]);
  });

  it('by another host is its own', () => {
    const text = '#pragma include("base.mof")\n#pragma namespace("//srv02/root/test")\n#pragma include("base.mof")';
    expect(paths(text, base)).toEqual(['root/test:A.k="x"', '@srv02.lab.example/root/test:A.k="x"']);
  });
});
