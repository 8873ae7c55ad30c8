import { describe, expect, it } from 'vitest';
import { connect } from '../../conformance/connect.js';
import { discoverTarget, type TargetOptions } from '../../conformance/discover-target.js';
import { lab } from '../../conformance/lab.js';
import { PASSWORD, runEndpoint, USER } from '../support/running-endpoint.js';

describe('finding out what there is', () => {
  const running = runEndpoint();
  const discover = async (options: TargetOptions) => {
    const connection = connect({ url: running.url, user: USER, password: PASSWORD });
    try {
      return await discoverTarget(connection, options);
    } finally {
      connection.close();
    }
  };

  it('recognises the lab', async () => {
    expect(await discover({ lab: 'auto' })).toMatchObject({ lab: true, selectors: lab.selectors });
  });

  it('takes the keys of the first instance of another class', async () => {
    const found = await discover({ lab: 'auto', className: 'MSISCSITARGET_TCPProtocolEndpoint' });
    expect(found).toMatchObject({
      lab: false,
      selectors: { CreationClassName: 'MSISCSITARGET_TCPProtocolEndpoint', Name: 'tcp-1' },
    });
  });

  it('goes on without instance when the class has none', async () => {
    expect(await discover({ lab: 'no', className: 'MSISCSITARGET_StorageClientSettingData' })).toMatchObject({
      selectors: {},
    });
  });
});
