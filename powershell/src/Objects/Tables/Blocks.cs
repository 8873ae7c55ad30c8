using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Threading;

namespace Cimulator.PowerShell.Objects.Tables;

/// <summary>
/// The blocks that the library points at. Each holds the address of its function table for good, for a stale pointer may be read long after
/// its instance was given back; and one that was given back waits until many others were, before it stands for something else.
/// </summary>
internal sealed unsafe class Blocks(nint table)
{
    private const int BlockSize = 16;
    private const int BlocksInSlab = 1024;
    private const int Waiting = 4096;

    private readonly ConcurrentQueue<nint> _returned = new();
    private readonly object _growing = new();
    private byte* _slab;
    private int _left;
    private int _waiting;

    internal nint Take()
    {
        if (Volatile.Read(ref _waiting) > Waiting && _returned.TryDequeue(out nint again))
        {
            Interlocked.Decrement(ref _waiting);
            return again;
        }

        lock (_growing)
        {
            if (_left == 0)
            {
                _slab = (byte*)NativeMemory.AllocZeroed(BlocksInSlab, BlockSize);
                _left = BlocksInSlab;
            }

            byte* block = _slab + (BlockSize * --_left);
            *(nint*)block = table;
            return (nint)block;
        }
    }

    internal void Return(nint block)
    {
        _returned.Enqueue(block);
        Interlocked.Increment(ref _waiting);
    }
}
