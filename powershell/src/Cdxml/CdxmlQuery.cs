using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Microsoft.Management.Infrastructure;
using Microsoft.PowerShell.Cmdletization;

namespace Cimulator.PowerShell.Cdxml;

/// <summary>
/// What the parameters of a Get cmdlet ask for: a condition in WQL for the endpoint, and the same as filters for what it answers. The filters
/// decide, since WQL knows fewer wildcards than PowerShell, and tell which value found nothing.
/// </summary>
internal sealed class CdxmlQuery : QueryBuilder
{
    private readonly List<string> _conditions = [];
    private readonly List<PropertyFilter> _filters = [];

    /// <summary>The object whose associated instances are asked for; null for a query of a class.</summary>
    internal CimInstance? AssociatedInstance { get; private set; }

    internal string? Association { get; private set; }

    internal string? SourceRole { get; private set; }

    internal string? ResultRole { get; private set; }

    /// <summary>Options that go along with the request.</summary>
    internal Dictionary<string, string> Options { get; } = new(System.StringComparer.OrdinalIgnoreCase);

    /// <summary>The condition behind WHERE; null where there is none.</summary>
    internal string? Condition => _conditions.Count == 0 ? null : string.Join(" AND ", _conditions.Select(one => $"({one})"));

    internal IReadOnlyList<PropertyFilter> Filters => _filters;

    /// <inheritdoc/>
    public override void FilterByProperty(string propertyName, IEnumerable allowedPropertyValues, bool wildcardsEnabled, BehaviorOnNoMatch behaviorOnNoMatch) =>
        Add(PropertyFilter.AnyOf(propertyName, allowedPropertyValues, wildcardsEnabled, behaviorOnNoMatch));

    /// <inheritdoc/>
    public override void ExcludeByProperty(string propertyName, IEnumerable excludedPropertyValues, bool wildcardsEnabled, BehaviorOnNoMatch behaviorOnNoMatch) =>
        Add(PropertyFilter.NoneOf(propertyName, excludedPropertyValues, wildcardsEnabled, behaviorOnNoMatch));

    /// <inheritdoc/>
    public override void FilterByMinPropertyValue(string propertyName, object minPropertyValue, BehaviorOnNoMatch behaviorOnNoMatch) =>
        Add(PropertyFilter.AtLeast(propertyName, minPropertyValue, behaviorOnNoMatch));

    /// <inheritdoc/>
    public override void FilterByMaxPropertyValue(string propertyName, object maxPropertyValue, BehaviorOnNoMatch behaviorOnNoMatch) =>
        Add(PropertyFilter.AtMost(propertyName, maxPropertyValue, behaviorOnNoMatch));

    /// <inheritdoc/>
    public override void FilterByAssociatedInstance(object associatedInstance, string associationName, string sourceRole, string resultRole, BehaviorOnNoMatch behaviorOnNoMatch)
    {
        AssociatedInstance = LanguagePrimitives.ConvertTo<CimInstance>(associatedInstance);
        Association = associationName;
        SourceRole = sourceRole;
        ResultRole = resultRole;
    }

    /// <inheritdoc/>
    public override void AddQueryOption(string optionName, object optionValue) =>
        Options[optionName] = LanguagePrimitives.ConvertTo<string>(CdxmlValue.FromParameter(optionValue));

    private void Add(PropertyFilter filter)
    {
        _filters.Add(filter);
        if (filter.Condition is { } condition) _conditions.Add(condition);
    }
}
