namespace Cimulator.PowerShell.Kit;

/// <summary>What an endpoint runs in.</summary>
internal interface IServer
{
    int ProcessId { get; }

    /// <summary>Ends the endpoint; one that has ended is passed over.</summary>
    void Stop();
}
