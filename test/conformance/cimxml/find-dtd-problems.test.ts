import { describe, expect, it } from 'vitest';
import { findDtdProblems } from '../../cimxml/find-dtd-problems.js';
import { findMiProblems } from '../../cimxml/find-mi-problems.js';
import { readCimXml } from '../../cimxml/read-cim-xml.js';

const brokenForDtd = [
  ['a child that does not belong there', '<CLASS NAME="A"><VALUE>1</VALUE></CLASS>', /content 'VALUE'/],
  [
    'children in the wrong order',
    '<CLASS NAME="A"><METHOD NAME="M"/><PROPERTY NAME="P" TYPE="string"/></CLASS>',
    /content 'METHOD PROPERTY'/,
  ],
  ['a missing attribute', '<CLASS NAME="A"><PROPERTY NAME="P"/></CLASS>', /attribute TYPE is missing/],
  ['an unknown attribute', '<CLASS NAME="A" VERSION="2"/>', /there is no attribute VERSION/],
  ['a wrong type', '<CLASS NAME="A"><PROPERTY NAME="P" TYPE="int"/></CLASS>', /TYPE may not be 'int'/],
  ['text between elements', '<CLASS NAME="A">text</CLASS>', /text 'text'/],
  ['an unknown element', '<CLASS NAME="A"><FIELD/></CLASS>', /there is no element FIELD/],
] as const;

describe('The check against the DTD', () => {
  it.each(brokenForDtd)('finds %s', (_, xml, problem) => {
    expect(findDtdProblems(readCimXml(xml)).join('\n')).toMatch(problem);
  });
});

const brokenForMi = [
  ['a language', '<QUALIFIER NAME="Q" TYPE="string" xml:lang="en"><VALUE/></QUALIFIER>', /has xml:lang/],
  ['a qualifier without value', '<QUALIFIER NAME="Q" TYPE="string"/>', /has no value/],
  ['a qualifier that begins with TYPE', '<QUALIFIER TYPE="string" NAME="Q"><VALUE/></QUALIFIER>', /begin with NAME/],
  ['an empty number', '<QUALIFIER NAME="Q" TYPE="uint8"><VALUE/></QUALIFIER>', /an empty value/],
  ['a method without type', '<METHOD NAME="M"/>', /no TYPE/],
  ['a derivation that skips the superclass', '<CLASS NAME="A" SUPERCLASS="B" DERIVATION="C,B"/>', /begins with 'C'/],
  ['a character it cannot read', '<VALUE>&#8364;</VALUE>', /&#8364; is above 255/],
] as const;

describe('The check against the MI client', () => {
  it.each(brokenForMi)('finds %s', (_, xml, problem) => {
    expect(findMiProblems(xml, readCimXml(xml)).join('\n')).toMatch(problem);
  });
});
