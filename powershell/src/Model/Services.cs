using System;

namespace Cimulator.PowerShell.Model;

/// <summary>Where the pieces of the module find one another; set once, when the module is imported.</summary>
public static class Services
{
    private static ICimObjects? s_objects;
    private static ITargets? s_targets;

    public static ICimObjects Objects
    {
        get => s_objects ?? throw new InvalidOperationException("the module Cimulator was not imported");
        set => s_objects = value;
    }

    public static ITargets Targets
    {
        get => s_targets ?? throw new InvalidOperationException("the module Cimulator was not imported");
        set => s_targets = value;
    }
}
