using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Bridge;

/// <summary>The declarations of the classes of one target, fetched when they are first asked for and kept for some minutes.</summary>
/// <param name="fetch">asks the server: namespace, class</param>
internal sealed class ClassCache(Func<string, string, Task<ClassData>> fetch)
{
    /// <summary>As long as the bridge remembers them.</summary>
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Namespace, string ClassName), Entry> _entries = new(new NameComparer());

    public IClassSource Of(string @namespace, string className) =>
        _entries.AddOrUpdate(
            (@namespace.Replace('\\', '/'), className),
            name => new Entry(fetch, name.Namespace, name.ClassName),
            (name, known) => known.IsStale ? new Entry(fetch, name.Namespace, name.ClassName) : known);

    public void Forget() => _entries.Clear();

    private sealed class Entry(Func<string, string, Task<ClassData>> fetch, string @namespace, string className) : IClassSource
    {
        private readonly object _gate = new();
        private readonly long _born = Environment.TickCount64;
        private ClassData? _class;

        public bool IsStale => Environment.TickCount64 - _born > s_lifetime.TotalMilliseconds;

        public ClassData? Known => _class;

        /// <summary>Blocks, as the property of a genuine object does. An error is not kept: the next one who asks tries again.</summary>
        public ClassData? Fetch()
        {
            lock (_gate)
            {
                try
                {
                    return _class ??= Task.Run(() => fetch(@namespace, className)).GetAwaiter().GetResult();
                }
                catch (Exception error) when (error is CimException or OperationCanceledException)
                {
                    return null;
                }
            }
        }
    }

    private sealed class NameComparer : System.Collections.Generic.IEqualityComparer<(string, string)>
    {
        public bool Equals((string, string) x, (string, string) y) =>
            string.Equals(x.Item1, y.Item1, StringComparison.OrdinalIgnoreCase) && string.Equals(x.Item2, y.Item2, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode((string, string) name) =>
            HashCode.Combine(name.Item1.GetHashCode(StringComparison.OrdinalIgnoreCase), name.Item2.GetHashCode(StringComparison.OrdinalIgnoreCase));
    }
}
