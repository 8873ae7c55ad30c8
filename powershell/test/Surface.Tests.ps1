# The cmdlets against Microsoft's: every parameter with its type, aliases, sets, positions, pipeline binding and validation.
BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $lines = Get-Content "$Fixtures/cmdlets.txt"
    $cmdlets = @()
    $aliases = @()
    foreach ($line in $lines) {
        if ($line -match '^### (\S+)\s+default=(\S+) output=(\S*) sets=(\S+) ShouldProcess=(\S+) Help=(\S+)$') {
            $cmdlet = @{
                Name = $Matches[1]; Default = $Matches[2]; Output = $Matches[3]; Sets = $Matches[4] -split ','
                ShouldProcess = [bool]::Parse($Matches[5]); HelpUri = $Matches[6]; Parameters = @()
            }
            $cmdlets += $cmdlet
        }
        elseif ($line -match '^  -(\S+) \[(\S+)\] aliases=(\S*) :: (.*?)\s+attrs=(\S*)$') {
            $cmdlet.Parameters += @{
                Name = $Matches[1]; Type = $Matches[2]; Aliases = $Matches[3]; In = ($Matches[4] -split ' ' | Sort-Object) -join ' '; Attributes = $Matches[5]
            }
        }
        elseif ($line -match '^(\S+) -> (\S+)$') {
            $aliases += @{ Alias = $Matches[1]; Name = $Matches[2] }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $classes = 'Get-CimAssociatedInstance', 'Get-CimClass', 'Get-CimInstance', 'Get-CimSession', 'Invoke-CimMethod', 'New-CimInstance', 'New-CimSession',
    'New-CimSessionOption', 'Register-CimIndicationEvent', 'Remove-CimInstance', 'Remove-CimSession', 'Set-CimInstance'
    $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters

    # The line of cmdlets.txt for a parameter: `Set!@0<pipe<prop …`.
    function Format-Sets($Parameter) {
        $parts = foreach ($set in $Parameter.ParameterSets.GetEnumerator()) {
            $text = $set.Key
            if ($set.Value.IsMandatory) { $text += '!' }
            if ($set.Value.Position -ge 0) { $text += "@$($set.Value.Position)" }
            if ($set.Value.ValueFromPipeline) { $text += '<pipe' }
            if ($set.Value.ValueFromPipelineByPropertyName) { $text += '<prop' }
            $text
        }
        ($parts | Sort-Object) -join ' '
    }
}

Describe 'The surface of the cmdlets' {
    It 'has the twelve cmdlets, and they are in the list' {
        $classes | ForEach-Object { (Get-Command $_ -Module Cimulator).CommandType | Should -Be Cmdlet }
    }

    Context '<Name>' -ForEach $cmdlets {
        BeforeAll {
            $command = Get-Command $Name -Module Cimulator
            $parameters = $Parameters
        }

        It 'has the sets, the default, the output, the help and ShouldProcess of the other' {
            $command.DefaultParameterSet | Should -Be $Default
            ($command.ParameterSets.Name | Sort-Object) | Should -Be ($Sets | Sort-Object)
            ($command.OutputType.Name -join ',') | Should -Be $Output
            $command.HelpUri | Should -Be $HelpUri
            $command.Parameters.ContainsKey('WhatIf') | Should -Be $ShouldProcess
        }

        It 'is a class of the same full name, with ConfirmImpact Medium where it has one' {
            $command.ImplementingType.FullName | Should -Be "Microsoft.Management.Infrastructure.CimCmdlets.$($Name -replace '-' -replace 'IndicationEvent', 'Indication')Command"
            $attribute = $command.ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0]
            $attribute.ConfirmImpact | Should -Be ($ShouldProcess ? 'Medium' : 'None')
        }

        It 'has no parameter more' {
            $own = $command.Parameters.Keys | Where-Object { $_ -notin $common }
            ($own | Sort-Object) | Should -Be ($parameters.Name | Sort-Object)
        }

        It '-<Name> [<Type>]' -ForEach $Parameters {
            $parameter = $command.Parameters[$Name]
            $parameter | Should -Not -BeNullOrEmpty
            $parameter.ParameterType.Name | Should -Be $Type
            ($parameter.Aliases -join '/') | Should -Be $Aliases
            Format-Sets $parameter | Should -Be $In
            $others = $parameter.Attributes | ForEach-Object { $_.GetType().Name } |
                Where-Object { $_ -match '^Validate|^Credential' }
            ($others -join ',') | Should -Be $Attributes
        }
    }

    It '<Alias> is <Name>' -ForEach $aliases {
        (Get-Alias $Alias).Definition | Should -Be $Name
    }

    It 'takes as protocol what the other takes' {
        [enum]::GetNames((Get-Command New-CimSessionOption -Module Cimulator).Parameters['Protocol'].ParameterType) | Should -Be 'Default', 'Dcom', 'Wsman'
    }
}
