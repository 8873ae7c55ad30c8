# Help that works without a network, and the views.
BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $commands = Get-Command -Module Cimulator -CommandType Cmdlet | ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
}

Describe 'The help of <Name>' -ForEach $commands {
    BeforeAll { $help = Get-Help $Name -Full }

    It 'says what it does, with an example that parses and its reason' {
        $help.Synopsis | Should -Match '^[A-Z].+\.$'
        @($help.examples.example).Count | Should -BeGreaterThan 0
        foreach ($example in $help.examples.example) {
            $problems = $null
            $null = [System.Management.Automation.Language.Parser]::ParseInput($example.code, [ref] $null, [ref] $problems)
            $problems | Should -BeNullOrEmpty
            $example.remarks.Text | Should -Match '\.$'
        }
    }

    It 'explains every parameter, and no other' {
        $own = (Get-Command $Name).Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object
        ($help.parameters.parameter.name | Sort-Object) | Should -Be $own
        foreach ($parameter in $help.parameters.parameter) { $parameter.description.Text | Should -Match '\.$' }
    }

    It 'has as many syntaxes as there are sets' {
        @($help.syntax.syntaxItem).Count | Should -Be (Get-Command $Name).ParameterSets.Count
    }
}

Describe 'The rest' {
    It 'finds help by alias, and the page about the module' {
        (Get-Help gcim).Name | Should -Be 'Get-CimInstance'
        Get-Help Invoke-CimMethod -Examples | Out-String | Should -Match 'CreateOrModifyReplicationPipe'
        Get-Help about_Cimulator | Out-String | Should -Match 'WHERE CALLS GO'
    }

    It 'shows calls and faults as tables' {
        $call = [pscustomobject]@{ PSTypeName = 'Cimulator.Call'; number = 3; operation = 'Invoke'; class = 'C'; method = 'M'; selectors = [pscustomobject]@{ Name = 'a' }; returnValue = 0 }
        $lines = ($call | Out-String -Width 200).Trim() -split '\r?\n'
        $lines[0] | Should -Match '^# +Operation +Class +Method +Key +Input +End +Rule$'
        $lines[2] | Should -Match '^ *3 +Invoke +C +M +\{"Name":"a"\} +0$'
        $fault = [pscustomobject]@{ PSTypeName = 'Cimulator.Fault'; id = 'rule-1'; when = [pscustomobject]@{ method = 'M' }; then = [pscustomobject]@{ returnValue = 7 }; matched = 2; fired = 1 }
        $lines = ($fault | Out-String -Width 200).Trim() -split '\r?\n'
        $lines[2] | Should -Match '^rule-1 +\{"method":"M"\} +\{"returnValue":7\} +2 +1$'
    }

    It 'shows a pipe as a table' {
        $pipe = New-CimInstance -ClientOnly -Namespace root/cimv2/storage/iScsiTarget -ClassName CIMULATOR_ReplicationPipe -Property @{
            ElementName = 'p'; SourceSystemName = 'a'; TargetSystemName = 'b'; EnabledState = [uint16] 5; InstanceID = 'i'
        }
        ($pipe | Out-String).Trim() | Should -Match '^ElementName +SourceSystemName +TargetSystemName +EnabledState +InstanceID'
    }
}
