# Cmdlets of modules that PowerShell loads at their first use are avoided here: two of them cost as much as all the rest.

# The built assembly; in a checkout that was not built, one compiled from the sources.
$assembly = "$PSScriptRoot/bin/Cimulator.PowerShell.dll"
if (-not [System.IO.File]::Exists($assembly)) {
    . $PSScriptRoot/Compile.ps1
    $assembly = Get-CompiledAssembly $PSScriptRoot
}
Import-Module ([System.Reflection.Assembly]::LoadFrom($assembly))
[Cimulator.PowerShell.Kit.ModuleLife]::Imported($PSScriptRoot)

if ($IsWindows) {
    # Microsoft's cmdlets and types stay.
    . $PSScriptRoot/TakeOver.ps1
    Export-ModuleMember -Cmdlet 'Get-Cimulator', 'Start-Cimulator', 'Stop-Cimulator'
}
else {
    Import-Module $PSScriptRoot/Cimulator.Types.psd1
    if ([Cimulator.PowerShell.Objects.CimObjects]::IsFallback) {
        Update-TypeData -PrependPath $PSScriptRoot/Cimulator.plain.types.ps1xml
        $name = [Cimulator.PowerShell.Objects.Plain.PlainMembers].GetMethod('GetCimClassName')
        Update-TypeData -TypeName Microsoft.Management.Infrastructure.CimClass -MemberType CodeProperty -MemberName CimClassName -Value $name -Force
    }
    . $PSScriptRoot/Completion.ps1
    Enable-Completion
    Export-ModuleMember -Cmdlet * -Alias *
}

$ExecutionContext.SessionState.Module.OnRemove = {
    [Cimulator.PowerShell.Kit.ModuleLife]::Removed()
    if ($IsWindows) { Disable-TakeOver } else { Disable-Completion }
}
