/**
 * Cimulator as a library: start an endpoint in a test, call it or any other WS-Man server with the client.
 *
 * ```ts
 * await using endpoint = await startEndpoint({ users: [{ name: 'ci', password: 'secret' }] });
 * const client = createClient({ url: endpoint.http.url, user: 'ci', password: 'secret' });
 * const { returnValue } = await client.invoke(service, 'CreateOrModifyReplicationPipe', { SourceSystem, TargetSystem });
 * ```
 */

export { AccountBookError } from './auth/accounts/account-book.js';
export { AccountError } from './auth/accounts/change-users.js';
export type { DomainPolicy } from './auth/accounts/domain-policy.js';
export { RoleError } from './auth/accounts/role.js';
export { UserFileError } from './auth/accounts/user-file.js';
export type { CertificateMapping } from './auth/certificates/certificate-map.js';
export { KerberosUnavailableError } from './auth/kerberos/kerberos-unavailable-error.js';
export type { LockOutLimits } from './auth/lock-out/lock-out.js';
export type { TargetNamePolicy } from './auth/ntlm/target-name.js';
export type { AllowUnencrypted } from './auth/schemes/allow-unencrypted.js';
export type { ChannelBindingPolicy } from './auth/schemes/channel-binding.js';
export type { Broker, InvokeMethodRequest } from './cim/broker.js';
export type { Access, Permissions, Right } from './cim/contracts/access.js';
export type { Call, Reason } from './cim/contracts/call.js';
export type { Cancellation } from './cim/contracts/cancellation.js';
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
export type {
  ContextKind,
  ContextRecord,
  ContextRoom,
  ContextStore,
  ContextTerms,
  KeptContext,
} from './cim/contracts/context-store.js';
export type { WithoutClassName } from './cim/contracts/define-provider.js';
export { defineProvider, type ProviderDefinition } from './cim/contracts/define-provider.js';
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
} from './cim/contracts/instance-store.js';
export type { Namespace } from './cim/contracts/namespaces.js';
export type {
  AskedInstance,
  CreateRule,
  DeleteRule,
  DerivationContext,
  DerivedValue,
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
} from './cim/contracts/provider.js';
export { ProviderError } from './cim/contracts/provider-error.js';
export type { IndicationListener, Job, JobRun, ProviderFactory, ProviderHost } from './cim/contracts/provider-host.js';
export type { CountKeys, CountLimits, SharedCounts, Standing } from './cim/contracts/shared-counts.js';
export type { SharedText, VersionedText } from './cim/contracts/shared-text.js';
export type { State, StateCheck, StateKind, StateNotes, StateUpkeep } from './cim/contracts/state.js';
export { StateError } from './cim/contracts/state-error.js';
export { StoreError, type StoreErrorKind } from './cim/contracts/store-error.js';
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
} from './cim/contracts/typed-provider.js';
export type {
  CimClass,
  CimElement,
  CimFeature,
  CimMethod,
  CimParameter,
  CimProperty,
  CimQualifier,
} from './cim/model/cim-class.js';
export type * from './cim/model/cim-classes.js';
export type { CimDateTimeFields } from './cim/model/cim-date-time.js';
export { CimDateTime } from './cim/model/cim-date-time.js';
export { CimError } from './cim/model/cim-error.js';
export { CimInstance } from './cim/model/cim-instance.js';
export { CimStatus, type CimStatusCode, type CimStatusName } from './cim/model/cim-status.js';
export type { CimArrayKind, CimArrayShape, CimEmbedding, CimType, CimTypeName } from './cim/model/cim-type.js';
export type { CimScalar, CimValue } from './cim/model/cim-value.js';
export type { CimKeyValue, InstancePathParts } from './cim/model/instance-path.js';
export { InstancePath } from './cim/model/instance-path.js';
export { NameMap } from './cim/model/name-map.js';
export { type Backslashes, parseInstancePath } from './cim/model/parse-instance-path.js';
export type { CimInstanceOf, NewCimInstanceOf, PropertyName, TypedInstance } from './cim/model/typed-instance.js';
export type { LooseValueFor, LooseValues, MethodOutputs, MethodTypesOf } from './cim/model/typed-method.js';
export { ProviderDefinitionError } from './cim/providers/provider-definition-error.js';
export type { ClassRules } from './cim/schema/check-class.js';
export type {
  ClassDeclaration,
  MethodDeclaration,
  ParameterDeclaration,
  PropertyDeclaration,
  QualifierDeclaration,
  QualifierFlavor,
  QualifierScope,
  QualifierTypeDeclaration,
} from './cim/schema/class-declaration.js';
export type { Schema, SchemaBase } from './cim/schema/schema.js';
export { SchemaError, type SchemaErrorPlace } from './cim/schema/schema-error.js';
export type { Json } from './cimjson/cim-json-types.js';
export type { CallOptions } from './client/call-options.js';
export type {
  ClassDescription,
  ElementDescription,
  FeatureDescription,
  MethodDescription,
  ParameterDescription,
  PropertyDescription,
  QualifierTypeDescription,
} from './client/class-description.js';
export type { ClientAuthMethod, ClientOptions } from './client/client-options.js';
export type { MarkedTypeName, TypedValue } from './client/client-value.js';
export { type ClientScalar, type ClientValue, typed } from './client/client-value.js';
export { createClient } from './client/create-client.js';
export type {
  AssociationOptions,
  EnumerateOptions,
  EnumerationFilter,
  EnumerationOptions,
  ReferenceOptions,
} from './client/enumerate-options.js';
export type { MessageCharset } from './client/message/message-charset.js';
export type { Identity } from './client/message/read-identity.js';
export type { InvokeResult } from './client/message/read-invoke-result.js';
export type { RequestOptions } from './client/message/request-envelope.js';
export type { ResourceUriFamily } from './client/message/resource-uri.js';
export type {
  DeclarationOptions,
  EnumerateClassesOptions,
  GetClassOptions,
} from './client/operations/class-operations.js';
export type { CreateOptions } from './client/operations/create.js';
export type { InstanceSequence } from './client/operations/enumerate.js';
export type { GetOptions } from './client/operations/get.js';
export type { ConfigOptions, ConfigTree } from './client/operations/get-config.js';
export type { InvokeOptions } from './client/operations/invoke.js';
export type { PutOptions } from './client/operations/put.js';
export type { ConfigChanges } from './client/operations/put-config.js';
export type { ClientProxy } from './client/transport/proxy-tunnel.js';
export type { ClientCertificateAndKey, ClientTlsOptions } from './client/transport/tls-connector.js';
export type { TransportFailure } from './client/transport/wsman-transport-error.js';
export { WsmanTransportError } from './client/transport/wsman-transport-error.js';
export type { ClientValueFor, MethodParameters, TypedInvokeResult } from './client/typed-call.js';
export type { Found, IdentifyOptions, QueryOptions, WholeOptions, WsmanClient } from './client/wsman-client.js';
export type { FaultParts, QualifiedName, WindowsFault } from './client/wsman-client-error.js';
export { WsmanClientError } from './client/wsman-client-error.js';
export { readConfiguration } from './config/read-configuration.js';
export type { CimFace, FoundInstance, GivenValues, HouseInvokeResult } from './endpoint/cim-face.js';
export type { Endpoint, EndpointListener, HttpEndpoint, StateFacts } from './endpoint/endpoint.js';
export type { HostEndpoint, Hosts } from './endpoint/hosts/hosts.js';
export { ModelError } from './endpoint/model-error.js';
export type { AccountOptions, UserOptions } from './endpoint/options/account-options.js';
export type { AuthenticationOptions, KerberosOptions } from './endpoint/options/authentication-options.js';
export type { ClientCertificateOptions } from './endpoint/options/client-certificate-options.js';
export type { ControlListenerOptions, ControlOptions } from './endpoint/options/control-options.js';
export type { EndpointOptions } from './endpoint/options/endpoint-options.js';
export type { HostOptions, HostsOptions } from './endpoint/options/host-options.js';
export type { Interceptors } from './endpoint/options/interceptors.js';
export type { LabScale } from './endpoint/options/lab-scale.js';
export type { LimitOptions } from './endpoint/options/limit-options.js';
export type { LogOptions } from './endpoint/options/log-options.js';
export type { ModelOptions } from './endpoint/options/model-options.js';
export type { CertificateOptions, NetworkOptions } from './endpoint/options/network-options.js';
export type { KeptRequests, RecordOptions } from './endpoint/options/record-options.js';
export type { RuleOptions } from './endpoint/options/rule-options.js';
export type { StateOptions } from './endpoint/options/state-options.js';
export type { GivenProvider, NamespaceProvider } from './endpoint/place-providers.js';
export type { ReplacedState } from './endpoint/replace-guard.js';
export type { SeedSource } from './endpoint/seed-source.js';
export { startEndpoint } from './endpoint/start-endpoint.js';
export type { ModelState, PowerState, TestKit, WaitOptions } from './endpoint/test-kit.js';
export { CertificateError, type CertificateFingerprints } from './http/certificate.js';
export type { HttpLimits } from './http/http-limits.js';
export { ListenError } from './http/listen-error.js';
export type { LogFormat } from './http/log-format.js';
export type { LogLevel } from './http/log-level.js';
export type { EndpointLogger, Logger } from './http/logger.js';
export type { TellReasons } from './http/tell-reasons.js';
export type {
  ExchangeFilter,
  ExchangeMatch,
  ExchangeOutcome,
  PlainValues,
} from './interceptors/match/exchange-match.js';
export type { RecordedExchange } from './interceptors/record/recorded-exchange.js';
export type { RecordView, RequestTerms, WaitTerms } from './interceptors/record/recorder.js';
export { WaitError } from './interceptors/record/wait-error.js';
export type { Rule, RuleAction, RuleCondition, RuleDelay, RuleState } from './interceptors/rules/rule.js';
export { RuleError } from './interceptors/rules/rule-error.js';
export type { LooseScalar, LooseValue } from './lab/fitting-value.js';
export type { Snapshot } from './lab/snapshot.js';
export { SnapshotError } from './lab/snapshot-error.js';
export type { MofDialect, MofDialectChoice } from './mof/dialect.js';
export { DocumentError, type DocumentPlace } from './options/document/document-error.js';
export { OptionError } from './options/option-error.js';
export type { MessageAnswer } from './replay/message-answer.js';
export type { MessageRequest } from './replay/message-request.js';
export {
  type ReadMessage,
  type RecordedMessage,
  type Recording,
  RecordingError,
  type RecordingHead,
  readRecording,
} from './replay/recording.js';
export { type ReplayOptions, replay } from './replay/replay.js';
export { createMemoryStore, type MemoryStoreOptions } from './store/memory/memory-store.js';
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
