using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>Finds sessions by what Get- and Remove-CimSession are given; what is not found is an error each.</summary>
internal sealed class SessionChoice(IReadOnlyList<NamedSession> open, Action<ErrorRecord> missing)
{
    public IEnumerable<NamedSession> ByComputerName(IEnumerable<string> names) =>
        Each(names, "ComputerName", (session, name) => string.Equals(session.Session.ComputerName, name, StringComparison.OrdinalIgnoreCase));

    public IEnumerable<NamedSession> ById(IEnumerable<uint> ids) => Each(ids, "Id", (session, id) => session.Id == id);

    public IEnumerable<NamedSession> ByInstanceId(IEnumerable<Guid> ids) => Each(ids, "InstanceId", (session, id) => session.Session.InstanceId == id);

    public IEnumerable<NamedSession> BySession(IEnumerable<CimSession> sessions) =>
        Each(sessions, "CimSession", (session, wanted) => ReferenceEquals(session.Session, wanted));

    /// <summary>Names may have wildcards; a pattern that finds nothing is no error.</summary>
    public IEnumerable<NamedSession> ByName(IEnumerable<string> names) => Each(
        names, "Name", (session, name) => new WildcardPattern(name, WildcardOptions.IgnoreCase).IsMatch(session.Name), WildcardPattern.ContainsWildcardCharacters);

    private List<NamedSession> Each<T>(IEnumerable<T> wanted, string property, Func<NamedSession, T, bool> matches, Func<T, bool>? mayMiss = null)
        where T : notnull
    {
        HashSet<NamedSession> found = [];
        foreach (T one in wanted)
        {
            List<NamedSession> these = open.Where(session => matches(session, one)).ToList();
            found.UnionWith(these);
            if (these.Count == 0 && mayMiss?.Invoke(one) != true)
            {
                missing(NotFound(property, one));
            }
        }

        return found.OrderBy(session => session.Id).ToList();
    }

    private static ErrorRecord NotFound(string property, object value) => new(
        Services.Objects.Exception(new CimErrorData(Texts.SessionNotFound(property, value)) { NativeErrorCode = NativeErrorCode.NotFound }), "", ErrorCategory.ObjectNotFound, null);
}
