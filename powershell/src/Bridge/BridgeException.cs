using System;

namespace Cimulator.PowerShell.Bridge;

/// <summary>The bridge could not be started, or ended before a call did. The message is one line for the user.</summary>
internal sealed class BridgeException(string message, Exception? inner = null) : Exception(message, inner);
