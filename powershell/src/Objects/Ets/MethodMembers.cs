using System.Management.Automation;
using Cimulator.PowerShell.Objects.Plain;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Ets;

/// <summary>Members of a declared method that the types file puts before the library's.</summary>
public static class MethodMembers
{
    /// <summary>
    /// The qualifiers, which are found by their names: the library's own list off Windows looks for one that is called like the method, whatever name
    /// it is given.
    /// </summary>
    public static NamedList<CimQualifier> GetQualifiers(PSObject method) =>
        new(((CimMethodDeclaration)method.BaseObject).Qualifiers, qualifier => qualifier.Name);
}
