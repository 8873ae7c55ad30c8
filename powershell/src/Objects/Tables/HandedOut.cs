using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Cimulator.PowerShell.Objects.Tables;

/// <summary>
/// Memory for the strings and arrays that a slot hands out. The library copies them before it calls the next slot, so a ring of sixteen
/// blocks for each thread is enough; it is freed when its thread is gone.
/// </summary>
internal sealed unsafe class HandedOut
{
    private const int KeptSize = 1024;

    [ThreadStatic]
    private static HandedOut? s_ring;

    private readonly nint[] _blocks = new nint[16];
    private readonly int[] _sizes = new int[16];
    private int _next;

    ~HandedOut()
    {
        foreach (nint block in _blocks)
        {
            NativeMemory.Free((void*)block);
        }
    }

    /// <summary>At least <paramref name="size"/> bytes, never null.</summary>
    internal static byte* Bytes(int size) => (s_ring ??= new HandedOut()).Take(size);

    /// <summary>UTF-8 with a closing zero; null for null.</summary>
    internal static nint Text(string? text)
    {
        if (text is null)
        {
            return 0;
        }

        int size = Encoding.UTF8.GetByteCount(text);
        byte* bytes = Bytes(size + 1);
        bytes[Encoding.UTF8.GetBytes(text, new Span<byte>(bytes, size))] = 0;
        return (nint)bytes;
    }

    /// <summary>An array of pointers to UTF-8 texts, all in one block.</summary>
    internal static nint Texts(ReadOnlySpan<string?> texts)
    {
        int size = texts.Length * sizeof(nint);
        foreach (string? text in texts)
        {
            size += text is null ? 0 : Encoding.UTF8.GetByteCount(text) + 1;
        }

        byte* block = Bytes(size);
        byte* free = block + (texts.Length * sizeof(nint));
        for (int index = 0; index < texts.Length; index++)
        {
            string? text = texts[index];
            ((nint*)block)[index] = text is null ? 0 : (nint)free;
            if (text is not null)
            {
                free += Encoding.UTF8.GetBytes(text, new Span<byte>(free, (int)(block + size - free)));
                *free++ = 0;
            }
        }

        return (nint)block;
    }

    private byte* Take(int size)
    {
        int slot = _next++ & 15;
        int wanted = Math.Max(size, KeptSize);
        if (_sizes[slot] < wanted || _sizes[slot] > 64 * KeptSize)
        {
            NativeMemory.Free((void*)_blocks[slot]);
            _blocks[slot] = (nint)NativeMemory.Alloc((nuint)wanted);
            _sizes[slot] = wanted;
        }

        return (byte*)_blocks[slot];
    }
}
