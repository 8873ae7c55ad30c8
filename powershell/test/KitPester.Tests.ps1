# The kit in runs of Pester 5 and 6, each in a PowerShell of its own.
BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $packages = (Get-Module Pester).ModuleBase | Split-Path | Split-Path
    $versions = @(
        @{ Version = '5.7.1'; Pester = "$packages/5.7.1/tools/Pester.psd1" }
        @{ Version = (Get-Module Pester).Version.ToString(); Pester = (Get-Module Pester).Path -replace '\.psm1$', '.psd1' }
    )
}
BeforeAll {
    . "$PSScriptRoot/Common.ps1"

    # Tests by name: Result, Message. More of the configuration as a hashtable of PowerShell.
    function Invoke-Inner([string] $Pester, [string[]] $File, [string] $More = '', [string] $Folder = "$PSScriptRoot/pester") {
        $paths = ($File | ForEach-Object { "'$Folder/$_'" }) -join ', '
        $script = @"
Import-Module '$Pester'
`$result = Invoke-Pester -Configuration @{ Run = @{ Path = $paths; PassThru = `$true; $More }; Output = @{ Verbosity = 'None' } }
`$result.Tests | ForEach-Object { @{ Name = `$_.Name; Result = `$_.Result; Message = (`$_.ErrorRecord | ForEach-Object { "`$_" }) -join "`n" } } | ConvertTo-Json -AsArray -Compress
`$result.Containers.ErrorRecord | Where-Object { `$_ } | ForEach-Object { "container: `$_" }
"@
        $said = Invoke-PowerShell '-NoProfile', '-Command', $script
        $tests = @{}
        foreach ($test in $said | Where-Object { $_ -like '`[*' } | ConvertFrom-Json) { $tests[$test.Name] = $test }
        if ($tests.Count -eq 0 -or $said -match '^container:') { throw ($said -join "`n") }
        $tests
    }
}

