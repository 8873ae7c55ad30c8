using System;
using System.Management.Automation;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects.Ets;

/// <summary>
/// Lets the name of a computer stand for a session. Everything but a string is refused without an exception: the parameter binder tries
/// -CimSession with whatever comes through the pipeline.
/// </summary>
public sealed class SessionConverter : PSTypeConverter
{
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => sourceValue is string;

    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        string computerName = (string)sourceValue;
        ICimOperations operations = Services.Targets.Open(new ConnectionRequest { ComputerName = computerName });
        CimSession session = Services.Objects.Session(operations.ComputerName, Guid.NewGuid());
        Services.Targets.Tie(session, operations);
        return session;
    }

    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new NotSupportedException("A CIM session is converted into nothing else.");
}
