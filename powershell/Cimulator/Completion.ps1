# Off Windows PowerShell's completion asks a session that cannot be: ours is asked before it, and its fault is no fault of the line.
$script:tabExpansion = ${function:global:TabExpansion2}

function Enable-Completion {
    if (-not $script:tabExpansion) { return }
    $original = $script:tabExpansion
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
        $script = if ($ast) { $ast } else { [System.Management.Automation.Language.Parser]::ParseInput($inputScript, [ref] $null, [ref] $null) }
        $completion = [Cimulator.PowerShell.Completion.TabCompletion]::Complete($script, $cursor)
        if ($completion) { return $completion }
        try { & $original @PSBoundParameters }
        catch [Microsoft.Management.Infrastructure.CimException], [System.DllNotFoundException], [System.NullReferenceException] {
            [Cimulator.PowerShell.Completion.TabCompletion]::Nothing($cursor)
        }
    }.GetNewClosure()
}

function Disable-Completion {
    if ($script:tabExpansion) { ${function:global:TabExpansion2} = $script:tabExpansion }
}
