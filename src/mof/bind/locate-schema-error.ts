import { sameName } from '../../cim/model/name-map.js';
import type { SchemaErrorPlace } from '../../cim/schema/schema-error.js';
import type { ClassSyntax, ElementSyntax, QualifierSyntax } from '../syntax/syntax.js';

/** The offset of the element that a schema error is about; that of the class when the element is inherited. */
export function locateSchemaError(place: SchemaErrorPlace, syntax: ClassSyntax): number {
  if (place.superclass) return syntax.superclass?.at ?? syntax.name.at;
  const element = findElement(place, syntax);
  const qualifiers: readonly QualifierSyntax[] = element ? element.qualifiers : syntax.qualifiers;
  const qualifier = findNamed(qualifiers, place.qualifier);
  return (qualifier ?? element ?? syntax).name.at;
}

function findElement(place: SchemaErrorPlace, { members }: ClassSyntax): ElementSyntax | undefined {
  if (place.property !== undefined) {
    return findNamed(
      members.filter((member) => member.kind === 'property'),
      place.property,
    );
  }
  const method = findNamed(
    members.filter((member) => member.kind === 'method'),
    place.method,
  );
  return findNamed(method?.parameters ?? [], place.parameter) ?? method;
}

function findNamed<T extends { readonly name: { readonly text: string } }>(
  elements: readonly T[],
  name: string | undefined,
): T | undefined {
  return name === undefined ? undefined : elements.find((element) => sameName(element.name.text, name));
}
