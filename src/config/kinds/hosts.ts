import type { HostOptions } from '../../endpoint/options/host-options.js';
import { OptionError } from '../../options/option-error.js';
import type { Kind } from '../setting.js';
import { portOrOff } from './number-kinds.js';

/** A computer and where it listens: those of `startEndpoint` that a text can say. */
export type HostSetting = Pick<HostOptions, 'name' | 'port'>;

const EXPECTED = 'Expected names with ports, as srv01=5985,srv02=5986, or names alone.';

/** Computers: `NAME=PORT` parted by commas, or `NAME` for any free port; a file has a map of ports by name, or the text. */
export const hosts: Kind<readonly HostSetting[]> = {
  placeholder: '<name=port,…>',
  read: (text, previous = []) => [...previous, ...text.split(/[,\s]+/).flatMap(hostOf)],
  schema: (type) =>
    type.Union([
      type.String({ minLength: 1 }),
      type.Record(
        type.String({ minLength: 1 }),
        type.Union([type.Integer({ minimum: 0, maximum: 65_535 }), type.Literal('off')]),
        { minProperties: 1 },
      ),
    ]),
  fromFile: (value) => {
    if (typeof value === 'string') return hosts.read(value, undefined);
    const ports = value as Readonly<Record<string, number | 'off'>>;
    return Object.entries(ports).map(([name, port]) => ({ name, port }));
  },
};

function hostOf(text: string): readonly HostSetting[] {
  if (text === '') return [];
  const [name = '', port, ...rest] = text.split('=');
  if (name === '' || rest.length > 0) throw new OptionError(EXPECTED);
  return [port === undefined ? { name } : { name, port: portOrOff.read(port, undefined) }];
}
