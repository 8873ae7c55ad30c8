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
export { AccountError } from './auth/change-users.js';
export type { ChannelBindingPolicy } from './auth/channel-binding.js';
export type { DomainPolicy } from './auth/domain-policy.js';
export { KerberosUnavailableError } from './auth/kerberos/kerberos-unavailable-error.js';
export type { LockOutLimits } from './auth/lock-out.js';
export type { TargetNamePolicy } from './auth/ntlm/target-name.js';
export { RoleError } from './auth/role.js';
export { UserFileError } from './auth/user-file.js';
export type { Broker, InvokeMethodRequest } from './cim/broker.js';
export type { Cancellation } from './cim/cancellation.js';
export type {
  CimClass,
  CimElement,
  CimFeature,
  CimMethod,
  CimParameter,
  CimProperty,
  CimQualifier,
} from './cim/cim-class.js';
export type * from './cim/cim-classes.js';
export type { CimDateTimeFields } from './cim/cim-date-time.js';
export { CimDateTime } from './cim/cim-date-time.js';
export { CimError } from './cim/cim-error.js';
export { CimInstance } from './cim/cim-instance.js';
export { CimStatus, type CimStatusCode, type CimStatusName } from './cim/cim-status.js';
export type { CimArrayKind, CimArrayShape, CimEmbedding, CimType, CimTypeName } from './cim/cim-type.js';
export type { CimScalar, CimValue } from './cim/cim-value.js';
export type {
  ClassDeclaration,
  MethodDeclaration,
  ParameterDeclaration,
  PropertyDeclaration,
  QualifierDeclaration,
  QualifierFlavor,
  QualifierScope,
  QualifierTypeDeclaration,
} from './cim/class-declaration.js';
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
export type { Namespace } from './cim/contracts/namespaces.js';
export type { WithoutClassName } from './cim/define-provider.js';
export { defineProvider, type ProviderDefinition } from './cim/define-provider.js';
export type { CimKeyValue, InstancePathParts } from './cim/instance-path.js';
export { InstancePath } from './cim/instance-path.js';
export type {
  Changes,
  Commit,
  InstanceChange,
  InstancePage,
  InstanceReader,
  InstanceStore,
  InstanceTransaction,
  PageOptions,
  ReferencingFilter,
  TransactionOrigin,
} from './cim/instance-store.js';
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
export { ProviderError } from './cim/provider-error.js';
export type { IndicationListener, Job, JobRun, ProviderFactory, ProviderHost } from './cim/provider-host.js';
export type { Schema } from './cim/schema.js';
export { SchemaError, type SchemaErrorPlace } from './cim/schema-error.js';
export { StoreError, type StoreErrorKind } from './cim/store-error.js';
export type { CimInstanceOf, NewCimInstanceOf, PropertyName, TypedInstance } from './cim/typed-instance.js';
export type {
  ProviderOf,
  RequiredParameters,
  TypedInput,
  TypedInstanceRules,
  TypedMethod,
  TypedMethodContext,
  TypedOutput,
  TypedProvider,
  TypedProviderParts,
  UncheckedInput,
} from './cim/typed-provider.js';
export type { CallOptions } from './client/call-options.js';
export type {
  ClassDescription,
  ElementDescription,
  FeatureDescription,
  MethodDescription,
  ParameterDescription,
  PropertyDescription,
} from './client/class-description.js';
export type { ClientAuthMethod, ClientOptions } from './client/client-options.js';
export type { MarkedTypeName, TypedValue } from './client/client-value.js';
export { type ClientScalar, type ClientValue, typed } from './client/client-value.js';
export type {
  AssociationOptions,
  EnumerateOptions,
  EnumerationFilter,
  EnumerationOptions,
  ReferenceOptions,
} from './client/enumerate-options.js';
export type { MessageCharset } from './client/message-charset.js';
export type {
  DeclarationOptions,
  EnumerateClassesOptions,
  GetClassOptions,
} from './client/operations/class-operations.js';
export type { CreateOptions } from './client/operations/create.js';
export type { InstanceSequence } from './client/operations/enumerate.js';
export type { GetOptions } from './client/operations/get.js';
export type { ConfigTree } from './client/operations/get-config.js';
export type { InvokeOptions } from './client/operations/invoke.js';
export type { PutOptions } from './client/operations/put.js';
export type { ConfigChanges } from './client/operations/put-config.js';
export type { Identity } from './client/read-identity.js';
export type { InvokeResult } from './client/read-invoke-result.js';
export type { RequestOptions } from './client/request-envelope.js';
export type { ResourceUriFamily } from './client/resource-uri.js';
export type { ClientCertificateAndKey, ClientTlsOptions } from './client/tls-connector.js';
export type {
  ClientValueFor,
  MethodOutputs,
  MethodParameters,
  MethodTypesOf,
  TypedInvokeResult,
} from './client/typed-call.js';
export {
  createClient,
  type Found,
  type IdentifyOptions,
  type QueryOptions,
  type WholeOptions,
  type WsmanClient,
} from './client/wsman-client.js';
export type { FaultParts, QualifiedName } from './client/wsman-client-error.js';
export { WsmanClientError } from './client/wsman-client-error.js';
export type { TransportFailure } from './client/wsman-transport-error.js';
export { WsmanTransportError } from './client/wsman-transport-error.js';
export type { Endpoint, EndpointListener, HttpEndpoint } from './endpoint/endpoint.js';
export { ModelError } from './endpoint/load-model.js';
export type { AccountOptions, UserOptions } from './endpoint/options/account-options.js';
export type { AuthenticationOptions, KerberosOptions } from './endpoint/options/authentication-options.js';
export type { ClientCertificateOptions } from './endpoint/options/client-certificate-options.js';
export type { EndpointOptions } from './endpoint/options/endpoint-options.js';
export type { Interceptors } from './endpoint/options/interceptors.js';
export type { LimitOptions } from './endpoint/options/limit-options.js';
export type { LogOptions } from './endpoint/options/log-options.js';
export type { ModelOptions } from './endpoint/options/model-options.js';
export type { CertificateOptions, NetworkOptions } from './endpoint/options/network-options.js';
export type { GivenProvider, NamespaceProvider } from './endpoint/place-providers.js';
export { startEndpoint } from './endpoint/start-endpoint.js';
export { CertificateError, type CertificateFingerprints } from './http/certificate.js';
export type { HttpLimits } from './http/http-limits.js';
export { ListenError } from './http/listen-error.js';
export type { LogFormat } from './http/log-format.js';
export type { LogLevel } from './http/log-level.js';
export type { EndpointLogger, Logger } from './http/logger.js';
export type { TellReasons } from './http/tell-reasons.js';
export { OptionError } from './options/option-error.js';
export { createMemoryStore } from './store/memory-store.js';
export type { SettingValues } from './wsman/service-settings.js';
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
