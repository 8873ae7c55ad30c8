using System;
using System.IO;

namespace Cimulator.PowerShell.Bridge;

/// <summary>Parts a stream into lines. It blocks, and is for one thread alone.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>The bound of docs/bridge.md, in bytes.</summary>
    private const int MaxLine = 64 * 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next line without its end, in an array of its own; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The line is too long.</exception>
    public byte[]? Read()
    {
        int looked = 0;
        while (true)
        {
            int at = _buffer.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n');
            if (at >= 0)
            {
                byte[] line = _buffer.AsSpan(_start, looked + at).ToArray();
                _start += looked + at + 1;
                return line;
            }

            looked = _end - _start;
            if (!Fill())
            {
                return null;
            }
        }
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_end >= MaxLine)
            {
                throw new InvalidDataException($"a line has more than {MaxLine} bytes");
            }

            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, MaxLine + 1));
        }

        int read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
