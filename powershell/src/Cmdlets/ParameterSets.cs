using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>
/// The parameter sets that the parameters given so far leave. Microsoft's cmdlets look when a parameter is set, before PowerShell would:
/// a combination that fits no set is an error in setting the last of them.
/// </summary>
internal sealed class ParameterSets(Type cmdlet)
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, HashSet<string>>> s_setsOfCmdlets = new();

    private HashSet<string>? _left;

    /// <exception cref="PSArgumentException">No set has this parameter and the ones before it.</exception>
    public void Add(string parameter)
    {
        HashSet<string> sets = s_setsOfCmdlets.GetOrAdd(cmdlet, Read)[parameter];
        if (sets.Contains(ParameterAttribute.AllParameterSets))
        {
            return;
        }

        _left = _left is null ? new HashSet<string>(sets) : _left.Intersect(sets).ToHashSet();
        if (_left.Count == 0)
        {
            throw new PSArgumentException(Texts.UnableToResolveParameterSetName);
        }
    }

    private static Dictionary<string, HashSet<string>> Read(Type cmdlet) =>
        cmdlet.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property.Name, Parameters: property.GetCustomAttributes<ParameterAttribute>().ToList()))
            .Where(property => property.Parameters.Count > 0)
            .ToDictionary(property => property.Name, property => property.Parameters.Select(parameter => parameter.ParameterSetName).ToHashSet());
}
