/**
 * Cimulator as a library: start an endpoint in a test, call it or any other WS-Man server with the client.
 *
 * ```ts
 * await using endpoint = await startEndpoint({ users: [{ name: 'ci', password: 'secret' }] });
 * const client = createClient({ url: endpoint.http.url, user: 'ci', password: 'secret' });
 * const { returnValue } = await client.invoke(service, 'CreateOrModifyReplicationPipe', { SourceSystem, TargetSystem });
 * ```
 */
export type { CertificateMapping } from './auth/certificate-map.js';
export type { Broker } from './cim/broker.js';
export type { CimClass, CimMethod, CimParameter, CimProperty, CimQualifier } from './cim/cim-class.js';
export type * from './cim/cim-classes.js';
export { CimDateTime } from './cim/cim-date-time.js';
export { CimError } from './cim/cim-error.js';
export { CimInstance } from './cim/cim-instance.js';
export { CimStatus, type CimStatusCode, type CimStatusName } from './cim/cim-status.js';
export type { CimType, CimTypeName } from './cim/cim-type.js';
export type { CimScalar, CimValue } from './cim/cim-value.js';
export type { Access, Permissions, Right } from './cim/contracts/access.js';
export type { Call, Reason } from './cim/contracts/call.js';
export { type CimHandler, type CimInterceptor, onOperation } from './cim/contracts/cim-handler.js';
export type {
  AssociationFilter,
  CimOperation,
  CimOperationKind,
  CimOperationOf,
  CimOperations,
  CimResult,
  CimResultOf,
  ClassSelection,
  InstanceBatch,
  InstanceCursor,
  InvokeMethodResult,
} from './cim/contracts/cim-operation.js';
export { defineProvider, type ProviderDefinition } from './cim/define-provider.js';
export { InstancePath } from './cim/instance-path.js';
export type { InstanceReader, InstanceTransaction } from './cim/instance-store.js';
export { NameMap } from './cim/name-map.js';
export { parseInstancePath } from './cim/parse-instance-path.js';
export type {
  CreateRule,
  DeleteRule,
  ExclusiveMethod,
  InstanceContext,
  InstanceRules,
  Method,
  MethodContext,
  MethodImplementation,
  MethodInput,
  MethodOutput,
  ModifyRule,
  PrepareContext,
  PreparedMethod,
  Provider,
} from './cim/provider.js';
export { ProviderDefinitionError } from './cim/provider-definition-error.js';
export type { IndicationListener, Job, JobRun, ProviderFactory, ProviderHost } from './cim/provider-host.js';
export { StoreError, type StoreErrorKind } from './cim/store-error.js';
export type { CimInstanceOf, NewCimInstanceOf, PropertyName, TypedInstance } from './cim/typed-instance.js';
export type {
  ProviderOf,
  TypedInstanceRules,
  TypedMethod,
  TypedMethodContext,
  TypedOutput,
  TypedProvider,
  UncheckedInput,
} from './cim/typed-provider.js';
export type { CallOptions } from './client/call-options.js';
export type {
  ClassDescription,
  MethodDescription,
  ParameterDescription,
  PropertyDescription,
} from './client/class-description.js';
export type { ClientAuthMethod, ClientOptions } from './client/client-options.js';
export { type ClientScalar, type ClientValue, typed } from './client/client-value.js';
export type {
  AssociationOptions,
  EnumerateOptions,
  EnumerationFilter,
  EnumerationOptions,
  ReferenceOptions,
} from './client/enumerate-options.js';
export type { EnumerateClassesOptions, GetClassOptions } from './client/operations/class-operations.js';
export type { CreateOptions } from './client/operations/create.js';
export type { InstanceSequence } from './client/operations/enumerate.js';
export type { GetOptions } from './client/operations/get.js';
export type { ConfigTree } from './client/operations/get-config.js';
export type { InvokeOptions } from './client/operations/invoke.js';
export type { PutOptions } from './client/operations/put.js';
export type { ConfigChanges } from './client/operations/put-config.js';
export type { Identity } from './client/read-identity.js';
export type { InvokeResult } from './client/read-invoke-result.js';
export type { ClientValueFor, MethodOutputs, MethodParameters, TypedInvokeResult } from './client/typed-call.js';
export {
  createClient,
  type Found,
  type IdentifyOptions,
  type QueryOptions,
  type WholeOptions,
  type WsmanClient,
} from './client/wsman-client.js';
export { WsmanClientError } from './client/wsman-client-error.js';
export { WsmanTransportError } from './client/wsman-transport-error.js';
export {
  type AuthenticationOptions,
  type ClientCertificateOptions,
  type Endpoint,
  type EndpointListener,
  type EndpointOptions,
  type HttpEndpoint,
  type Interceptors,
  startEndpoint,
  type UserOptions,
} from './endpoint.js';
export type { GivenProvider, NamespaceProvider } from './place-providers.js';
export type {
  Delivery,
  MessageSource,
  Outcome,
  ReturnedValue,
  WsmanHandler,
  WsmanInterceptor,
  WsmanRequest,
  WsmanResponse,
} from './wsman/wsman-service.js';
