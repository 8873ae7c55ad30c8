using System;
using Cimulator.PowerShell.Objects.Tables;

namespace Cimulator.PowerShell.Objects;

/// <summary>What tests and a report of a fault need to know of the function tables.</summary>
public static class Diagnostics
{
    /// <summary>How many instances the library holds that were not given back.</summary>
    public static int LiveInstances => Live.InstanceCount;

    public static int LiveClasses => Live.ClassCount;

    /// <summary>The last exception that a slot caught; null for none. The library itself shows no more than FAILED.</summary>
    public static Exception? LastFault => Slot.LastFault;
}
