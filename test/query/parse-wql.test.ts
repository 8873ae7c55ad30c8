import { describe, expect, it } from 'vitest';
import { CimError } from '../../src/cim/model/cim-error.js';
import { CimStatus } from '../../src/cim/model/cim-status.js';
import { parseWql } from '../../src/query/parse-wql.js';
import { printQuery } from '../../src/query/print-query.js';
import { errorOf } from './lab.js';

describe('parseWql', () => {
  it.each([
    ['select * from C', 'SELECT * FROM C'],
    ['SELECT a,b , c FROM C', 'SELECT a, b, c FROM C'],
    ['sElEcT * fRoM C wHeRe a=1 aNd b=2', 'SELECT * FROM C WHERE a = 1 AND b = 2'],
    ["SELECT * FROM C WHERE a='x'", "SELECT * FROM C WHERE a = 'x'"],
    ['SELECT * FROM C WHERE a="it\'s"', "SELECT * FROM C WHERE a = 'it\\'s'"],
    ["SELECT * FROM C WHERE a='it\\'s'", "SELECT * FROM C WHERE a = 'it\\'s'"],
    ["SELECT * FROM C WHERE a LIKE 'C:\\Temp\\%'", "SELECT * FROM C WHERE a LIKE 'C:\\\\Temp\\\\%'"],
    ["SELECT * FROM C WHERE a LIKE 'C:\\\\Temp%'", "SELECT * FROM C WHERE a LIKE 'C:\\\\Temp%'"],
    ["SELECT * FROM C WHERE (a like 'C:\\')", "SELECT * FROM C WHERE a LIKE 'C:\\\\'"],
    ["SELECT * FROM C WHERE a LIKE '%\\'s%'", "SELECT * FROM C WHERE a LIKE '%\\'s%'"],
    ['SELECT * FROM C WHERE a LIKE "\\"b\\"\\"', 'SELECT * FROM C WHERE a LIKE \'"b"\\\\\''],
    ["SELECT * FROM C WHERE Like = 'x' AND a LIKE 5", "SELECT * FROM C WHERE Like = 'x' AND a LIKE '5'"],
    ['ASSOCIATORS OF {C=@}', 'ASSOCIATORS OF {C=@}'],
    ["ASSOCIATORS OF {C='v'}", 'ASSOCIATORS OF {C="v"}'],
    ['ASSOCIATORS OF {C=0x1f}', 'ASSOCIATORS OF {C=31}'],
    ['ASSOCIATORS OF {C.K="a%20b",L=TRUE}', 'ASSOCIATORS OF {C.K="a b",L=true}'],
    ["SELECT * FROM C WHERE a='it\\'s'", "SELECT * FROM C WHERE a = 'it\\'s'"],
    ["SELECT * FROM C WHERE a='C:\\\\x'", "SELECT * FROM C WHERE a = 'C:\\\\x'"],
    ['SELECT * FROM C WHERE a=""', "SELECT * FROM C WHERE a = ''"],
    ['SELECT * FROM C WHERE a != 1', 'SELECT * FROM C WHERE a <> 1'],
    ['SELECT * FROM C WHERE 5 < a', 'SELECT * FROM C WHERE a > 5'],
    ['SELECT * FROM C WHERE 5 >= a', 'SELECT * FROM C WHERE a <= 5'],
    ["SELECT * FROM C WHERE 'x' = a", "SELECT * FROM C WHERE a = 'x'"],
    ['SELECT * FROM C WHERE a = 0xFf', 'SELECT * FROM C WHERE a = 255'],
    ['SELECT * FROM C WHERE a = -9223372036854775808', 'SELECT * FROM C WHERE a = -9223372036854775808'],
    ['SELECT * FROM C WHERE a = 18446744073709551615', 'SELECT * FROM C WHERE a = 18446744073709551615'],
    ['SELECT * FROM C WHERE a = 1.50', 'SELECT * FROM C WHERE a = 1.5'],
    ['SELECT * FROM C WHERE a = 1e3', 'SELECT * FROM C WHERE a = 1000.0'],
    ['SELECT * FROM C WHERE a = -.5', 'SELECT * FROM C WHERE a = -0.5'],
    ['SELECT * FROM C WHERE a = true AND b = False', 'SELECT * FROM C WHERE a = TRUE AND b = FALSE'],
    ['SELECT * FROM C WHERE a = NULL', 'SELECT * FROM C WHERE a IS NULL'],
    ['SELECT * FROM C WHERE a <> null', 'SELECT * FROM C WHERE a IS NOT NULL'],
    ['SELECT * FROM C WHERE NULL = a', 'SELECT * FROM C WHERE a IS NULL'],
    ['SELECT * FROM C WHERE a is not null', 'SELECT * FROM C WHERE a IS NOT NULL'],
    ['SELECT * FROM C WHERE a.b[2].c = 1', 'SELECT * FROM C WHERE a.b[2].c = 1'],
    ["SELECT * FROM C WHERE a like '%x'", "SELECT * FROM C WHERE a LIKE '%x'"],
    ['SELECT * FROM C WHERE __this ISA "D"', "SELECT * FROM C WHERE __this ISA 'D'"],
    ['SELECT * FROM C WHERE __THIS isa D', "SELECT * FROM C WHERE __this ISA 'D'"],
    ['SELECT * FROM C WHERE __CLASS ISA "D"', "SELECT * FROM C WHERE __this ISA 'D'"],
    ['SELECT * FROM C WHERE a.b ISA "D"', "SELECT * FROM C WHERE a.b ISA 'D'"],
    ['SELECT * FROM C WHERE a=1 OR b=2 AND NOT c=3', 'SELECT * FROM C WHERE a = 1 OR (b = 2 AND NOT c = 3)'],
    ['SELECT * FROM C WHERE (a=1 OR b=2) AND c=3', 'SELECT * FROM C WHERE (a = 1 OR b = 2) AND c = 3'],
    ['SELECT * FROM C WHERE NOT (a=1 AND b=2)', 'SELECT * FROM C WHERE NOT (a = 1 AND b = 2)'],
    ['SELECT * FROM C WHERE ((a=1))', 'SELECT * FROM C WHERE a = 1'],
    ['\tSELECT\r\n*\nFROM C\n', 'SELECT * FROM C'],
    ['SELECT Größe FROM C_Ä WHERE Größe=1', 'SELECT Größe FROM C_Ä WHERE Größe = 1'],
    [
      'SELECT like, where FROM C WHERE is = 1 AND select IS NULL',
      'SELECT like, where FROM C WHERE is = 1 AND select IS NULL',
    ],
    ['select * from META_CLASS', 'SELECT * FROM meta_class'],
    ["select __CLASS from meta_class where __this isa 'C'", "SELECT __CLASS FROM meta_class WHERE __this ISA 'C'"],
    ['associators of {C.K="v"}', 'ASSOCIATORS OF {C.K="v"}'],
    ["ASSOCIATORS OF {C.K='v'}", 'ASSOCIATORS OF {C.K="v"}'],
    ['ASSOCIATORS OF {C.K="a}b"}', 'ASSOCIATORS OF {C.K="a}b"}'],
    ['ASSOCIATORS OF {C.K="a\\"b",L=5}', 'ASSOCIATORS OF {C.K="a\\"b",L=5}'],
    ["ASSOCIATORS OF {C.K='a\"b'}", 'ASSOCIATORS OF {C.K="a\\"b"}'],
    ["ASSOCIATORS OF {C.K='\\\\.\\D0'}", 'ASSOCIATORS OF {C.K="\\\\\\\\.\\\\D0"}'],
    ['ASSOCIATORS OF {root/x:C.K="v"}', 'ASSOCIATORS OF {root/x:C.K="v"}'],
    ['ASSOCIATORS OF {\\\\srv\\root\\x:C.K="v"}', 'ASSOCIATORS OF {//srv/root/x:C.K="v"}'],
    ['ASSOCIATORS OF {C} WHERE schemaonly', 'ASSOCIATORS OF {C} WHERE SchemaOnly'],
    [
      'ASSOCIATORS OF {C.K=1} WHERE keysonly resultclass = R assocclass="A" role=P resultrole=Q requiredqualifier=X requiredassocqualifier=Y classdefsonly',
      "ASSOCIATORS OF {C.K=1} WHERE ResultClass = 'R' AssocClass = 'A' Role = 'P' ResultRole = 'Q' RequiredQualifier = 'X' RequiredAssocQualifier = 'Y' KeysOnly ClassDefsOnly",
    ],
    ['REFERENCES OF {C.K=1} WHERE ResultClass=A Role=P', "REFERENCES OF {C.K=1} WHERE ResultClass = 'A' Role = 'P'"],
  ])('reads %s', (text, printed) => {
    expect(printQuery(parseWql(text))).toBe(printed);
  });

  it.each([
    ['', 1, 'expected SELECT, ASSOCIATORS OF or REFERENCES OF but found the end of the query'],
    ['UPDATE C', 1, "expected SELECT, ASSOCIATORS OF or REFERENCES OF but found 'UPDATE'"],
    ['SELECT', 7, 'expected a property name but found the end of the query'],
    ['SELECT * C', 10, "expected FROM but found 'C'"],
    ['SELECT *, a FROM C', 9, "expected FROM but found ','"],
    ['SELECT * FROM', 14, 'expected a class name but found the end of the query'],
    ["SELECT * FROM 'C'", 15, 'expected a class name but found a string'],
    ['SELECT * FROM C ORDER BY a', 17, "expected WHERE or the end of the query but found 'ORDER'"],
    ['SELECT * FROM C, D', 16, "expected WHERE or the end of the query but found ','"],
    ['SELECT * FROM C WHERE', 22, 'expected a condition but found the end of the query'],
    ['SELECT * FROM C WHERE a', 24, 'expected a comparison, LIKE, IS or ISA but found the end of the query'],
    ['SELECT * FROM C WHERE a = b', 27, "expected a constant (text stands in quotes) but found 'b'"],
    ['SELECT * FROM C WHERE 1 = 1', 27, 'one side of a comparison must be a property'],
    ['SELECT * FROM C WHERE a == 1', 26, "expected a constant (text stands in quotes) but found '='"],
    ['SELECT * FROM C WHERE a = 1 b = 2', 29, "expected AND, OR or the end of the query but found 'b'"],
    ['SELECT * FROM C WHERE (a = 1', 29, "expected AND, OR or ')' but found the end of the query"],
    ['SELECT * FROM C WHERE a = 1)', 28, "expected AND, OR or the end of the query but found ')'"],
    ['SELECT * FROM C WHERE a IS 5', 28, 'expected NULL but found an integer'],
    ['SELECT * FROM C WHERE a < NULL', 27, "'<' cannot be used with NULL"],
    ['SELECT * FROM C WHERE a LIKE x', 30, "expected a pattern in quotes but found 'x'"],
    ['SELECT * FROM C WHERE a ISA 5', 29, 'expected a class name but found an integer'],
    ["SELECT * FROM C WHERE a = 'x", 27, 'the string is not closed'],
    ["SELECT * FROM C WHERE a LIKE 'x", 30, 'the string is not closed'],
    ["SELECT * FROM C WHERE a = 'it''s'", 30, "a quote inside a string has a backslash before it (\\')"],
    ['SELECT * FROM C WHERE a LIKE "b""c"', 32, 'a quote inside a string has a backslash before it (\\")'],
    ["SELECT * FROM C WHERE a IN ('x', 'y')", 25, 'there are no lists and ranges of values'],
    ['SELECT * FROM C WHERE a LIKE NULL', 30, 'LIKE cannot be used with NULL'],
    ["SELECT * FROM C WHERE a = 'C:\\temp'", 30, 'a backslash in a string stands before a quote'],
    ['SELECT * FROM C WHERE a = 18446744073709551616', 27, 'the integer does not fit 64 bits'],
    ['SELECT * FROM C WHERE a = 1e999', 27, 'the real does not fit 64 bits'],
    [`SELECT * FROM C WHERE a = ${'1'.repeat(500)}`, 27, 'the number has too many digits'],
    [`SELECT * FROM ${'C'.repeat(257)}`, 15, 'a name has at most 256 characters'],
    [`SELECT * FROM C WHERE ${'a.'.repeat(16)}a = 1`, 23, 'a property path has at most 16 names'],
    ['SELECT * FROM C WHERE a = 1x', 27, 'this is not a number'],
    ['SELECT * FROM C WHERE a = 1.2.3', 27, 'this is not a number'],
    ['SELECT * FROM C WHERE a = 0xg', 27, 'this is not a number'],
    ['SELECT * FROM C WHERE a[-1] = 1', 25, 'no array has such an element'],
    ['SELECT * FROM C WHERE a[x] = 1', 25, "expected the number of an array element but found 'x'"],
    ['SELECT * FROM C WHERE a. = 1', 26, "expected a property name but found '='"],
    ['SELECT * FROM C; DROP', 16, "';' belongs to nothing"],
    ['SELECT COUNT(*) FROM C', 8, "functions are not supported, so 'COUNT(' has no meaning here"],
    ['SELECT * FROM C WITHIN 5', 17, "'WITHIN' belongs to event queries, which are not answered here"],
    ['SELECT * FROM C WHERE a=1 GROUP WITHIN 5', 27, "'GROUP' belongs to event queries"],
    ['SELECT * FROM C WHERE a=1 HAVING a > 1', 27, "'HAVING' belongs to event queries"],
    ['ASSOCIATORS {C.K=1}', 13, 'expected OF but found an object path'],
    ['ASSOCIATORS OF C.K=1', 16, "expected an object path in braces but found 'C'"],
    ['ASSOCIATORS OF {C.K=1', 16, "'{' is not closed"],
    ['ASSOCIATORS OF {C.K="1}', 16, 'a quoted value in the object path is not closed'],
    ['ASSOCIATORS OF {}', 16, "'' is not an object path"],
    ['ASSOCIATORS OF {C.K=1} WHERE', 29, 'expected one of AssocClass, ResultClass'],
    ['ASSOCIATORS OF {C.K=1} WHERE Colour=red', 30, 'expected one of AssocClass, ResultClass'],
    ['ASSOCIATORS OF {C.K=1} WHERE Role=a AND ResultClass=R', 37, 'these words stand side by side, without AND'],
    ['ASSOCIATORS OF {C.K=1} WHERE Role=a role=b', 37, 'role is given twice'],
    ['ASSOCIATORS OF {C.K=1} WHERE KeysOnly KeysOnly', 39, 'KeysOnly is given twice'],
    ['ASSOCIATORS OF {C.K=1} WHERE Role a', 35, "expected '=' behind Role but found 'a'"],
    ['REFERENCES OF {C.K=1} WHERE AssocClass=A', 29, 'expected one of ResultClass, Role, RequiredQualifier'],
  ])('refuses %j at character %i', (text, character, why) => {
    const error = errorOf(() => parseWql(text));
    expect(error).toBeInstanceOf(CimError);
    expect(error.status).toBe(CimStatus.InvalidQuery);
    expect(error.message).toContain(`Invalid query at character ${character}: ${why}`);
  });

  it('refuses a text of more than 64 KiB without reading it', () => {
    const text = `SELECT * FROM C WHERE a = '${'x'.repeat(65_536)}'`;
    expect(() => parseWql(text)).toThrow('The query is longer than 65536 characters.');
  });

  it('refuses more words than a query may have', () => {
    expect(() => parseWql(`SELECT ${'a,'.repeat(16_384)} FROM C`)).toThrow('a query has at most 16384 words');
  });

  it('refuses LIKE patterns that are too long together', () => {
    const like = `a LIKE '${'x'.repeat(1025)}'`;
    expect(() => parseWql(`SELECT * FROM C WHERE ${like} OR ${like}`)).toThrow(
      'character 1068: the LIKE patterns of a query have at most 2048 characters together',
    );
  });

  it.each([
    ['parentheses', `${'('.repeat(5000)}a=1${')'.repeat(5000)}`],
    ['NOTs', `${'NOT '.repeat(5000)}a=1`],
    ['parentheses that are never closed', '('.repeat(15_000)],
  ])('refuses 5,000 %s within each other instead of running out of stack', (_, condition) => {
    expect(() => parseWql(`SELECT * FROM C WHERE ${condition}`)).toThrow('conditions are nested more than 200 deep');
  });

  it('reads a flat condition of thousands of operands', () => {
    const where = Array.from({ length: 3000 }, (_, index) => `a=${index}`).join(' OR ');
    expect(parseWql(`SELECT * FROM C WHERE ${where}`)).toMatchObject({
      where: { kind: 'Or', operands: { length: 3000 } },
    });
  });

  it('makes statements that nobody can change', () => {
    const statement = parseWql('SELECT a FROM C WHERE a = 1 OR b.c = 2');
    const isFrozen = (value: unknown): boolean =>
      typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isFrozen));
    expect(isFrozen(statement)).toBe(true);
  });
});
