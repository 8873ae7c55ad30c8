using System;
using System.Threading;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Ets;

/// <summary>What takes the place of methods of a session that need Microsoft's native library.</summary>
public static class SessionMembers
{
    /// <summary>What `$session.TestConnection()` finds: null where the computer answers.</summary>
    /// <exception cref="ObjectDisposedException">The session was removed.</exception>
    public static CimException? Test(CimSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        ICimOperations operations = (Services.Objects.IsClosed(session) ? null : Services.Targets.Of(session)) ?? throw new ObjectDisposedException(session.ToString());
        try
        {
            operations.IdentifyAsync(new OperationOptions(), CancellationToken.None).GetAwaiter().GetResult();
            return null;
        }
        catch (CimException error)
        {
            return error;
        }
    }
}
