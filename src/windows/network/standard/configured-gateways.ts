import type { InstanceContext } from '../../../cim/contracts/provider.js';
import { orNull } from '../read-parameters.js';
import type { ConfiguredInterface } from './find-interface.js';
import type { Interface } from './interfaces.js';

type Context = Pick<InstanceContext, 'store'>;
type Gateways = Interface['gateways'];

/** Gives an interface a gateway, or the gateway another metric. */
export async function setGateway(
  address: string,
  metric: number,
  to: ConfiguredInterface,
  context: Context,
): Promise<void> {
  const others = to.of.gateways.filter((one) => one.address !== address);
  await write([...others, { address, metric }], to, context);
}

export async function dropGateway(address: string, of: ConfiguredInterface, context: Context): Promise<void> {
  const left = of.of.gateways.filter((one) => one.address !== address);
  await write(left, of, context);
}

async function write(gateways: Gateways, { configuration }: ConfiguredInterface, { store }: Context): Promise<void> {
  const values = {
    DefaultIPGateway: orNull(gateways.map(({ address }) => address)),
    GatewayCostMetric: orNull(gateways.map(({ metric }) => metric)),
  };
  await store.put(configuration.with(values));
}
