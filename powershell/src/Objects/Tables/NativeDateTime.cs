using System;

namespace Cimulator.PowerShell.Objects.Tables;

/// <summary>
/// MI_Datetime: 36 bytes, a flag of one byte with undefined padding, then eight words: year, month, day, hour, minute, second,
/// microseconds, minutes from UTC; or days, hours, minutes, seconds, microseconds of an interval. What the library takes for the least and
/// the greatest time goes both ways.
/// </summary>
internal static unsafe class NativeDateTime
{
    internal const int Size = 36;
    private const uint MostDays = 99999999;

    internal static void Write(byte* at, object value)
    {
        new Span<byte>(at, Size).Clear();
        int* words = (int*)(at + 4);
        if (value is TimeSpan interval)
        {
            Write(words, interval);
            return;
        }

        *at = 1;
        DateTime time = (DateTime)value;
        if (time == DateTime.MaxValue)
        {
            Write(words, 9999, 12, 31, 11, 59, 59, 999999, -720);
        }
        else if (time == DateTime.MinValue)
        {
            Write(words, 0, 1, 1, 0, 0, 0, 999999, 720);
        }
        else
        {
            DateTime utc = time.ToUniversalTime();
            Write(words, utc.Year, utc.Month, utc.Day, utc.Hour, utc.Minute, utc.Second, (int)(utc.Ticks % TimeSpan.TicksPerSecond / 10), 0);
        }
    }

    /// <summary>A DateTime of this machine's zone, or a TimeSpan.</summary>
    internal static object Read(byte* at)
    {
        uint* words = (uint*)(at + 4);
        if (*at == 0)
        {
            return words[0] > TimeSpan.MaxValue.Days || words[0] == MostDays
                ? TimeSpan.MaxValue
                : new TimeSpan((int)words[0], (int)words[1], (int)words[2], (int)words[3]) + TimeSpan.FromTicks(words[4] * 10L);
        }

        if (words[0] == 0)
        {
            return words[6] == 999999 ? DateTime.MinValue : DateTime.Now;
        }

        if (words[0] == 9999 && words[6] >= 999998 && (int)words[7] == -720)
        {
            return DateTime.MaxValue;
        }

        DateTime utc = new((int)words[0], (int)words[1], (int)words[2], (int)words[3], (int)words[4], (int)words[5], DateTimeKind.Utc);
        return utc.AddTicks(words[6] * 10L).AddMinutes(-(int)words[7]).ToLocalTime();
    }

    private static void Write(int* words, TimeSpan interval)
    {
        if (interval == TimeSpan.MaxValue)
        {
            Write(words, (int)MostDays, 23, 59, 59, 0, 0, 0, 0);
            return;
        }

        int microseconds = (int)(interval.Ticks % TimeSpan.TicksPerSecond / 10);
        Write(words, interval.Days, interval.Hours, interval.Minutes, interval.Seconds, microseconds, 0, 0, 0);
    }

    private static void Write(int* words, int a, int b, int c, int d, int e, int f, int g, int h)
    {
        ReadOnlySpan<int> values = [a, b, c, d, e, f, g, h];
        values.CopyTo(new Span<int>(words, 8));
    }
}
