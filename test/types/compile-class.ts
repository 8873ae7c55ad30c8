import type { CimClass } from '../../src/cim/model/cim-class.js';
import { compileMof } from '../../src/mof/compile-mof.js';

const QUALIFIERS = `
Qualifier Key : boolean = false, Scope(property, reference);
Qualifier Required : boolean = false, Scope(property, reference, parameter);
Qualifier In : boolean = true, Scope(parameter);
Qualifier Out : boolean = false, Scope(parameter);
Qualifier Static : boolean = false, Scope(property, method);
Qualifier EmbeddedInstance : string = null, Scope(property, method, parameter);
Qualifier EmbeddedObject : boolean = false, Scope(property, method, parameter);
Qualifier ValueMap : string[], Scope(property, method, parameter);
Qualifier Values : string[], Scope(property, method, parameter);
`;

/** The class T_X with these members. */
export function compileClass(members: string): CimClass {
  const text = `${QUALIFIERS}class T_X { [Key] string Id; ${members} };`;
  const { namespaces } = compileMof([{ file: 'x.mof', text }], {
    defaultNamespace: 'root/x',
    readInclude: () => {
      throw new Error('nothing is included');
    },
  });
  const found = namespaces.get('root/x')?.schema.findClass('T_X');
  if (!found) throw new Error('T_X is missing');
  return found;
}
