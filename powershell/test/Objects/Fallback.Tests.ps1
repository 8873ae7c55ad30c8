# The fallback: the same tests in a process that is forced to make objects without tables. It cannot do what asks the library's own ToString
# and members: text in strings, JSON, CLIXML with all properties.
BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $pester = (Get-Module Pester).Path -replace 'psm1$', 'psd1'
    function Invoke-Plain([string] $Command) {
        $env:CIMULATOR_PLAIN_OBJECTS = '1'
        try { Pwsh -Command $Command } finally { $env:CIMULATOR_PLAIN_OBJECTS = $null }
    }
}

Describe 'the fallback' {
    It 'says why it is in use' {
        Invoke-Plain ". '$PSScriptRoot/Common.ps1'; [Cimulator.PowerShell.Objects.CimObjects]::IsFallback; [Cimulator.PowerShell.Objects.CimObjects]::Refusal" |
            Should -Be True, 'CIMULATOR_PLAIN_OBJECTS is set'
    }

    It 'passes the tests of <_>' -ForEach Instances, Types, Classes, Sessions {
        $result = @(Invoke-Plain @"
`$PSStyle.OutputRendering = 'PlainText'
Import-Module '$pester'
`$configuration = New-PesterConfiguration
`$configuration.Run.Path = '$PSScriptRoot/$_.Tests.ps1'
`$configuration.Filter.ExcludeTag = 'Tables', 'Text'
`$configuration.Run.PassThru = `$true
`$configuration.Output.Verbosity = 'None'
`$result = Invoke-Pester -Configuration `$configuration
`$result.Failed | ForEach-Object { "`$(`$_.ExpandedPath): `$(`$_.ErrorRecord[0].Exception.Message)" }
"passed `$(`$result.PassedCount), failed `$(`$result.FailedCount)"
"@)
        $result[-1] | Should -Match '^passed \d\d+, failed 0$' -Because ($result -join "`n")
    }

    It 'sends instances to jobs and CLIXML as texts' {
        $result = Invoke-Plain @"
. '$PSScriptRoot/Common.ps1'
`$disk = Instance Test_Disk root/test @(Property DeviceID String 'C:' Key)
`$disk | Export-Clixml '$TestDrive/plain.xml'
Import-Clixml '$TestDrive/plain.xml'
Start-Job { param(`$disk) "got `$disk" } -ArgumentList `$disk | Receive-Job -Wait -AutoRemoveJob
"@
        $result | Should -Be 'Test_Disk (DeviceID = "C:")', 'got Test_Disk (DeviceID = "C:")'
    }
}
