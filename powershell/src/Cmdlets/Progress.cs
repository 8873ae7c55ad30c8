using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>Says how far a long enumeration is: from its second second on, twice a second.</summary>
internal sealed class Progress(Cmdlet cmdlet, string? activity)
{
    private const int ActivityId = 1;
    private const long FirstAfterMilliseconds = 2000;
    private const long EveryMilliseconds = 500;

    private readonly Stopwatch _since = Stopwatch.StartNew();
    private long _next = FirstAfterMilliseconds;
    private long _count;
    private bool _shown;

    public void Count()
    {
        _count++;
        if (activity is not null && _since.ElapsedMilliseconds >= _next)
        {
            _next = _since.ElapsedMilliseconds + EveryMilliseconds;
            _shown = true;
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, string.Format(CultureInfo.CurrentCulture, "{0} objects", _count)));
        }
    }

    public void End()
    {
        if (_shown)
        {
            try
            {
                cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, " ") { RecordType = ProgressRecordType.Completed });
            }
            catch (PipelineStoppedException)
            {
                // The pipeline was stopped, and its display with it.
            }
        }
    }
}
