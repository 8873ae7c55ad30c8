using System.Globalization;
using Microsoft.Management.Infrastructure.Options;

namespace Cimulator.PowerShell.Targets;

/// <summary>What New-CimSessionOption makes for DCOM, which nobody speaks off Windows: it is kept, and judged when a session is opened.</summary>
public sealed class CimulatorDcomOptions : DComSessionOptions
{
    public new bool PacketPrivacy { get; set; } = true;

    public new bool PacketIntegrity { get; set; } = true;

    public new ImpersonationType Impersonation { get; set; } = ImpersonationType.Impersonate;

    public new CultureInfo? Culture { get; set; }

    public new CultureInfo? UICulture { get; set; }
}
