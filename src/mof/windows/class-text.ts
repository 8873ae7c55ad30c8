/**
 * Classes that are there on Windows without a declaration: those of the system, with two underscores, in every namespace
 * (MS-WMI 2.2), and those that event subscriptions, drivers and Desired State Configuration build on in theirs. A class is
 * declared when a text needs it, wherever that is.
 */
export const windowsClasses = `
[Abstract] class __SystemClass { };
[Abstract] class __IndicationRelated : __SystemClass { };
class __NAMESPACE : __SystemClass { [Key] string Name; };
class __Namespace_Security : __SystemClass { };
[Singleton] class __SystemSecurity : __SystemClass { };
[Abstract] class __Provider : __SystemClass { [Key] string Name; };
class __Win32Provider : __Provider
{
  string ClientLoadableCLSID; string CLSID; sint32 Concurrency; string DefaultMachineName; boolean Enabled;
  string HostingModel = "NetworkServiceHost"; sint32 ImpersonationLevel = 0; sint32 InitializationReentrancy = 0;
  datetime InitializationTimeoutInterval; boolean InitializeAsAdminFirst; datetime OperationTimeoutInterval;
  boolean PerLocaleInitialization = false; boolean PerUserInitialization = false; boolean Pure = true;
  string SecurityDescriptor; boolean SupportsExplicitShutdown; boolean SupportsExtendedStatus;
  boolean SupportsQuotas; boolean SupportsSendStatus; boolean SupportsShutdown; boolean SupportsThrottling;
  datetime UnloadTimeout; uint32 Version;
};
[Abstract] class __ProviderRegistration : __SystemClass { [Key] __Provider REF provider; };
[Abstract] class __ObjectProviderRegistration : __ProviderRegistration
{
  sint32 InteractionType = 0; string QuerySupportLevels[]; boolean SupportsBatching; boolean SupportsDelete = false;
  boolean SupportsEnumeration = false; boolean SupportsGet = false; boolean SupportsPut = false; boolean SupportsTransactions;
};
class __InstanceProviderRegistration : __ObjectProviderRegistration { };
class __ClassProviderRegistration : __ObjectProviderRegistration
{
  datetime CacheRefreshInterval; boolean PerUserSchema = false; sint32 ResultSetQueries[];
  boolean ReSynchroniseOnNamespaceOpen = false; string ReferencedSetQueries[]; string UnsupportedQueries[]; sint32 Version = 1;
};
class __MethodProviderRegistration : __ProviderRegistration { };
class __PropertyProviderRegistration : __ProviderRegistration { boolean SupportsGet = false; boolean SupportsPut = false; };
class __EventProviderRegistration : __ProviderRegistration { string EventQueryList[]; };
class __EventConsumerProviderRegistration : __ProviderRegistration { string ConsumerClassNames[]; };
class __DecoupledProviderRegistration : __ProviderRegistration { };
[Abstract] class __EventGenerator : __IndicationRelated { };
[Abstract] class __TimerInstruction : __EventGenerator { [Key] string TimerId; boolean SkipIfPassed = false; };
class __IntervalTimerInstruction : __TimerInstruction { uint32 IntervalBetweenEvents; };
class __AbsoluteTimerInstruction : __TimerInstruction { datetime EventDateTime; };
[Abstract] class __Event : __IndicationRelated { uint64 TIME_CREATED; uint8 SECURITY_DESCRIPTOR[]; };
[Abstract] class __ExtrinsicEvent : __Event { };
class __TimerEvent : __Event { string TimerId; uint32 NumFirings; };
[Abstract] class __SystemEvent : __Event { };
class __EventDroppedEvent : __SystemEvent { string Query; [EmbeddedObject] string Event; };
class __EventQueueOverflowEvent : __SystemEvent { string Query; uint32 CurrentQueueSize; };
class __QOSFailureEvent : __SystemEvent { string Query; uint32 ErrorCode; string ErrorDescription; };
class __ConsumerFailureEvent : __SystemEvent
{
  string Query; uint32 ErrorCode; string ErrorDescription; string ErrorSource; [EmbeddedObject] string Event;
  [EmbeddedObject] string ErrorObject; [EmbeddedObject] string IntendedConsumer;
};
class __InstanceOperationEvent : __Event { [EmbeddedObject] string TargetInstance; };
class __MethodInvocationEvent : __InstanceOperationEvent { string Method; [EmbeddedObject] string Parameters; boolean PreCall; };
class __InstanceCreationEvent : __InstanceOperationEvent { };
class __InstanceDeletionEvent : __InstanceOperationEvent { };
class __InstanceModificationEvent : __InstanceOperationEvent { [EmbeddedObject] string PreviousInstance; };
class __ClassOperationEvent : __Event { [EmbeddedObject] string TargetClass; };
class __ClassCreationEvent : __ClassOperationEvent { };
class __ClassDeletionEvent : __ClassOperationEvent { };
class __ClassModificationEvent : __ClassOperationEvent { [EmbeddedObject] string PreviousClass; };
class __NamespaceOperationEvent : __Event { [EmbeddedObject] string TargetNamespace; };
class __NamespaceCreationEvent : __NamespaceOperationEvent { };
class __NamespaceDeletionEvent : __NamespaceOperationEvent { };
class __NamespaceModificationEvent : __NamespaceOperationEvent { [EmbeddedObject] string PreviousNamespace; };
class __AggregateEvent : __IndicationRelated { uint32 NumberOfEvents; [EmbeddedObject] string Representative; };
class __EventFilter : __IndicationRelated
{
  [Key] string Name; uint8 CreatorSID[]; string EventAccess; string EventNamespace; string Query; string QueryLanguage;
};
[Abstract] class __EventConsumer : __IndicationRelated { uint8 CreatorSID[]; string MachineName; uint32 MaximumQueueSize; };
class __FilterToConsumerBinding : __IndicationRelated
{
  [Key] __EventConsumer REF Consumer; [Key] __EventFilter REF Filter; uint8 CreatorSID[]; sint32 DeliveryQoS;
  boolean DeliverSynchronously = false; boolean MaintainSecurityContext = false; boolean SlowDownProviders = false;
};
[Abstract] class __ExtendedStatus { string Description; string Operation; string ParameterInfo; string ProviderName; uint32 StatusCode; };
class __NotifyStatus { uint32 StatusCode; };
class __SecurityRelatedClass : __SystemClass { };
class __Trustee : __SecurityRelatedClass
{
  string Domain; string Name; uint8 SID[]; uint32 SidLength; string SIDString; uint64 TIME_CREATED;
};
class __ACE : __SecurityRelatedClass
{
  uint32 AccessMask; uint32 AceFlags; uint32 AceType; string GuidInheritedObjectType; string GuidObjectType;
  uint64 TIME_CREATED; [EmbeddedInstance("__Trustee")] string Trustee;
};
class __SecurityDescriptor : __SecurityRelatedClass
{
  uint32 ControlFlags; [EmbeddedInstance("__ACE")] string DACL[]; [EmbeddedInstance("__Trustee")] string Group;
  [EmbeddedInstance("__Trustee")] string Owner; [EmbeddedInstance("__ACE")] string SACL[]; uint64 TIME_CREATED;
};
class __PARAMETERS { };
class __CacheControl : __SystemClass { };

class ActiveScriptEventConsumer : __EventConsumer
{
  [Key] string Name; uint32 KillTimeout = 0; string ScriptFileName; string ScriptingEngine; string ScriptText;
};
class CommandLineEventConsumer : __EventConsumer
{
  [Key] string Name; string CommandLineTemplate; boolean CreateNewConsole = false; boolean CreateNewProcessGroup = false;
  boolean CreateSeparateWowVdm = false; boolean CreateSharedWowVdm = false; string DesktopName; string ExecutablePath;
  uint32 FillAttribute; boolean ForceOffFeedback = false; boolean ForceOnFeedback = false; uint32 KillTimeout = 0;
  sint32 Priority = 32; boolean RunInteractively = false; uint32 ShowWindowCommand; boolean UseDefaultErrorMode = false;
  string WindowTitle; string WorkingDirectory; uint32 XCoordinate; uint32 XNumCharacters; uint32 XSize;
  uint32 YCoordinate; uint32 YNumCharacters; uint32 YSize;
};
class LogFileEventConsumer : __EventConsumer
{
  [Key] string Name; string Filename; boolean IsUnicode; uint64 MaximumFileSize = 65535; string Text;
};
class NTEventLogEventConsumer : __EventConsumer
{
  [Key] string Name; uint16 Category; uint32 EventID = 0; uint32 EventType = 1; string InsertionStringTemplates[];
  string NameOfRawDataProperty; string NameOfUserSIDProperty; uint32 NumberOfInsertionStrings = 0; string SourceName;
  string UNCServerName;
};
class SMTPEventConsumer : __EventConsumer
{
  [Key] string Name; string BccLine; string CcLine; string FromLine; string HeaderFields[]; string Message;
  string ReplyToLine; string SMTPServer; string Subject; string ToLine;
};

[Abstract] class WMIEvent : __ExtrinsicEvent { };
class EventTrace { };
[Abstract] class CIM_StatisticalInformation { string Caption; string Description; string Name; };
[Abstract] class Win32_Perf : CIM_StatisticalInformation
{
  uint64 Frequency_Object; uint64 Frequency_PerfTime; uint64 Frequency_Sys100NS; uint64 Timestamp_Object;
  uint64 Timestamp_PerfTime; uint64 Timestamp_Sys100NS;
};
[Abstract] class Win32_PerfRawData : Win32_Perf { };
[Abstract] class Win32_PerfFormattedData : Win32_Perf { };
[Abstract] class SMS_Class_Template { };

class MSFT_Credential { string UserName; string Password; };
class MSFT_KeyValuePair { [Key] string Key; string Value; };
[Abstract] class OMI_BaseResource
{
  string ResourceId; string SourceInfo; string Requires[]; string DependsOn[]; string ModuleName; string ModuleVersion;
  string ConfigurationName; [EmbeddedInstance("MSFT_Credential")] string PsDscRunAsCredential;
};
class OMI_ConfigurationDocument
{
  string Version; string Author; string Copyright; string GenerationDate; string GenerationHost; string HelpInfoUri;
  string ContentType; string Signature; string MinimumCompatibleVersion; string CompatibleVersionAdditionalProperties[];
  string Name; string UserName; string Password; string Hash;
};
[Abstract] class OMI_MetaConfigurationResource { string ResourceId; string SourceInfo; };
[Abstract] class OMI_ConfigurationDownloadManager : OMI_MetaConfigurationResource { };
[Abstract] class OMI_ResourceModuleManager : OMI_MetaConfigurationResource { };
[Abstract] class OMI_ReportManager : OMI_MetaConfigurationResource { };
class MSFT_CimConfigurationProviderRegistration
{
  [Key] string ClassName; string DSCEngineCompatVersion; string DSCModuleVersion; string Name; string Namespace;
  uint32 HostingModel; string ResourceType;
};
class MSFT_FileDirectoryConfiguration : OMI_BaseResource
{
  [Key] string DestinationPath; string Attributes[]; string Checksum; string Contents; datetime CreatedDate;
  [EmbeddedInstance("MSFT_Credential")] string Credential; string Ensure; boolean Force; boolean MatchSource;
  datetime ModifiedDate; boolean Recurse; uint64 Size; string SourcePath; string SubItems[]; string Type;
};
class MSFT_LogResource : OMI_BaseResource { [Key] string Message; };
class MSFT_DSCMetaConfiguration
{
  string ActionAfterReboot; boolean AllowModuleOverwrite; string CertificateID;
  [EmbeddedInstance("OMI_ConfigurationDownloadManager")] string ConfigurationDownloadManagers[]; string ConfigurationID;
  string ConfigurationMode; uint32 ConfigurationModeFrequencyMins;
  [EmbeddedInstance("MSFT_Credential")] string Credential; string DebugMode[];
  [EmbeddedInstance("MSFT_KeyValuePair")] string DownloadManagerCustomData[]; string DownloadManagerName;
  uint32 MaximumDownloadSizeMB; [EmbeddedInstance("OMI_MetaConfigurationResource")] string PartialConfigurations[];
  boolean RebootNodeIfNeeded; uint32 RefreshFrequencyMins; string RefreshMode;
  [EmbeddedInstance("OMI_ReportManager")] string ReportManagers[];
  [EmbeddedInstance("OMI_ResourceModuleManager")] string ResourceModuleManagers[];
  string SignatureValidationPolicy; uint32 StatusRetentionTimeInDays;
};
`;
