import { describe, expect, it } from 'vitest';
import { InstancePath } from '../../src/cim/model/instance-path.js';
import { defineProvider } from '../../src/iscsitarget/define-provider.js';

const className = 'MSISCSITARGET_StorageConfigurationService';
const pipe = new InstancePath({ className: 'CIM_NetworkPipe' });

describe('defineProvider', () => {
  it('makes a provider with the methods it is given', () => {
    const StartService = async () => ({ ReturnValue: 0 });
    expect(defineProvider(className, { methods: { StartService } })).toEqual({
      className,
      methods: { StartService },
      requiredParameters: 'unchecked',
    });
  });

  it('hands on what other methods answer', () => {
    const provider = defineProvider(className, { methods: {}, otherMethods: 'not-supported' });
    expect(provider.otherMethods).toBe('not-supported');
  });

  // The compiler is the test here: an expected error that does not come fails `npm run check`.
  it('accepts exactly what the MOF declares', () => {
    defineProvider(className, {
      methods: {
        async CreateOrModifyReplicationPipe(input) {
          const name: string | null | undefined = input.PipeElementName;
          const ports: readonly (InstancePath | null)[] | null | undefined = input.SourceEndpoint;
          // @ts-expect-error a parameter that does not exist
          input.PipeElementNmae;
          // @ts-expect-error a parameter of another type
          const count: number | null | undefined = input.PipeElementName;
          // @ts-expect-error parameters are not written to
          input.Goal = null;
          return { ReturnValue: name || ports || count ? 0 : 1, ReplicationPipe: pipe };
        },
        async CreateOrModifyStoragePool(input) {
          const size: bigint | null | undefined = input.Size;
          return { ReturnValue: 0, Job: null, Pool: null, Size: size ?? null };
        },
      },
    });
    defineProvider(className, {
      methods: {
        // @ts-expect-error a method that does not exist
        async CreateOrModifyReplicatonPipe() {
          return { ReturnValue: 0, ReplicationPipe: null };
        },
      },
    });
    defineProvider(className, {
      methods: {
        // @ts-expect-error a misspelt output
        async CreateOrModifyReplicationPipe() {
          return { ReturnValue: 0, ReplicatonPipe: pipe };
        },
      },
    });
    defineProvider(className, {
      methods: {
        // @ts-expect-error an output of another type
        async CreateOrModifyReplicationPipe() {
          return { ReturnValue: '0', ReplicationPipe: pipe };
        },
      },
    });
    // @ts-expect-error a class without generated types
    defineProvider('MSISCSITARGET_StorageConfigurationServce', { methods: {} });
  });
});
