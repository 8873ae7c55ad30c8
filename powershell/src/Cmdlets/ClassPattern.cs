using System.Linq;
using System.Management.Automation;
using Cimulator.PowerShell.Model;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>Which classes Get-CimClass shows. Each pattern may be null, which lets all through, and may have wildcards.</summary>
internal sealed class ClassPattern(string? className, string? property, string? method, string? qualifier)
{
    private readonly WildcardPattern? _className = Of(className);
    private readonly WildcardPattern? _property = Of(property);
    private readonly WildcardPattern? _method = Of(method);
    private readonly WildcardPattern? _qualifier = Of(qualifier);

    public bool IsMatch(ClassData declaration) =>
        (_className is null || _className.IsMatch(declaration.Name))
        && (_property is null || declaration.Properties.Any(each => _property.IsMatch(each.Name)))
        && (_method is null || declaration.Methods.Any(each => _method.IsMatch(each.Name)))
        && (_qualifier is null || declaration.Qualifiers.Any(each => _qualifier.IsMatch(each.Name)));

    private static WildcardPattern? Of(string? pattern) =>
        string.IsNullOrEmpty(pattern) ? null : new WildcardPattern(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
}
