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
export { InstancePath } from './cim/instance-path.js';
export type {
  InstancePage,
  InstanceReader,
  InstanceStore,
  InstanceTransaction,
  PageOptions,
  ReferencingFilter,
} from './cim/instance-store.js';
export { NameMap } from './cim/name-map.js';
export { parseInstancePath } from './cim/parse-instance-path.js';
export type {
  CreateRule,
  DeleteRule,
  InstanceContext,
  InstanceRules,
  MethodContext,
  MethodImplementation,
  MethodInput,
  MethodOutput,
  ModifyRule,
  Provider,
} from './cim/provider.js';
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
export type { PutOptions } from './client/operations/put.js';
export type { ConfigChanges } from './client/operations/put-config.js';
export type { Identity, InvokeResult } from './client/read-answer.js';
export type { OutputValue } from './client/read-value.js';
export {
  createClient,
  type IdentifyOptions,
  type QueryOptions,
  type WsmanClient,
} from './client/wsman-client.js';
export { WsmanClientError } from './client/wsman-client-error.js';
export { WsmanTransportError } from './client/wsman-transport-error.js';
export type { Endpoint, EndpointListener, HttpEndpoint } from './endpoint/endpoint.js';
export type { AccountOptions, UserOptions } from './endpoint/options/account-options.js';
export type { AuthenticationOptions, KerberosOptions } from './endpoint/options/authentication-options.js';
export type { ClientCertificateOptions } from './endpoint/options/client-certificate-options.js';
export type { EndpointOptions } from './endpoint/options/endpoint-options.js';
export type { Interceptors } from './endpoint/options/interceptors.js';
export type { LimitOptions } from './endpoint/options/limit-options.js';
export type { LogOptions } from './endpoint/options/log-options.js';
export type { ModelOptions } from './endpoint/options/model-options.js';
export type { CertificateOptions, NetworkOptions } from './endpoint/options/network-options.js';
export type { NamespaceProvider } from './endpoint/place-providers.js';
export { startEndpoint } from './endpoint/start-endpoint.js';
export type { LogLevel } from './http/log-level.js';
export type { EndpointLogger, Logger } from './http/logger.js';
export { OptionError } from './options/option-error.js';
export { createMemoryStore } from './store/memory-store.js';
export type {
  Delivery,
  MessageSource,
  NextWsmanService,
  Outcome,
  ReturnedValue,
  WsmanHandler,
  WsmanInterceptor,
  WsmanRequest,
  WsmanResponse,
  WsmanService,
} from './wsman/wsman-service.js';
