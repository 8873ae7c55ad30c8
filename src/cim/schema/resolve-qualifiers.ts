import { findTypeProblem } from '../model/check-value.js';
import type { CimQualifier } from '../model/cim-class.js';
import { NameMap } from '../model/name-map.js';
import { sameValue } from '../model/same-value.js';
import type { QualifierDeclaration, QualifierScope } from './class-declaration.js';
import type { Schema } from './schema.js';
import { SchemaError, type SchemaErrorPlace } from './schema-error.js';

/**
 * The qualifiers in force on an element: those written on it and those that the overridden element or the superclass
 * hands down (flavor ToSubclass; DSP0004 §5.6.1.2).
 */
export function resolveQualifiers(
  written: readonly QualifierDeclaration[],
  inherited: NameMap<CimQualifier> | undefined,
  scopes: readonly QualifierScope[],
  place: SchemaErrorPlace,
  schema: Schema,
): NameMap<CimQualifier> {
  if (written.length === 0 && inherited && isHandedDownWhole(inherited)) return inherited;
  const qualifiers = new NameMap<CimQualifier>();
  for (const [name, qualifier] of inherited ?? []) {
    if (qualifier.flavor.toSubclass) {
      qualifiers.set(name, qualifier.propagated ? qualifier : { ...qualifier, propagated: true });
    }
  }
  const seen = new NameMap<true>();
  for (const declaration of written) {
    const at = { ...place, qualifier: declaration.name };
    if (seen.has(declaration.name)) throw new SchemaError(at, `qualifier ${declaration.name} is given twice`);
    seen.set(declaration.name, true);
    qualifiers.set(
      declaration.name,
      resolveQualifier(declaration, qualifiers.get(declaration.name), scopes, at, schema),
    );
  }
  return qualifiers;
}

/** True when a copy would hold the same: most members of subclasses share the qualifiers of the first in line. */
function isHandedDownWhole(inherited: NameMap<CimQualifier>): boolean {
  for (const [, { propagated, flavor }] of inherited) if (!propagated || !flavor.toSubclass) return false;
  return true;
}

function resolveQualifier(
  declaration: QualifierDeclaration,
  inherited: CimQualifier | undefined,
  scopes: readonly QualifierScope[],
  place: SchemaErrorPlace,
  schema: Schema,
): CimQualifier {
  const declared = schema.getQualifierType(declaration.name);
  if (!declared) throw new SchemaError(place, `qualifier ${declaration.name} is not declared`);
  if (!declared.scopes.has('any') && !scopes.some((scope) => declared.scopes.has(scope))) {
    throw new SchemaError(place, `qualifier ${declaration.name} does not apply to a ${scopes[0] ?? 'element'}`);
  }
  const problem = findTypeProblem(declaration.value, declared.type);
  if (problem) throw new SchemaError(place, `qualifier ${declaration.name}: ${problem}`);
  if (inherited && !inherited.flavor.overridable && !sameValue(inherited.value, declaration.value, '')) {
    throw new SchemaError(place, `qualifier ${declaration.name} may not be overridden (flavor DisableOverride)`);
  }
  return {
    name: declared.name,
    type: declared.type,
    value: declaration.value,
    flavor: { ...declared.flavor, ...declaration.flavor },
    propagated: false,
  };
}
