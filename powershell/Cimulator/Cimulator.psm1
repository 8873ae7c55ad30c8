# The import is to cost less than half of PowerShell's start. So cmdlets of modules that PowerShell loads at their first use are avoided
# here, two of them cost as much as all the rest, and files and closures are few.

$assembly = "$PSScriptRoot/bin/Cimulator.PowerShell.dll"
$isBuilt = [System.IO.File]::Exists($assembly)
if ($isBuilt -and -not $IsWindows) {
    Import-Module $PSScriptRoot/Cimulator.Unix.psd1
}
else {
    if (-not $isBuilt) {
        . $PSScriptRoot/Compile.ps1
        $assembly = Get-CompiledAssembly $PSScriptRoot
    }
    Import-Module ([System.Reflection.Assembly]::LoadFrom($assembly))
    if (-not $IsWindows) { Import-Module $PSScriptRoot/Cimulator.Types.psd1 }
}
[Cimulator.PowerShell.Kit.ModuleLife]::Imported($PSScriptRoot)

# Start-Cimulator asks again: Pester may be loaded behind this module. True where a run of it is under way.
function Join-Pester {
    if (-not (Get-Module -Name Pester)) { return $false }
    if (-not (Test-Path Function:Add-PesterStep)) { . $PSScriptRoot/Pester.ps1 }
    Add-PesterOperator
    Add-PesterStep
}
if (Get-Module -Name Pester) {
    . $PSScriptRoot/Pester.ps1
    Add-PesterOperator
}

if ($IsWindows) {
    # Microsoft's cmdlets stay.
    . $PSScriptRoot/TakeOver.ps1
    Update-FormatData -AppendPath $PSScriptRoot/Cimulator.format.ps1xml
    Export-ModuleMember -Cmdlet '*-Cimulator', '*-CimulatorCall', '*-CimulatorFault', '*-CimulatorInstance', '*-CimulatorMethod', '*-CimulatorModel', '*-CimulatorSpace' -Alias 'Should-HaveReceivedCim'
}
else {
    # PowerShell's completion asks a session that cannot be: ours is asked before it, and its fault is no fault of the line.
    $tabExpansion = ${function:global:TabExpansion2}
    if ($tabExpansion) {
        ${function:global:TabExpansion2} = {
            [CmdletBinding(DefaultParameterSetName = 'ScriptInputSet')]
            param(
                [Parameter(ParameterSetName = 'ScriptInputSet', Mandatory, Position = 0)] [AllowEmptyString()] [string] $inputScript,
                [Parameter(ParameterSetName = 'ScriptInputSet', Position = 1)] [int] $cursorColumn = $inputScript.Length,
                [Parameter(ParameterSetName = 'AstInputSet', Mandatory, Position = 0)] [System.Management.Automation.Language.Ast] $ast,
                [Parameter(ParameterSetName = 'AstInputSet', Mandatory, Position = 1)] [System.Management.Automation.Language.Token[]] $tokens,
                [Parameter(ParameterSetName = 'AstInputSet', Mandatory, Position = 2)] [System.Management.Automation.Language.IScriptPosition] $positionOfCursor,
                [Parameter(ParameterSetName = 'ScriptInputSet', Position = 2)] [Parameter(ParameterSetName = 'AstInputSet', Position = 3)] [hashtable] $options
            )
            $cursor = if ($ast) { $positionOfCursor.Offset } else { $cursorColumn }
            $line = if ($ast) { $ast } else { [System.Management.Automation.Language.Parser]::ParseInput($inputScript, [ref] $null, [ref] $null) }
            $completion = [Cimulator.PowerShell.Completion.TabCompletion]::Complete($line, $cursor)
            if ($completion) { return $completion }
            try { & $script:tabExpansion @PSBoundParameters }
            catch [Microsoft.Management.Infrastructure.CimException], [System.DllNotFoundException], [System.NullReferenceException] {
                [Cimulator.PowerShell.Completion.TabCompletion]::Nothing($cursor)
            }
        }
    }
    Export-ModuleMember -Cmdlet * -Alias *
    # Made beside all of this; waited for here, so that the first [CimInstance]::new of a script works.
    if ([Cimulator.PowerShell.Objects.CimObjects]::IsFallback) {
        Update-TypeData -PrependPath $PSScriptRoot/Cimulator.plain.types.ps1xml
        $name = [Cimulator.PowerShell.Objects.Plain.PlainMembers].GetMethod('GetCimClassName')
        Update-TypeData -TypeName Microsoft.Management.Infrastructure.CimClass -MemberType CodeProperty -MemberName CimClassName -Value $name -Force
    }
}

$ExecutionContext.SessionState.Module.OnRemove = {
    [Cimulator.PowerShell.Kit.ModuleLife]::Removed()
    if ($IsWindows) { Disable-TakeOver }
    elseif ($tabExpansion) { ${function:global:TabExpansion2} = $tabExpansion }
}
