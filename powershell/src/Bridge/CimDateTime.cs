using System;
using System.Globalization;
using System.IO;

namespace Cimulator.PowerShell.Bridge;

/// <summary>The datetime of DSP0004 §5.2.4, and what Microsoft's objects show for it: a local DateTime, or a TimeSpan.</summary>
public static class CimDateTime
{
    private const int Length = 25;

    /// <summary>Fields that the text leaves open (`*`) are the least that they can be.</summary>
    /// <returns>DateTime or TimeSpan</returns>
    /// <exception cref="InvalidDataException">The text has another form.</exception>
    public static object Parse(string text)
    {
        if (text.Length != Length || text[14] != '.')
        {
            throw new InvalidDataException($"'{text}' is no datetime");
        }

        return text[21] == ':' ? Interval(text) : Timestamp(text);
    }

    public static string Format(DateTime value)
    {
        DateTime utc = value.ToUniversalTime();
        return utc.ToString("yyyyMMddHHmmss.ffffff", CultureInfo.InvariantCulture) + "+000";
    }

    public static string Format(TimeSpan value)
    {
        TimeSpan span = value < TimeSpan.Zero ? throw new ArgumentOutOfRangeException(nameof(value), value, "an interval of CIM is not negative") : value;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{span.Days:D8}{span.Hours:D2}{span.Minutes:D2}{span.Seconds:D2}.{span.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond:D6}:000");
    }

    private static TimeSpan Interval(string text)
    {
        long days = Field(text, 0, 8);
        return days > TimeSpan.MaxValue.Days - 1
            ? TimeSpan.MaxValue
            : new TimeSpan((int)days, Field(text, 8, 2), Field(text, 10, 2), Field(text, 12, 2)) + TimeSpan.FromTicks(Microseconds(text) * TimeSpan.TicksPerMicrosecond);
    }

    private static DateTime Timestamp(string text)
    {
        try
        {
            DateTime wall = new DateTime(
                Math.Max(Field(text, 0, 4), 1),
                Math.Max(Field(text, 4, 2), 1),
                Math.Max(Field(text, 6, 2), 1),
                Field(text, 8, 2),
                Field(text, 10, 2),
                Field(text, 12, 2),
                DateTimeKind.Utc).AddTicks(Microseconds(text) * TimeSpan.TicksPerMicrosecond);
            int minutes = Field(text, 22, 3);
            long ticks = wall.Ticks - (text[21] == '-' ? -minutes : minutes) * TimeSpan.TicksPerMinute;
            return new DateTime(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc).ToLocalTime();
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new InvalidDataException($"'{text}' is no datetime", error);
        }
    }

    private static int Microseconds(string text)
    {
        string digits = text.Substring(15, 6).Replace('*', '0');
        return Number(text, digits);
    }

    private static int Field(string text, int at, int length)
    {
        string digits = text.Substring(at, length);
        return digits.Contains('*', StringComparison.Ordinal) ? 0 : Number(text, digits);
    }

    private static int Number(string text, string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new InvalidDataException($"'{text}' is no datetime");
}
