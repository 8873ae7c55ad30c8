using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Cimulator.PowerShell.Objects.Plain;

/// <summary>What CimReadOnlyKeyedCollection is, which nobody else can derive from: a list whose members are found by name, without case.</summary>
public class NamedList<T> : IEnumerable<T>
    where T : class
{
    private readonly IReadOnlyList<T> _members;
    private readonly Func<T, string> _name;

    internal NamedList(IEnumerable<T> members, Func<T, string> name) => (_members, _name) = ([.. members], name);

    public int Count => _members.Count;

    /// <summary>Null for a name that is not there.</summary>
    public T? this[string name] => _members.FirstOrDefault(member => _name(member).Equals(name, StringComparison.OrdinalIgnoreCase));

    public IEnumerator<T> GetEnumerator() => _members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
