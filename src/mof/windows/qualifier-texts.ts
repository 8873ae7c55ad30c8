/**
 * Qualifier types that Windows' compiler knows without a declaration, in every namespace.
 *
 * Those of DSP0004, as `schemas/qualifiers.mof` declares them; a test compares the two.
 */
export const standardQualifiers = `
Qualifier Abstract : boolean = false, Scope(class, association, indication), Flavor(EnableOverride, Restricted);
Qualifier Aggregate : boolean = false, Scope(reference), Flavor(DisableOverride, ToSubclass);
Qualifier Aggregation : boolean = false, Scope(association), Flavor(DisableOverride, ToSubclass);
Qualifier ArrayType : string = "Bag", Scope(property, parameter), Flavor(DisableOverride, ToSubclass);
Qualifier Association : boolean = false, Scope(association), Flavor(DisableOverride, ToSubclass);
Qualifier BitMap : string[], Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass);
Qualifier BitValues : string[], Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass, Translatable);
Qualifier ClassConstraint : string[], Scope(class, association, indication), Flavor(EnableOverride, ToSubclass);
Qualifier Composition : boolean = false, Scope(association), Flavor(DisableOverride, ToSubclass);
Qualifier Correlatable : string[], Scope(property), Flavor(EnableOverride, ToSubclass);
Qualifier Counter : boolean = false, Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass);
Qualifier Deprecated : string[], Scope(any), Flavor(EnableOverride, Restricted);
Qualifier Description : string = NULL, Scope(any), Flavor(EnableOverride, ToSubclass, Translatable);
Qualifier DisplayName : string = NULL, Scope(any), Flavor(EnableOverride, ToSubclass, Translatable);
Qualifier DN : boolean = false, Scope(property, method, parameter), Flavor(DisableOverride, ToSubclass);
Qualifier EmbeddedInstance : string = NULL, Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass);
Qualifier EmbeddedObject : boolean = false, Scope(property, method, parameter), Flavor(DisableOverride, ToSubclass);
Qualifier Exception : boolean = false, Scope(class, indication), Flavor(DisableOverride, ToSubclass);
Qualifier Experimental : boolean = false, Scope(any), Flavor(EnableOverride, Restricted);
Qualifier Gauge : boolean = false, Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass);
Qualifier In : boolean = true, Scope(parameter), Flavor(DisableOverride, ToSubclass);
Qualifier Indication : boolean = false, Scope(class, indication), Flavor(DisableOverride, ToSubclass);
Qualifier IsPUnit : boolean = false, Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass);
Qualifier Key : boolean = false, Scope(property, reference), Flavor(DisableOverride, ToSubclass);
Qualifier MappingStrings : string[], Scope(any), Flavor(EnableOverride, ToSubclass);
Qualifier Max : uint32 = NULL, Scope(reference), Flavor(EnableOverride, ToSubclass);
Qualifier MaxLen : uint32 = NULL, Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass);
Qualifier MaxValue : sint64 = NULL, Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass);
Qualifier MethodConstraint : string[], Scope(method), Flavor(EnableOverride, ToSubclass);
Qualifier Min : uint32 = 0, Scope(reference), Flavor(EnableOverride, ToSubclass);
Qualifier MinLen : uint32 = 0, Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass);
Qualifier MinValue : sint64 = NULL, Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass);
Qualifier ModelCorrespondence : string[], Scope(any), Flavor(EnableOverride, ToSubclass);
Qualifier Nonlocal : string = NULL, Scope(reference), Flavor(EnableOverride, ToSubclass);
Qualifier NonlocalType : string = NULL, Scope(reference), Flavor(EnableOverride, ToSubclass);
Qualifier NullValue : string = NULL, Scope(property), Flavor(DisableOverride, ToSubclass);
Qualifier OctetString : boolean = false, Scope(property, method, parameter), Flavor(DisableOverride, ToSubclass);
Qualifier Out : boolean = false, Scope(parameter), Flavor(DisableOverride, ToSubclass);
Qualifier Override : string = NULL, Scope(property, method, reference), Flavor(EnableOverride, Restricted);
Qualifier Propagated : string = NULL, Scope(property), Flavor(DisableOverride, ToSubclass);
Qualifier PropertyConstraint : string[], Scope(property, reference), Flavor(EnableOverride, ToSubclass);
Qualifier PUnit : string = NULL, Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass);
Qualifier Read : boolean = true, Scope(property), Flavor(EnableOverride, ToSubclass);
Qualifier Reference : string = NULL, Scope(property), Flavor(EnableOverride, ToSubclass);
Qualifier Required : boolean = false, Scope(property, reference, method, parameter), Flavor(DisableOverride, ToSubclass);
Qualifier Revision : string = NULL, Scope(class, association, indication), Flavor(EnableOverride, Restricted, Translatable);
Qualifier Schema : string = NULL, Scope(property, method), Flavor(DisableOverride, ToSubclass, Translatable);
Qualifier Source : string = NULL, Scope(class, association, indication), Flavor(EnableOverride, ToSubclass);
Qualifier SourceType : string = NULL, Scope(class, association, indication, reference), Flavor(EnableOverride, ToSubclass);
Qualifier Structure : boolean = false, Scope(indication, association, class), Flavor(EnableOverride, Restricted);
Qualifier Terminal : boolean = false, Scope(class, association, indication), Flavor(EnableOverride, ToSubclass);
Qualifier UMLPackagePath : string = NULL, Scope(class, association, indication), Flavor(EnableOverride, Restricted);
Qualifier Units : string = NULL, Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass, Translatable);
Qualifier ValueMap : string[], Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass);
Qualifier Values : string[], Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass, Translatable);
Qualifier Version : string = NULL, Scope(class, association, indication), Flavor(EnableOverride, Restricted, Translatable);
Qualifier Weak : boolean = false, Scope(reference), Flavor(DisableOverride, ToSubclass);
Qualifier Write : boolean = false, Scope(property), Flavor(EnableOverride, ToSubclass);
Qualifier XMLNamespaceName : string = NULL, Scope(property, method, parameter), Flavor(EnableOverride, ToSubclass);
Qualifier Alias : string = NULL, Scope(property, reference, method), Flavor(EnableOverride, ToSubclass, Translatable);
Qualifier Delete : boolean = false, Scope(association, reference), Flavor(EnableOverride, ToSubclass);
Qualifier Expensive : boolean = false, Scope(any), Flavor(EnableOverride, ToSubclass);
Qualifier IfDeleted : boolean = false, Scope(association, reference), Flavor(EnableOverride, ToSubclass);
Qualifier Invisible : boolean = false, Scope(class, association, property, reference, method), Flavor(EnableOverride, ToSubclass);
Qualifier Large : boolean = false, Scope(class, property), Flavor(EnableOverride, ToSubclass);
Qualifier PropertyUsage : string = "CurrentContext", Scope(property), Flavor(EnableOverride, ToSubclass);
Qualifier Provider : string = NULL, Scope(any), Flavor(EnableOverride, Restricted);
Qualifier Syntax : string = NULL, Scope(property, reference, method, parameter), Flavor(EnableOverride, ToSubclass);
Qualifier SyntaxType : string = NULL, Scope(property, reference, method, parameter), Flavor(EnableOverride, ToSubclass);
Qualifier TriggerType : string = NULL, Scope(class, association, indication, property, reference, method), Flavor(EnableOverride, ToSubclass);
Qualifier UnknownValues : string[], Scope(property), Flavor(DisableOverride, ToSubclass);
Qualifier UnsupportedValues : string[], Scope(property), Flavor(DisableOverride, ToSubclass);
Qualifier Static : boolean = false, Scope(class, association, property, method), Flavor(DisableOverride, ToSubclass);
Qualifier Dynamic : boolean = false, Scope(class, association, indication, property), Flavor(EnableOverride, Restricted);
Qualifier Implemented : boolean = false, Scope(method), Flavor(EnableOverride, Restricted);
Qualifier Singleton : boolean = false, Scope(class, association), Flavor(EnableOverride, ToSubclass);
Qualifier MSFT_TargetNamespace : string = NULL, Scope(reference), Flavor(EnableOverride, ToSubclass);
`;

/** Those of WMI and of Desired State Configuration, by type. They are for any element, and subclasses do not inherit them. */
export const windowsQualifiers: Readonly<Record<string, string>> = {
  boolean:
    'ActivityID CIM_Key DynProps GenericPerfCtr HiPerf Localized Not_Null Optional PerfDefault Pointer Secured ' +
    'SMS_Report SupportsCreate SupportsDelete SupportsUpdate WMI',
  string:
    'AutoCook AutoCook_RawClass Base CIMType ClassContext ClassVersion CookingType CreateBy DeleteBy EventLevel ' +
    'EventType EventTypeName EventVersion Extension Format FriendlyName GUID InstanceContext Locale ' +
    'NamespaceSecuritySDDL PerfTimeFreq PerfTimeStamp PropertyContext SMS_Class_ID SMS_Group_Name StringTermination ' +
    'Subtype UUID ValueType Vendor WmiSizeIs',
  uint32:
    'CounterType HelpIndex PerfDetail PerfIndex WmiDataId WmiEventLevel WmiEventRate WmiEventType WmiMethodId WmiVersion',
  sint32: 'DefaultScale ID',
  'string[]': 'DefineValues Privileges ValueDescriptions',
};
