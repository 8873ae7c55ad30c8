using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Cimulator.PowerShell.Model;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>The arguments of a method: typed by its declaration where there is one, else by their values.</summary>
internal static class MethodArguments
{
    /// <param name="mustExist">True for a class that the script gave: a method that it does not have is refused then, not sent.</param>
    /// <exception cref="ArgumentException">The class has no such method or the method no such parameter, or a value does not fit.</exception>
    public static List<PropertyData> Typed(IDictionary? arguments, ClassData? declaration, string methodName, bool mustExist, Func<string, ClassData?> classOf)
    {
        if (arguments is null || arguments.Count == 0)
        {
            return [];
        }

        MethodDeclaration? method = declaration?.Methods.FirstOrDefault(each => each.Name.Equals(methodName, StringComparison.OrdinalIgnoreCase));
        if (mustExist && declaration is not null && method is null)
        {
            throw new ArgumentException(Texts.MethodNotFound(methodName, declaration.Name));
        }

        List<PropertyData> typed = [];
        foreach (DictionaryEntry argument in arguments)
        {
            string name = argument.Key.ToString() ?? "";
            typed.Add(method is null ? Typing.ByValue(name, argument.Value, CimFlags.In) : Declared(name, argument.Value, method, (methodName, declaration!.Name), classOf));
        }

        return typed;
    }

    public static bool NeedClass(IDictionary? arguments) => arguments?.Values.Cast<object?>().Any(Typing.NeedsClass) == true;

    private static PropertyData Declared(string name, object? value, MethodDeclaration method, (string Method, string Class) called, Func<string, ClassData?> classOf)
    {
        ParameterDeclaration parameter = method.Parameters.FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException(Texts.ParameterNotFound(name, called.Method, called.Class));
        return Typing.As(ClassProperties.DeclaredOf(parameter), value, CimFlags.In, classOf);
    }
}
