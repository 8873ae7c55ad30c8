using System;
using System.Runtime.CompilerServices;
using Cimulator.PowerShell.Model;
using Cimulator.PowerShell.Objects.Tables;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Objects;

/// <summary>Genuine objects over managed function tables.</summary>
internal sealed class TableObjects : ObjectMaker
{
    private readonly Library _library;
    private readonly ConditionalWeakTable<object, ClassLease> _leases = [];

    private TableObjects(Library library) => _library = library;

    /// <summary>Puts the tables under the library of this process; <paramref name="refusal"/> says why they were not.</summary>
    internal static TableObjects? Install(out string? refusal)
    {
        try
        {
            refusal = KnownLibraries.Difference(typeof(CimInstance).Assembly.Location) ?? Library.Difference();
            if (refusal is not null)
            {
                return null;
            }

            Texts.Install();
            Library library = new();
            TableObjects tables = new(library);
            refusal = SelfTest.Run(library, ApplicationHook.Install()) ?? SelfTest.Run(tables);
            return refusal is null ? tables : null;
        }
        catch (Exception fault)
        {
            refusal = (Slot.LastFault ?? fault).Message;
            return null;
        }
    }

    public override CimInstance Instance(InstanceData data) => _library.InstanceOver(Live.Add(data));

    public override CimClass Class(ClassData data)
    {
        nint address = Live.Add(data);
        object handle = _library.ClassHandleOver(address);
        _leases.Add(handle, new ClassLease(address));
        return _library.ClassOver(handle);
    }

    public override ClassData? DataOf(CimClass declaration) =>
        Live.TryGet(_library.AddressOfClass(declaration), out ClassData? data) ? data : null;

    internal override InstanceData? StateOf(CimInstance instance) =>
        Live.TryGet(_library.AddressOf(instance), out InstanceData? data) ? data : null;

    internal override void Dispose(CimInstance instance)
    {
        _library.Free(instance);
        instance.Dispose();
    }

    internal override CimInstance? OwnerOf(CimProperty property) =>
        _library.PropertyOfInstance.IsInstanceOfType(property) ? _library.OwnerOfProperty(property) : null;

    internal override CimInstance? OwnerOfAll(object properties) =>
        _library.PropertiesOfInstance.IsInstanceOfType(properties) ? _library.OwnerOfProperties(properties) : null;

    /// <summary>Lives as long as the library's handle of a class, which has no finalizer of its own.</summary>
    private sealed class ClassLease(nint address)
    {
        ~ClassLease() => Live.RemoveClass(address);
    }
}
