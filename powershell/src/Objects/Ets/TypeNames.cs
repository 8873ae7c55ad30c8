using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Ets;

/// <summary>The type names of an instance, as PowerShell's own adapter gives them on Windows.</summary>
public static class TypeNames
{
    /// <summary>The first type name of an instance that was asked for with -Property.</summary>
    public const string Partial = Prefix + "__PartialCIMInstance";

    private const string Prefix = "Microsoft.Management.Infrastructure.CimInstance#";

    /// <summary>`…#ns/Class` of the class and its superclasses, then `…#Class` of them, then the .NET types. Fetches the class.</summary>
    internal static Collection<string> Of(InstanceData data)
    {
        ClassData? declaration = data.Class?.Fetch();
        string? space = data.Namespace ?? declaration?.Namespace;
        string[] chain = declaration is null ? [data.ClassName] : [declaration.Name, .. declaration.Derivation];
        IEnumerable<string> qualified = string.IsNullOrEmpty(space) ? [] : chain.Select(name => $"{Prefix}{space}/{name}");
        return [.. qualified, .. chain.Select(name => Prefix + name), typeof(CimInstance).FullName!, typeof(object).FullName!];
    }

    /// <summary>Class and namespace out of the type name of an instance, deserialized or not; null where it names none.</summary>
    internal static (string ClassName, string? Namespace)? Parse(string typeName)
    {
        int at = typeName.IndexOf(Prefix, System.StringComparison.OrdinalIgnoreCase);
        if (at < 0 || typeName.EndsWith(Partial, System.StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string name = typeName[(at + Prefix.Length)..];
        int slash = name.LastIndexOf('/');
        return slash < 0 ? (name, null) : (name[(slash + 1)..], name[..slash]);
    }
}
