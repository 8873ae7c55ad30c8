import { Schema } from '../../cim/schema/schema.js';
import { Compiler } from '../bind/compiler.js';
import { IncludeError } from '../include-error.js';
import { windowsClasses } from './class-text.js';
import { standardQualifiers, windowsQualifiers } from './qualifier-texts.js';

const NAMESPACE = 'root';

let schema: Schema | undefined;

/** The classes and qualifiers that are there on Windows, compiled when they are first asked for. */
export function windowsSchema(): Schema {
  schema ??= compileWindows();
  return schema;
}

function compileWindows(): Schema {
  const nothing = new Schema();
  const readInclude = () => {
    throw new IncludeError('there is nothing to include');
  };
  const compiler = new Compiler({
    ...{ base: undefined, hosts: [], host: undefined, dialect: 'windows', changesGivenAgain: false },
    readInclude,
    windowsSchema: () => nothing,
  });
  const qualifiers = Object.entries(windowsQualifiers).flatMap(([type, names]) =>
    names.split(' ').map((name) => `Qualifier ${name} : ${type}, Scope(any), Flavor(EnableOverride, Restricted);`),
  );
  compiler.read({ file: 'qualifiers of Windows', text: `${standardQualifiers}${qualifiers.join('\n')}` }, NAMESPACE);
  compiler.read({ file: 'classes of Windows', text: windowsClasses }, NAMESPACE);
  const found = compiler.finish().namespaces.get(NAMESPACE)?.schema;
  if (!found) throw new TypeError('the classes of Windows are missing');
  return found;
}
