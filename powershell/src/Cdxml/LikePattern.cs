using System.Text;

namespace Cimulator.PowerShell.Cdxml;

/// <summary>A wildcard pattern of PowerShell as the operand of LIKE. It may find more than the pattern, never less: the client looks again.</summary>
internal static class LikePattern
{
    /// <summary>`*` is `%`, `?` is `_`, a set `[ab]` stays one; what LIKE would read as its own stands in brackets.</summary>
    internal static string FromWildcard(string pattern)
    {
        var text = new StringBuilder(pattern.Length + 8);
        for (int index = 0; index < pattern.Length; index++)
        {
            char one = pattern[index];
            switch (one)
            {
                case '`' when index + 1 < pattern.Length:
                    AppendLiteral(text, pattern[++index]);
                    break;
                case '*':
                    text.Append('%');
                    break;
                case '?':
                    text.Append('_');
                    break;
                case '[' when pattern.IndexOf(']', index) is var end && end > index:
                    // One character of a set: anything does, where the client decides.
                    text.Append('_');
                    index = end;
                    break;
                default:
                    AppendLiteral(text, one);
                    break;
            }
        }

        return text.ToString();
    }

    private static void AppendLiteral(StringBuilder text, char one)
    {
        if (one is '%' or '_' or '[') text.Append('[').Append(one).Append(']');
        else text.Append(one);
    }
}
