import type { Row } from '../../derived-rows.js';
import { maskOf } from '../ip-address.js';
import { DIRECT, Protocol, type Route } from './routes.js';

/** Type of Win32_IP4RouteTable. */
const Type = { direct: 3, indirect: 4 } as const;
/** Of a metric that is not used. */
const UNUSED = -1;

/** Win32_IP4RouteTable: a route as the old class has it. */
export function tableRow(route: Route): Row {
  const [network = '', length = '0'] = route.prefix.split('/');
  const mask = maskOf(Number(length));
  return {
    keys: { Destination: network, InterfaceIndex: route.interfaceIndex, Mask: mask, NextHop: route.nextHop },
    values: {
      ...{
        Name: network,
        Caption: network,
        Description: `${network} - ${mask} - ${route.nextHop}`,
        Information: '0.0',
      },
      ...{ Metric1: route.metric, Metric2: UNUSED, Metric3: UNUSED, Metric4: UNUSED, Metric5: UNUSED },
      Protocol: route.protocol === Protocol.set ? Protocol.set : Protocol.local,
      Type: route.nextHop === DIRECT[route.family] ? Type.direct : Type.indirect,
    },
    initial: { Age: 0 },
  };
}
