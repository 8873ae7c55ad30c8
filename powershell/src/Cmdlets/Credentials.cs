using System.Management.Automation;
using Microsoft.Management.Infrastructure.CimCmdlets;
using Microsoft.Management.Infrastructure.Options;

namespace Cimulator.PowerShell.Cmdlets;

/// <summary>Which ways to authenticate go without -Credential.</summary>
internal static class Credentials
{
    public static void Check(CimBaseCommand cmdlet, PSCredential? credential, PasswordAuthenticationMechanism given, string parameter)
    {
        if (credential is null && given is not (PasswordAuthenticationMechanism.Default or PasswordAuthenticationMechanism.Negotiate
            or PasswordAuthenticationMechanism.Kerberos or PasswordAuthenticationMechanism.NtlmDomain))
        {
            cmdlet.Refuse(new PSArgumentOutOfRangeException(parameter, given, Texts.AuthenticationNeedsCredential(
                given, ImpersonatedAuthenticationMechanism.None, ImpersonatedAuthenticationMechanism.Negotiate, ImpersonatedAuthenticationMechanism.Kerberos, ImpersonatedAuthenticationMechanism.NtlmDomain)));
        }
    }
}
