using System.Collections.Generic;
using System.Text.Json;
using Cimulator.PowerShell.Model;

namespace Cimulator.PowerShell.Bridge;

/// <summary>Reads `{"returnValue","outputs","label","reason"}`.</summary>
internal static class MethodResultReader
{
    public static MethodResult Read(ref Utf8JsonReader reader, InstanceReader instances)
    {
        PropertyData? returnValue = null;
        List<PropertyData> outputs = [];
        string? reason = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("returnValue"u8))
            {
                reader.Read();
                returnValue = reader.TokenType == JsonTokenType.Null ? null : instances.ReadElement(ref reader, "ReturnValue");
            }
            else if (reader.ValueTextEquals("outputs"u8))
            {
                reader.Read();
                outputs = instances.ReadElements(ref reader);
            }
            else if (reader.ValueTextEquals("reason"u8))
            {
                reader.Read();
                reason = reader.GetString();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return new MethodResult(returnValue, outputs, reason);
    }
}
