import type { MethodContext, MethodInput } from '../../../cim/contracts/provider.js';
import type { CimInstance } from '../../../cim/model/cim-instance.js';
import { sameName } from '../../../cim/model/name-map.js';
import { MethodRefusal } from '../../method-refusal.js';
import { type StoredInstance, stored } from '../../on-instance.js';
import { type Interface, interfacesOf } from './interfaces.js';
import { NetError } from './net-error.js';

/** An interface of an adapter, and its configuration as it is stored. */
export interface ConfiguredInterface {
  readonly of: Interface;
  readonly configuration: StoredInstance;
}

/** The interface that a call means, by number or by name. @throws MethodRefusal 87, 1168 */
export async function givenInterface(
  { InterfaceIndex: index, InterfaceAlias: alias }: MethodInput,
  context: Pick<MethodContext, 'store'>,
): Promise<ConfiguredInterface> {
  const isIndex = typeof index === 'number';
  if (!(isIndex || typeof alias === 'string'))
    throw new MethodRefusal(NetError.invalidParameter, 'neither InterfaceIndex nor InterfaceAlias is given');
  const found = (await interfacesOf(context)).find((one) =>
    isIndex ? one.index === index : sameName(one.alias, String(alias)),
  );
  const configured = found && configuredInterface(found);
  if (configured) return configured;
  throw new MethodRefusal(NetError.notFound, `no adapter has the interface ${String(isIndex ? index : alias)}`);
}

/** The interface that an instance is of; undefined for that of the computer with itself. */
export async function interfaceOfRow(
  row: CimInstance,
  context: Pick<MethodContext, 'store'>,
): Promise<ConfiguredInterface | undefined> {
  const found = (await interfacesOf(context)).find(({ index }) => index === row.get('InterfaceIndex'));
  return found && configuredInterface(found);
}

function configuredInterface(of: Interface): ConfiguredInterface | undefined {
  return of.configuration?.path && { of, configuration: stored(of.configuration) };
}
