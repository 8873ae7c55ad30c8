using System;

namespace Cimulator.PowerShell.Model;

/// <summary>Where the pieces of the module find one another; set once, when the module is imported.</summary>
public static class Services
{
    private static Func<ICimObjects>? s_makeObjects;
    private static ITargets? s_targets;

    /// <summary>Where <see cref="Objects"/> come from: always the same, at the first call after some work.</summary>
    public static Func<ICimObjects> MakeObjects
    {
        set => s_makeObjects = value;
    }

    public static ICimObjects Objects => s_makeObjects?.Invoke() ?? throw new InvalidOperationException("the module Cimulator was not imported");

    public static ITargets Targets
    {
        get => s_targets ?? throw new InvalidOperationException("the module Cimulator was not imported");
        set => s_targets = value;
    }
}
