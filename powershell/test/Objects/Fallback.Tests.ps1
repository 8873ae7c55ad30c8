# The fallback: a process that is forced to make objects without tables passes the tests of the objects but for those of the tables, and those
# of the cmdlets in Plain.ps1.
BeforeDiscovery {
    $files = 'Instances', 'Types', 'Classes', 'Sessions', 'Serialization' | ForEach-Object { "$_.Tests.ps1" }
    $files += 'Plain.ps1'
}

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
    $pester = (Get-Module Pester).Path -replace 'psm1$', 'psd1'
    $failures = "$TestDrive/failures.json"
    $env:CIMULATOR_PLAIN_OBJECTS = '1'
    try {
        # One process for all files: most of their time is the start of PowerShell.
        $output = Invoke-PowerShell '-NoProfile', '-NonInteractive', '-Command', @"
`$PSStyle.OutputRendering = 'PlainText'
Import-Module '$pester'
`$files = 'Instances', 'Types', 'Classes', 'Sessions', 'Serialization' | ForEach-Object { "$PSScriptRoot/`$_.Tests.ps1" }
`$result = Invoke-Pester -Configuration @{
    Run = @{ Path = @(`$files) + '$PSScriptRoot/Plain.ps1'; PassThru = `$true }; Filter = @{ ExcludeTag = 'Tables' }; Output = @{ Verbosity = 'None' }
}
`$result.Containers | ForEach-Object {
    `$wrong = @(`$_.ErrorRecord | ForEach-Object { "`$_" })
    [pscustomobject]@{ File = `$_.Item.Name; Passed = `$_.PassedCount; Wrong = `$wrong }
} | ForEach-Object {
    `$file = `$_
    foreach (`$test in `$result.Tests | Where-Object { `$_.Result -EQ 'Failed' -and `$_.Block.BlockContainer.Item.Name -EQ `$file.File }) {
        `$file.Wrong += "`$(`$test.ExpandedPath): `$(`$test.ErrorRecord[0].Exception.Message)"
    }
    `$file
} | ConvertTo-Json | Set-Content '$failures'
"@ 2>&1
    }
    finally {
        $env:CIMULATOR_PLAIN_OBJECTS = $null
    }

    $results = if (Test-Path $failures) { Get-Content $failures -Raw | ConvertFrom-Json } else { throw "No results: $output" }
}

Describe 'the fallback' {
    It 'passes <_>' -ForEach $files {
        $file = $_
        $result = $results | Where-Object File -EQ $file
        $result.Wrong | Should -BeNullOrEmpty
        $result.Passed | Should -BeGreaterThan 5
    }
}

Describe 'a library of another make' {
    BeforeAll {
        $names = [Cimulator.PowerShell.Objects.CimObjects].Assembly.GetType('Cimulator.PowerShell.Objects.PrivateNames')
        $missing = $names.GetMethod('Missing', [System.Reflection.BindingFlags]'NonPublic, Static', [type[]]([type], [type], [type]))
    }

    It 'is refused with all the names that it lacks' {
        $missing.Invoke($null, @([ciminstance], [cimsession], [Microsoft.Management.Infrastructure.CimException])) | Should -BeNullOrEmpty
        $missing.Invoke($null, @([ciminstance], [string], [Microsoft.Management.Infrastructure.CimException])) |
            Should -Be 'CimSession._disposeThreadSafetyLock, CimSession._disposed, CimSession.ComputerName, CimSession.InstanceId'
        $missing.Invoke($null, @([string], [cimsession], [exception])) |
            Should -Be 'CimInstance.SetCimSessionComputerName, CimInstance.SetCimSessionInstanceId, CimException.NativeErrorCode, CimException._errorData'
    }
}
