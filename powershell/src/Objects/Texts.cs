using System;
using System.Collections.Generic;
using System.Globalization;
using System.Resources;

namespace Cimulator.PowerShell.Objects;

/// <summary>The texts of the library, which was built for Unix without its resources: without them ToString throws.</summary>
internal sealed class Texts : ResourceManager
{
    private static readonly Dictionary<string, string> s_texts = new()
    {
        ["AppDomainIsBeingUnloaded"] = "The application domain is being unloaded.",
        ["ArrayCannotContainNullElements"] = "The array cannot contain null elements.",
        ["CimClassToString"] = "{0}:{1}",
        ["CimInstanceNamespaceIsNull"] = "The namespace of the CIM instance is null.",
        ["CimInstanceToStringFullData"] = "{0}: {2} ({1})",
        ["CimInstanceToStringNoCaption"] = "{0} ({1})",
        ["CimInstanceToStringNoKeys"] = "{0}: {1}",
        ["CimNameAndValueToString"] = "{0} = {1}",
        ["CimSessionToString"] = "CimSession: {0}",
        ["DotNetValueToCimTypeConversionNotPossible"] = "No CimType for this .NET object.",
        ["UnknownError"] = "Unknown error.",
        ["UnrecognizedProtocolName"] =
            "The library of PowerShell cannot open a CIM session outside Windows. Open it with New-CimSession of the module Cimulator.",
    };

    private Texts()
    {
    }

    public override string? GetString(string name) => GetString(name, null);

    public override string? GetString(string name, CultureInfo? culture) => s_texts.GetValueOrDefault(name);

    /// <summary>The same for a library that may be another one; where it has no such place nothing is done.</summary>
    internal static void TryInstall()
    {
        try
        {
            Install();
        }
        catch (MissingMemberException)
        {
        }
    }

    /// <summary>Puts the texts where the library looks for its own.</summary>
    internal static void Install() => Library.Field(Library.Named("Strings"), "resourceMan").SetValue(null, new Texts());
}
