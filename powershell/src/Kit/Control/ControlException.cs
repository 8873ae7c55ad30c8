using System;

namespace Cimulator.PowerShell.Kit.Control;

/// <summary>What the control API answered in the place of what was asked for (docs/control-api.md).</summary>
public sealed class ControlException : InvalidOperationException
{
    internal ControlException(int status, string message, string? place = null, string? nearest = null)
        : base(Text(message, place))
    {
        Status = status;
        Place = place;
        Nearest = nearest;
    }

    internal ControlException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Of HTTP; 0 where there was no answer.</summary>
    public int Status { get; }

    /// <summary>Where in what was sent it lies, as `when.method`.</summary>
    public string? Place { get; }

    /// <summary>The known name that was probably meant.</summary>
    public string? Nearest { get; }

    private static string Text(string message, string? place) =>
        place is null || message.Contains(place, StringComparison.Ordinal) ? message : $"{place}: {message}";
}
