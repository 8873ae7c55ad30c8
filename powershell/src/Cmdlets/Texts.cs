using System.Globalization;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>The sentences that scripts and people know from Microsoft's cmdlets.</summary>
internal static class Texts
{
    public const string UnableToResolveParameterSetName = "Unable to resolve the parameter set name.";

    public static string OperationStart(string operation, string parameters) =>
        Fill("Perform operation '{0}' with following parameters, '{1}'.", operation, parameters);

    public static string OperationCompleted(string operation) => Fill("Operation '{0}' complete.", operation);

    public static string ConflictingParameter(string parameter, string other) =>
        Fill("Parameter '{0}' cannot be used with the parameter '{1}'.", parameter, other);

    public static string SessionNotFound(string property, object value) => Fill("Could not find CimSession with the given {0} = {1}", property, value);

    public static string MethodNotFound(string method, string className) => Fill("Can not find method '{0}' in class '{1}'.", method, className);

    public static string ParameterNotFound(string parameter, string method, string className) =>
        Fill("Can not find Parameter '{0}' in method '{1}' of class '{2}'.", parameter, method, className);

    public static string PropertiesNotFound(string className, string properties) =>
        Fill("Could not find the following properties from the given class {0}: {1}.", className, properties);

    public static string ReadOnlyProperty(string property, object instance) => Fill("Could not modify readonly property '{0}' of object '{1}'.", property, instance);

    public static string PropertyNotAddable(string property, object instance) =>
        Fill("Unable to add property '{0}' to input object '{1}'. The class schema does not contain the property.", property, instance);

    public static string NullArgument(string argument) => Fill("Argument '{0}' can not be null.", argument);

    public static string InvalidName(string value, string parameter) =>
        Fill("Argument '{0}' contains characters that are not allowed in parameter '{1}'. Supply an argument that is valid and then try the command again.", value, parameter);

    public static string AuthenticationNeedsCredential(object given, params object[] others) =>
        Fill("Authentication type '{0}' is invalid without credential. Only following authentication type are allowed without credential, '{1}', '{2}', '{3}', or '{4}'.", [given, .. others]);

    public const string NoNullElements = "The array cannot contain null elements.";

    public const string NoCimType = "No CimType for this .NET object.";

    private static string Fill(string sentence, params object[] values) => string.Format(CultureInfo.CurrentCulture, sentence, values);
}
