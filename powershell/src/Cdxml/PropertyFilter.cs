using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using Cimulator.PowerShell.Model;
using Microsoft.PowerShell.Cmdletization;

namespace Cimulator.PowerShell.Cdxml;

/// <summary>A value that found nothing although the caller named it.</summary>
internal sealed record NoMatch(string PropertyName, object? Value, bool IsPattern);

/// <summary>A condition on one property, as WQL for the endpoint and as a test of each instance that it answers.</summary>
internal sealed class PropertyFilter
{
    private readonly string _name;
    private readonly Func<object?, ValueTest, bool> _test;
    private readonly List<ValueTest> _values;
    private readonly bool _excludes;

    private PropertyFilter(string name, List<ValueTest> values, Func<object?, ValueTest, bool> test, bool excludes = false)
    {
        _name = name;
        _values = values;
        _test = test;
        _excludes = excludes;
    }

    /// <summary>What stands behind WHERE; null where WQL cannot say it.</summary>
    internal string? Condition { get; private init; }

    internal static PropertyFilter AnyOf(string name, IEnumerable allowed, bool wildcards, BehaviorOnNoMatch behavior)
    {
        List<ValueTest> values = TestsOf(allowed, wildcards, behavior);
        return new PropertyFilter(name, values, IsEqual) { Condition = EqualityCondition(name, values) };
    }

    internal static PropertyFilter NoneOf(string name, IEnumerable excluded, bool wildcards, BehaviorOnNoMatch behavior)
    {
        List<ValueTest> values = TestsOf(excluded, wildcards, behavior);
        // A pattern as WQL has it may stand for more, and would exclude what the client must see.
        return new PropertyFilter(name, values, IsEqual, excludes: true);
    }

    internal static PropertyFilter AtLeast(string name, object least, BehaviorOnNoMatch behavior) => Bound(name, least, behavior, ">=", order => order >= 0);

    internal static PropertyFilter AtMost(string name, object most, BehaviorOnNoMatch behavior) => Bound(name, most, behavior, "<=", order => order <= 0);

    /// <summary>Whether an instance meets the condition; remembers which values found one.</summary>
    internal bool Accepts(InstanceData instance)
    {
        PropertyData? property = instance.Properties.Find(one => string.Equals(one.Name, _name, StringComparison.OrdinalIgnoreCase));
        if (property is null) return _excludes;
        bool found = false;
        foreach (ValueTest value in _values)
        {
            if (!_test(property.Value, value)) continue;
            value.Found = true;
            found = true;
        }

        return found != _excludes;
    }

    /// <summary>The values that found nothing, of those that must: plain ones always, patterns where the module says so.</summary>
    internal IEnumerable<NoMatch> NotFound() => _excludes
        ? []
        : _values.Where(one => !one.Found && one.MustBeFound).Select(one => new NoMatch(_name, one.Value, one.Pattern is not null));

    private static PropertyFilter Bound(string name, object bound, BehaviorOnNoMatch behavior, string sign, Func<int, bool> accepts)
    {
        object? value = CdxmlValue.FromParameter(bound);
        var test = new ValueTest(value, null, behavior == BehaviorOnNoMatch.ReportErrors);
        return new PropertyFilter(name, [test], (actual, _) => CompareOrNull(actual, value) is { } order && accepts(order))
        {
            Condition = CdxmlValue.WqlLiteral(value) is { } literal ? $"{name} {sign} {literal}" : null,
        };
    }

    private static List<ValueTest> TestsOf(IEnumerable given, bool wildcards, BehaviorOnNoMatch behavior) =>
        given.Cast<object?>().Select(CdxmlValue.FromParameter).Select(value =>
        {
            bool isPattern = wildcards && value is string text && WildcardPattern.ContainsWildcardCharacters(text);
            bool mustBeFound = behavior == BehaviorOnNoMatch.Default ? !isPattern : behavior == BehaviorOnNoMatch.ReportErrors;
            return new ValueTest(value, isPattern ? new WildcardPattern((string)value!, WildcardOptions.IgnoreCase) : null, mustBeFound)
            {
                // Where patterns are allowed, a plain text may still have escapes in it.
                Plain = wildcards && !isPattern && value is string escaped ? WildcardPattern.Unescape(escaped) : value,
            };
        }).ToList();

    private static string? EqualityCondition(string name, List<ValueTest> values)
    {
        var conditions = new List<string>(values.Count);
        foreach (ValueTest value in values)
        {
            string? condition = value.Pattern is not null
                ? $"{name} LIKE {CdxmlValue.WqlLiteral(LikePattern.FromWildcard((string)value.Value!))}"
                : EqualTo(name, value.Plain);
            // One that WQL cannot say would be left out of an OR, and be missed.
            if (condition is null) return null;
            conditions.Add(condition);
        }

        return conditions.Count == 0 ? null : string.Join(" OR ", conditions);
    }

    private static string? EqualTo(string name, object? value)
    {
        if (value is null) return $"{name} IS NULL";
        return CdxmlValue.WqlLiteral(value) is { } literal ? $"{name} = {literal}" : null;
    }

    private static bool IsEqual(object? actual, ValueTest wanted)
    {
        if (wanted.Pattern is { } pattern) return actual is not null && pattern.IsMatch(Convert.ToString(actual, CultureInfo.InvariantCulture));
        if (actual is null || wanted.Plain is null) return actual is null && wanted.Plain is null;
        return LanguagePrimitives.Equals(InOneZone(actual), InOneZone(wanted.Plain), ignoreCase: true, CultureInfo.InvariantCulture);
    }

    private static int? CompareOrNull(object? actual, object? bound)
    {
        if (actual is null || bound is null) return null;
        return LanguagePrimitives.TryConvertTo(bound, actual.GetType(), CultureInfo.InvariantCulture, out object? same)
            ? LanguagePrimitives.Compare(InOneZone(actual), InOneZone(same), ignoreCase: true, CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>.NET compares two times without a look at their zones.</summary>
    private static object? InOneZone(object? value) => value is DateTime time ? time.ToUniversalTime() : value;

    /// <summary>One value that a filter was given, and whether an instance had it.</summary>
    private sealed class ValueTest(object? value, WildcardPattern? pattern, bool mustBeFound)
    {
        internal object? Value { get; } = value;

        internal object? Plain { get; init; } = value;

        internal WildcardPattern? Pattern { get; } = pattern;

        internal bool MustBeFound { get; } = mustBeFound;

        internal bool Found { get; set; }
    }
}
