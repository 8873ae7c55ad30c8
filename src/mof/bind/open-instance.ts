import { splitHost } from '../../cim/hosts/host-namespace.js';
import { type CimClass, lineage } from '../../cim/model/cim-class.js';
import { NameMap } from '../../cim/model/name-map.js';
import type { QualifierScope } from '../../cim/schema/class-declaration.js';
import type { Schema } from '../../cim/schema/schema.js';
import type { AssignmentSyntax } from '../syntax/syntax.js';
import { bindQualifiers } from './bind-qualifiers.js';
import { failInstance, type InstanceContext } from './instance-context.js';
import type { InstanceEntry, OpenInstance } from './instance-entry.js';

/** Instances have whatever their classes and properties may have. */
const anyScope: readonly QualifierScope[] = ['any'];

/** Finds the class of an instance and matches what it sets with the properties there are. */
export function openInstance(entry: InstanceEntry, context: InstanceContext): OpenInstance | undefined {
  const { syntax, namespace } = entry;
  const { text: className, at } = syntax.className;
  // The class of Windows may come into the schema by being looked for.
  const known = entry.windows?.findClass(className);
  const schema = context.schemaOf(namespace);
  const cimClass = known ?? schema?.findClass(className);
  if (!schema || !cimClass) {
    if (context.isExcused(namespace, className)) return undefined;
    const where = namespace === undefined ? '' : ` in namespace ${splitHost(namespace).namespace}`;
    return failInstance(context, entry, `class ${className} does not exist${where}`, at);
  }
  if (buildsOnBroken(entry, cimClass, context)) return undefined;
  checkQualifiers(entry, schema, context);
  const assignments = matchProperties(entry, cimClass, context);
  return assignments && !syntax.broken ? { cimClass, assignments } : undefined;
}

/** A class that lost a property to an error would make its instances look wrong. */
function buildsOnBroken({ namespace }: InstanceEntry, cimClass: CimClass, context: InstanceContext): boolean {
  if (context.incomplete) return false;
  for (const ancestor of lineage(cimClass)) if (context.isExcused(namespace, ancestor.name)) return true;
  return false;
}

/** DSP0004 §7.9: instances have no qualifiers of their own any more, so what is written is checked and dropped. */
function checkQualifiers(
  { syntax, windows }: InstanceEntry,
  schema: Schema,
  { errors, incomplete }: InstanceContext,
): void {
  const report = (at: number, message: string) => errors.add(syntax.source.errorAt(at, message));
  const context = { schema, report, incomplete, windows };
  bindQualifiers(syntax.qualifiers, context, anyScope);
  for (const assignment of syntax.assignments) bindQualifiers(assignment.qualifiers, context, anyScope);
}

function matchProperties(
  entry: InstanceEntry,
  cimClass: CimClass,
  context: InstanceContext,
): NameMap<AssignmentSyntax> | undefined {
  const assignments = new NameMap<AssignmentSyntax>();
  let failed = false;
  for (const assignment of entry.syntax.assignments) {
    const { text, at } = assignment.name;
    const isKnown = cimClass.properties.has(text);
    if (isKnown && !assignments.has(text)) {
      assignments.set(text, assignment);
    } else if (isKnown || !entry.dropped?.has(text)) {
      failed = true;
      const message = isKnown ? `property ${text} is set twice` : `${cimClass.name} has no property ${text}`;
      failInstance(context, entry, message, at);
    }
  }
  return failed ? undefined : assignments;
}
