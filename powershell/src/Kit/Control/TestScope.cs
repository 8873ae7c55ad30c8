using System.Collections.Generic;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>What is to be undone when a test or a block of Pester ends.</summary>
/// <param name="Checkpoint">the state when it began; null where states are not kept</param>
/// <param name="LastCall">the number of the last call before it</param>
internal sealed record TestScope(byte[]? Checkpoint, long LastCall)
{
    /// <summary>Ids of rules that were added in it.</summary>
    public List<string> Rules { get; } = [];

    /// <summary>Ids of methods that were registered in it.</summary>
    public List<string> Methods { get; } = [];
}
