using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using Cimulator.PowerShell.Cmdlets;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;
using Microsoft.PowerShell.Cmdletization;

namespace Cimulator.PowerShell.Cdxml;

/// <summary>A method as a cdxml cmdlet calls it: what goes in, what comes out, and which of it is an error.</summary>
internal sealed class CdxmlMethod
{
    private const string IntrinsicPrefix = "cim:";
    private const string OptionPrefix = "cim:operationOption:";

    private readonly List<MethodParameter> _outputs;

    internal CdxmlMethod(MethodInvocationInfo call)
    {
        Name = call.MethodName;
        if (Name.StartsWith(IntrinsicPrefix, StringComparison.OrdinalIgnoreCase)) Intrinsic = Name[IntrinsicPrefix.Length..];
        var input = new List<PropertyData>();
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (MethodParameter parameter in call.Parameters)
        {
            if (parameter.Name.StartsWith(OptionPrefix, StringComparison.OrdinalIgnoreCase))
            {
                if (CdxmlValue.FromParameter(parameter.Value) is { } option)
                    options[parameter.Name[OptionPrefix.Length..]] = LanguagePrimitives.ConvertTo<string>(option);
            }
            else if (parameter.IsValuePresent)
            {
                input.Add(InputOf(parameter));
            }
        }

        Input = input;
        Options = options.Count == 0 ? null : options;
        FirstInstance = call.Parameters.SelectMany(InstancesOf).FirstOrDefault();
        _outputs = call.Parameters.Append(call.ReturnValue)
            .Where(one => one is not null && (one.Bindings & (MethodParameterBindings.Out | MethodParameterBindings.Error)) != 0)
            .ToList();
    }

    internal string Name { get; }

    /// <summary>The name behind `cim:`; null for a method of the class.</summary>
    internal string? Intrinsic { get; }

    internal IReadOnlyList<PropertyData> Input { get; }

    internal IReadOnlyDictionary<string, string>? Options { get; }

    /// <summary>The first instance among the arguments: where it came from, the call goes.</summary>
    internal CimInstance? FirstInstance { get; }

    /// <summary>The code, where the module calls an output an error and it is neither 0 nor NULL; null otherwise.</summary>
    internal string? ErrorOf(MethodResult answer) => _outputs
        .Where(one => one.Bindings.HasFlag(MethodParameterBindings.Error))
        .Select(one => Found(one, answer)?.Value)
        .Where(LanguagePrimitives.IsTrue)
        .Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))
        .FirstOrDefault();

    /// <summary>What the cmdlet writes: the elements of a single output, or of several a bag with a property for each.</summary>
    internal IEnumerable<object> OutputsOf(MethodResult answer, CimTarget target)
    {
        List<MethodParameter> wanted = _outputs.FindAll(one => one.Bindings.HasFlag(MethodParameterBindings.Out));
        if (wanted.Count > 1)
        {
            var bag = new PSObject();
            foreach (MethodParameter one in wanted) bag.Properties.Add(new PSNoteProperty(one.Name, ValueOf(one, answer, target)));
            return [bag];
        }

        return wanted.Count == 0 ? [] : ElementsOf(ValueOf(wanted[0], answer, target)).Select(value => Named(value, wanted[0].ParameterTypeName));
    }

    private static PropertyData InputOf(MethodParameter parameter) =>
        Typing.ByValue(parameter.Name, CdxmlValue.FromParameter(parameter.Value), CimFlags.None);

    private static IEnumerable<CimInstance> InstancesOf(MethodParameter parameter) => parameter.Value switch
    {
        CimInstance one => [one],
        PSObject { BaseObject: CimInstance one } => [one],
        CimInstance[] several => several,
        _ => [],
    };

    private static PropertyData? Found(MethodParameter wanted, MethodResult answer) =>
        string.Equals(wanted.Name, answer.ReturnValue?.Name ?? "ReturnValue", StringComparison.OrdinalIgnoreCase)
            ? answer.ReturnValue
            : answer.Outputs.FirstOrDefault(one => string.Equals(one.Name, wanted.Name, StringComparison.OrdinalIgnoreCase));

    private static object? ValueOf(MethodParameter wanted, MethodResult answer, CimTarget target)
    {
        object? value = Found(wanted, answer)?.Value switch
        {
            InstanceData one => target.Instance(one),
            InstanceData[] several => Array.ConvertAll(several, target.Instance),
            var plain => plain,
        };
        return value is not null && wanted.ParameterType is { } type
            && LanguagePrimitives.TryConvertTo(value, type, CultureInfo.InvariantCulture, out object? converted)
            ? converted
            : value;
    }

    private static IEnumerable<object> ElementsOf(object? value) => value switch
    {
        null => [],
        string text => [text],
        IEnumerable several => several.Cast<object>(),
        _ => [value],
    };

    private static object Named(object value, string? typeName)
    {
        if (string.IsNullOrEmpty(typeName)) return value;
        PSObject wrapped = PSObject.AsPSObject(value);
        if (!wrapped.TypeNames.Contains(typeName)) wrapped.TypeNames.Insert(0, typeName);
        return wrapped;
    }
}