Describe 'In Pester <Version>' -ForEach $versions {
    It 'rolls back state, rules, methods and calls after each test and block' -Skip:(-not (Test-Path $Pester)) {
        $tests = Invoke-Inner $Pester Isolate.ps1
        $tests.Values | Where-Object Result -NE Passed | ForEach-Object { "$($_.Name): $($_.Message)" } | Should -BeNullOrEmpty
        $tests.Count | Should -Be 6
    }

    It 'fails tests, with what came and what was near' -Skip:(-not (Test-Path $Pester)) {
        $tests = Invoke-Inner $Pester Failing.ps1
        $tests['expected'].Message | Should -BeLike @'
Expected exactly 2 calls, because it prints, but none came: StartService on Win32_Service with Key {"Name":"Fax"}
The nearest of *:
  #* Invoke Win32_Service.StartService of {"Name":"Spooler"} {} by cimulator → *
      Key.Name: "Spooler" where "Fax" is expected
*
'@
        $tests['of another method'].Message | Should -BeLike "*method: `"StartService`" where `"StopService`" is expected`n      Argument.Force: none where true is expected*"
        $tests['not expected'].Message | Should -BeLike "Expected no call, but 1 came: StartService`nThose that came:`n  #* Invoke Win32_Service.StartService *"
        $tests['unknown class'].Message | Should -BeLike 'The endpoint is strict, and has nothing that answers #* Win32_Fridge *InvalidResourceURI*'
        $tests['unknown method'].Message | Should -BeLike 'The endpoint is strict, and has nothing that answers #* Win32_Service.Defrost *'
        $tests['method that nobody answers'].Message | Should -BeLike 'The endpoint is strict, and has nothing that answers #* Win32_Service.PauseService *not implemented*'
        $tests['unknown namespace'].Message | Should -BeLike 'The endpoint is strict, and has nothing that answers #* by cimulator *root/nowhere*'
        $tests['a script that throws'].Message | Should -BeLike '*thrown in the script (at *Failing.ps1:*, the answer of Win32_Service.StopService)'
        $tests.Values | Where-Object Result -EQ Passed | ForEach-Object Name | Sort-Object | Should -Be 'nothing', 'unknown class that a rule made'
    }
}

Describe 'In Pester 6' {
    BeforeAll { $pester = (Get-Module Pester).Path -replace '\.psm1$', '.psd1' }

    It 'has an assertion in its style, which may be soft' {
        $tests = Invoke-Inner $pester Style.ps1
        $tests['passes'].Result | Should -Be Passed
        $tests['fails'].Message | Should -BeLike 'Expected at least 1 call, but none came: StartService on Win32_Service*'
        $tests['fails softly'].Message | Should -BeLike '*StartService*StopService*'
    }

    It 'keeps files that run side by side apart' {
        $tests = Invoke-Inner $pester Isolate.ps1, Repair.ps1 'Parallel = $true'
        $tests.Values | Where-Object Result -NE Passed | ForEach-Object { "$($_.Name): $($_.Message)" } | Should -BeNullOrEmpty
        $tests.Count | Should -Be 10
    }
}

Describe 'docs/pester.md' {
    BeforeAll {
        $pester = (Get-Module Pester).Path -replace '\.psm1$', '.psd1'
        Copy-Item "$Root/test/powershell/cimv2.mof", "$Root/test/powershell/srv01.mof" $TestDrive
        $blocks = [regex]::Matches((Get-Content "$Root/docs/pester.md" -Raw), '(?ms)^```powershell\n(.*?)^```').ForEach{ $_.Groups[1].Value }
        $files, $snippets = $blocks.Where({ $_ -match '^# \S+\.ps1\n' }, 'Split')
        foreach ($file in $files) { Set-Content "$TestDrive/$($file.Split("`n")[0].Substring(2))" $file.Replace('Import-Module Cimulator', "Import-Module '$Manifest'") }
        # Those that stand alone run as tests of their own; those of BeforeEach and AfterEach belong to all.
        $around, $alone = $snippets.Where({ $_ -match '^BeforeEach' }, 'Split')
        $tests = for ($number = 0; $number -lt $alone.Count; $number++) { "It 'snippet $number' {`n$($alone[$number])}" }
        $start = "BeforeAll { Import-Module '$Manifest'; Start-Cimulator -Schema built-in, `"`$PSScriptRoot/cimv2.mof`" -Namespace root/cimv2 | Out-Null }`nAfterAll { Stop-Cimulator }"
        Set-Content "$TestDrive/Snippets.Tests.ps1" "$start`nDescribe 'snippets' {`n$($around -join "`n")`n$($tests -join "`n")`n}"
    }

    It 'has examples that run' {
        $files.Count, $around.Count, $alone.Count | Should -Be 2, 1, 4
        $ran = Invoke-Inner $pester Repair-Spooler.Tests.ps1, Snippets.Tests.ps1 -Folder $TestDrive
        $ran.Values | Where-Object Result -NE Passed | ForEach-Object { "$($_.Name): $($_.Message)" } | Should -BeNullOrEmpty
        $ran.Count | Should -Be 8
    }
}

Describe 'Without a run' {
    It 'says what -Isolate and -Strict need' {
        foreach ($wish in '-Isolate', '-Strict') {
            $said = Invoke-PowerShell '-NoProfile', '-Command', "Import-Module '$Manifest'; try { Start-Cimulator $wish } catch { `"`$_`" }; @(Get-Cimulator -All).Count"
            $said[0] | Should -BeLike "$wish needs a run of Pester*Checkpoint-Cimulator in BeforeEach*"
            $said[1] | Should -Be '0'
        }
    }

    It 'asserts without Pester' {
        $said = Invoke-PowerShell '-NoProfile', '-Command', "Import-Module '$Manifest'; `$null = Start-Cimulator; try { Assert-CimulatorCall StartService } catch { `"`$_`" }; Stop-Cimulator"
        $said | Select-Object -First 1 | Should -Be 'Expected at least 1 call, but none came: StartService'
    }
}
