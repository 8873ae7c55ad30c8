using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>
/// Finds sessions by what Get- and Remove-CimSession are given, each once and in the order in which they were asked for; what is not found is
/// an error each, after them.
/// </summary>
internal sealed class SessionChoice(IReadOnlyList<NamedSession> open, Action<ErrorRecord> missing)
{
    /// <summary>What the error shows in the place of a session that is none of the runspace's.</summary>
    private const string UnknownSession = "{CimSession Object}";

    public IEnumerable<NamedSession> All => ByName(["*"]);

    public IEnumerable<NamedSession> ByComputerName(IEnumerable<string> names) =>
        Each(open, names, "ComputerName", (session, name) => string.Equals(session.Session.ComputerName, name, StringComparison.OrdinalIgnoreCase));

    public IEnumerable<NamedSession> ById(IEnumerable<uint> ids) => Each(open, ids, "Id", (session, id) => session.Id == id);

    public IEnumerable<NamedSession> ByInstanceId(IEnumerable<Guid> ids) => Each(open, ids, "InstanceId", (session, id) => session.Session.InstanceId == id);

    public IEnumerable<NamedSession> BySession(IEnumerable<CimSession> sessions) =>
        Each(open, sessions, "CimSession", (session, wanted) => ReferenceEquals(session.Session, wanted), shown: _ => UnknownSession);

    /// <summary>Names may have wildcards; a pattern that finds nothing is no error. Sessions of one name come together.</summary>
    public IEnumerable<NamedSession> ByName(IEnumerable<string> names) => Each(
        open.GroupBy(session => session.Name, StringComparer.OrdinalIgnoreCase).SelectMany(group => group),
        names,
        "Name",
        (session, name) => new WildcardPattern(name, WildcardOptions.IgnoreCase).IsMatch(session.Name),
        WildcardPattern.ContainsWildcardCharacters);

    private IEnumerable<NamedSession> Each<T>(
        IEnumerable<NamedSession> sessions,
        IEnumerable<T> wanted,
        string property,
        Func<NamedSession, T, bool> matches,
        Func<T, bool>? mayMiss = null,
        Func<T, object>? shown = null)
        where T : notnull
    {
        HashSet<NamedSession> found = [];
        List<T> unknown = [];
        foreach (T one in wanted)
        {
            bool any = false;
            foreach (NamedSession session in sessions.Where(session => matches(session, one)))
            {
                any = true;
                if (found.Add(session))
                {
                    yield return session;
                }
            }

            if (!any && mayMiss?.Invoke(one) != true)
            {
                unknown.Add(one);
            }
        }

        foreach (T one in unknown)
        {
            missing(NotFound(property, shown?.Invoke(one) ?? one));
        }
    }

    private static ErrorRecord NotFound(string property, object value) =>
        new(new CimException(Texts.SessionNotFound(property, value)), "", ErrorCategory.ObjectNotFound, null);
}
