namespace Cimulator.PowerShell.Objects.Tables;

/// <summary>The codes of MI_Result (mi.h) that a slot gives.</summary>
internal enum MiResult
{
    Ok = 0,
    Failed = 1,
    InvalidParameter = 4,
    NotFound = 6,
    NotSupported = 7,
    InvalidSuperClass = 10,
    AlreadyExists = 11,
    NoSuchProperty = 12,
    TypeMismatch = 13,
    MethodNotFound = 17,
}
