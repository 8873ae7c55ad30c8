# `Start-Cimulator -TakeOver`, for Windows: global functions in front of Microsoft's cmdlets, which reach code in modules, too. They send
# calls without a target to the endpoint, and refuse names that are none of its own. Dot-sourced by Cimulator.psm1.

$script:TakenOver = @(
    'Get-CimAssociatedInstance', 'Get-CimClass', 'Get-CimInstance', 'Invoke-CimMethod', 'New-CimInstance', 'New-CimSession',
    'Register-CimIndicationEvent', 'Remove-CimInstance', 'Set-CimInstance'
)

# The body of each function; its parameters are the cmdlet's own.
$script:ProxyBody = @'
begin {
    foreach ($name in 'ErrorAction', 'Warning', 'Verbose', 'Debug', 'Information', 'Progress', 'Confirm', 'WhatIf') {
        $preference = $PSCmdlet.SessionState.PSVariable.Get("${name}Preference")
        if ($preference) { Set-Variable -Name $preference.Name -Value $preference.Value -WhatIf:$false -Confirm:$false }
    }
    Set-TakeOverTarget 'COMMAND' $PSBoundParameters $MyInvocation.ExpectingInput
    $wrapped = $ExecutionContext.InvokeCommand.GetCommand('SOURCE\COMMAND', 'Cmdlet, Function')
    $pipeline = { & $wrapped @PSBoundParameters }.GetSteppablePipeline($MyInvocation.CommandOrigin)
    $pipeline.Begin($PSCmdlet)
}
process {
    if ($_ -is [ciminstance]) { Assert-TakeOverInput $_ $PSBoundParameters }
    $pipeline.Process($_)
}
end { $pipeline.End() }
clean { if ($pipeline) { $pipeline.Clean() } }
'@

function Enable-TakeOver([string] $Source = 'CimCmdlets') {
    foreach ($name in $script:TakenOver) {
        $metadata = [System.Management.Automation.CommandMetadata]::new((Get-Command -Name "$Source\$name"))
        $text = @(
            [System.Management.Automation.ProxyCommand]::GetCmdletBindingAttribute($metadata)
            "param($([System.Management.Automation.ProxyCommand]::GetParamBlock($metadata)))"
            $script:ProxyBody.Replace('SOURCE', $Source).Replace('COMMAND', $name)
        ) -join "`n"
        $function = $ExecutionContext.SessionState.Module.NewBoundScriptBlock([scriptblock]::Create($text))
        Set-Item -LiteralPath "function:global:$name" -Value $function -WhatIf:$false -Confirm:$false
    }
}

function Disable-TakeOver {
    $module = $ExecutionContext.SessionState.Module
    foreach ($name in $script:TakenOver) {
        $function = Get-Item -LiteralPath "function:global:$name" -ErrorAction Ignore
        if ($function -and $function.ScriptBlock.Module -eq $module) {
            Remove-Item -LiteralPath "function:global:$name" -WhatIf:$false -Confirm:$false
        }
    }
}

# Changes the parameters of a call, so that it goes to the endpoint. Throws a CimException for a name that is refused.
function Set-TakeOverTarget([string] $Command, [System.Collections.IDictionary] $Bound, [bool] $ExpectingInput) {
    if ($Bound.ContainsKey('CimSession') -or $Bound['ClientOnly']) { return }
    if ($Command -eq 'New-CimSession') { Set-TakeOverConnection $Bound; return }
    if ($Bound.ContainsKey('ComputerName')) {
        $found = @(foreach ($name in $Bound['ComputerName']) { [Cimulator.PowerShell.Kit.TakeOver]::EndpointOf($name) })
        # Names that are allowed and no endpoint's are left to Microsoft's cmdlet; one call goes one way.
        if ($found -contains $null) {
            if (@($found -ne $null).Count -gt 0) { throw [System.ArgumentException]::new('Names of endpoints and of other computers do not go into one call with -TakeOver.') }
            return
        }
        $null = $Bound.Remove('ComputerName')
        Set-TakeOverSession $Command $Bound $found.CimSession
        return
    }
    # An instance goes back to the session that it came from.
    if ($Bound.ContainsKey('InputObject') -and (Test-HasSession $Bound['InputObject'])) { return }
    if ($ExpectingInput -and -not ($Bound.Keys -match '^(InputObject|ClassName|CimClass|Query|ResourceUri)$')) { return }
    $default = [Cimulator.PowerShell.Kit.TakeOver]::EndpointOf($null)
    if ($default) { Set-TakeOverSession $Command $Bound $default.CimSession }
}

function Set-TakeOverSession([string] $Command, [System.Collections.IDictionary] $Bound, [object[]] $Session) {
    $Bound['CimSession'] = if ($Command -eq 'Register-CimIndicationEvent') { $Session[0] } else { $Session }
}

# A name of an endpoint brings its port, its account and a way in; a port or an account that is given is minded.
function Set-TakeOverConnection([System.Collections.IDictionary] $Bound) {
    $names = if ($Bound.ContainsKey('ComputerName')) { @($Bound['ComputerName']) } else { , $null }
    $found = @(foreach ($name in $names) { [Cimulator.PowerShell.Kit.TakeOver]::EndpointOf($name) })
    if ($found -contains $null) { return }
    if (@($found | Select-Object -Unique).Count -gt 1) { throw [System.ArgumentException]::new('Names of several endpoints do not go into one New-CimSession with -TakeOver.') }
    $Bound['ComputerName'] = @('127.0.0.1') * $names.Count
    if ($Bound.ContainsKey('Port')) { return }
    $Bound['Port'] = [uint32] ([uri] $found[0].HttpsUrl).Port
    $Bound['SessionOption'] = New-TakeOverOption
    if (-not $Bound.ContainsKey('CertificateThumbprint')) {
        $Bound['Authentication'] = 'Basic'
        if (-not $Bound.ContainsKey('Credential')) { $Bound['Credential'] = $found[0].Credential }
    }
}

function New-TakeOverOption { CimCmdlets\New-CimSessionOption -UseSsl -SkipCACheck -SkipCNCheck -SkipRevocationCheck }

# What is piped in is seen too late to be sent elsewhere.
function Assert-TakeOverInput($Instance, [System.Collections.IDictionary] $Bound) {
    if ($Bound.ContainsKey('CimSession') -or (Test-HasSession $Instance)) { return }
    throw [System.InvalidOperationException]::new('An instance that came from no session would go to this computer: give -CimSession, or -InputObject in place of the pipe.')
}

function Test-HasSession($Instance) { $Instance -is [ciminstance] -and $Instance.GetCimSessionInstanceId() -ne [guid]::Empty }
