import { describe, expect, it } from 'vitest';
import { CimStatus } from '../../src/cim/model/cim-status.js';
import { bindAssociationQuery } from '../../src/query/bind-association-query.js';
import { parseWql } from '../../src/query/parse-wql.js';
import { errorOf, schema } from './lab.js';

const object = '{TEST_System.CreationClassName="TEST_System",Name="a"}';

function bindAssociation(text: string) {
  const statement = parseWql(text);
  if (statement.kind !== 'Associators' && statement.kind !== 'References') throw new Error(`${text} follows nothing`);
  return bindAssociationQuery(statement, schema);
}

describe('a query along associations', () => {
  it('gives the words to the broker as its filter, classes in their declared spelling', () => {
    const words = 'AssocClass=test_hosts ResultClass=test_subsystem Role=Antecedent ResultRole=Dependent';
    expect(bindAssociation(`ASSOCIATORS OF ${object} WHERE ${words}`).filter).toEqual({
      associationClass: 'TEST_Hosts',
      resultClass: 'TEST_SubSystem',
      role: 'Antecedent',
      resultRole: 'Dependent',
    });
  });

  it('takes the result class of REFERENCES OF as the class of the associations', () => {
    const { kind, filter } = bindAssociation(`REFERENCES OF ${object} WHERE ResultClass=TEST_Hosts Role=Dependent`);
    expect([kind, filter.associationClass, filter.resultClass, filter.role]).toEqual([
      'References',
      'TEST_Hosts',
      undefined,
      'Dependent',
    ]);
  });

  it.each([
    ['{test_port.portnumber="80"}', 'TEST_Port.PortNumber=80'],
    ['{TEST_Port.PortNumber=0080}', 'TEST_Port.PortNumber=80'],
    ['{TEST_Port=80}', 'TEST_Port.PortNumber=80'],
    ["{root/test:TEST_Port='80'}", 'root/test:TEST_Port.PortNumber=80'],
  ])('reads %s as the path %s', (text, expected) => {
    expect(bindAssociation(`ASSOCIATORS OF ${text}`).path.toString()).toBe(expected);
  });

  it('passes on what kind of answer is wanted', () => {
    const { keysOnly, classDefsOnly, schemaOnly } = bindAssociation(`ASSOCIATORS OF ${object} WHERE ClassDefsOnly`);
    expect({ keysOnly, classDefsOnly, schemaOnly }).toEqual({
      keysOnly: false,
      classDefsOnly: true,
      schemaOnly: false,
    });
  });

  it('takes a class with SchemaOnly', () => {
    expect(bindAssociation('ASSOCIATORS OF {test_system} WHERE SchemaOnly').path.toString()).toBe('TEST_System');
  });

  it('passes on the qualifier that associations must have', () => {
    const query = bindAssociation(`ASSOCIATORS OF ${object} WHERE RequiredAssocQualifier=Association`);
    expect(query.filter.associationQualifier).toBe('Association');
    expect(query.acceptsResult('TEST_System')).toBe(true);
  });

  it.each([
    ['ASSOCIATORS OF {TEST_None.K=1}', 'InvalidClass', 'Class TEST_None does not exist'],
    [
      `ASSOCIATORS OF ${object} WHERE ResultClass=TEST_None SchemaOnly`,
      'InvalidClass',
      'Class TEST_None does not exist',
    ],
    [`ASSOCIATORS OF ${object} WHERE AssocClass=TEST_Port`, 'InvalidQuery', 'class TEST_Port is not an association'],
    [`REFERENCES OF ${object} WHERE ResultClass=TEST_Port`, 'InvalidQuery', 'class TEST_Port is not an association'],
    ['ASSOCIATORS OF {TEST_System.Name="a"}', 'InvalidQuery', 'lacks key CreationClassName of class TEST_System'],
    ['ASSOCIATORS OF {TEST_System="a"}', 'InvalidQuery', 'lacks key CreationClassName of class TEST_System'],
    ['ASSOCIATORS OF {TEST_Port.PortNumber=1,X=2}', 'InvalidQuery', 'has 1 keys (PortNumber)'],
    ['ASSOCIATORS OF {TEST_System}', 'InvalidQuery', 'TEST_System names a class'],
  ] as const)('%s is refused: %s', (text, status, why) => {
    const error = errorOf(() => bindAssociation(text));
    expect(error.status).toBe(CimStatus[status]);
    expect(error.message).toContain(why);
  });
});
