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
    function Invoke-Inner([string] $Pester, [string[]] $File, [string] $More = '') {
        $paths = ($File | ForEach-Object { [System.IO.Path]::IsPathRooted($_) ? "'$_'" : "'$PSScriptRoot/pester/$_'" }) -join ', '
        $script = @"
Import-Module '$Pester'
`$result = Invoke-Pester -Configuration @{ Run = @{ Path = $paths; PassThru = `$true; $More }; Output = @{ Verbosity = 'None' } }
`$result.Tests | ForEach-Object { @{ Name = `$_.Name; File = Split-Path -Leaf `$_.Block.Root.BlockContainer.Item; Result = `$_.Result; Message = (`$_.ErrorRecord | ForEach-Object { "`$_" }) -join "`n" } } | ConvertTo-Json -AsArray -Compress
`$result.Containers.ErrorRecord | Where-Object { `$_ } | ForEach-Object { "container: `$_" }
"@
        $said = Invoke-PowerShell '-NoProfile', '-Command', $script
        $tests = @{}
        foreach ($test in $said | Where-Object { $_ -like '`[*' } | ConvertFrom-Json) { $tests[$tests.ContainsKey($test.Name) ? "$($test.Name) $($tests.Count)" : $test.Name] = $test }
        if ($tests.Count -eq 0 -or $said -match '^container:') { throw ($said -join "`n") }
        $tests
    }
    function Get-Failed($Tests) { $Tests.Values | Where-Object Result -NE Passed | ForEach-Object { "$($_.Name): $($_.Message)" } }
}

Describe 'In Pester <Version>' -ForEach $versions {
    # A PowerShell for both files: the second has the process of the first.
    BeforeAll {
        if (Test-Path $Pester) {
            $tests = Invoke-Inner $Pester Isolate.ps1, Failing.ps1
            $sketch = Invoke-Inner $Pester sketch/Sketch.ps1
        }
    }

    It 'rolls back state, rules, methods and calls after each test and block' -Skip:(-not (Test-Path $Pester)) {
        $ran = $tests.Values | Where-Object File -EQ Isolate.ps1
        $ran | Where-Object Result -NE Passed | ForEach-Object { "$($_.Name): $($_.Message)" } | Should -BeNullOrEmpty
        @($ran).Count | Should -Be 6
    }

    It 'runs the sketch of a file whole, over the computers of -Model Win32' -Skip:(-not (Test-Path $Pester)) {
        $ran = $sketch.Values | Where-Object File -EQ Sketch.ps1
        Get-Failed $sketch | Should -BeNullOrEmpty
        @($ran).Count | Should -Be 4
    }

    It 'fails tests, with what came and what was near' -Skip:(-not (Test-Path $Pester)) {
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
        $tests.Values | Where-Object { $_.File -eq 'Failing.ps1' -and $_.Result -eq 'Passed' } | ForEach-Object Name | Sort-Object | Should -Be 'nothing', 'unknown class that a rule made'
    }
}

Describe 'In Pester 6' {
    BeforeAll { $pester = (Get-Module Pester).Path -replace '\.psm1$', '.psd1' }

    It 'keeps files that run side by side apart, in one process where they start the same' {
        # The same file three times, each with a test that notes its process.
        $files = 1..3 | ForEach-Object {
            $note = "Set-Content '$TestDrive/process$_' `"`$((Get-Cimulator).ProcessId) `$((Get-Cimulator).Url)`""
            Set-Content "$TestDrive/Repair$_.ps1" ". '$PSScriptRoot/pester/Repair.ps1'`nDescribe 'the endpoint' { It 'is noted' { $note } }"
            "$TestDrive/Repair$_.ps1"
        }
        $tests = Invoke-Inner $pester (@('Isolate.ps1') + $files) 'Parallel = $true'
        Get-Failed $tests | Should -BeNullOrEmpty
        $tests.Count | Should -Be 21
        $noted = 1..3 | ForEach-Object { Get-Content "$TestDrive/process$_" }
        @($noted | Sort-Object -Unique).Count | Should -Be 3
        @($noted | ForEach-Object { $_.Split(' ')[0] } | Sort-Object -Unique).Count | Should -Be 1
    }
}

Describe 'In Pester 6, also docs/pester.md' {
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
        $ran = Invoke-Inner $pester "$TestDrive/Repair-Spooler.Tests.ps1", "$TestDrive/Snippets.Tests.ps1", Style.ps1
    }

    It 'has examples that run' {
        $files.Count, $around.Count, $alone.Count | Should -Be 2, 1, 5
        $examples = $ran.Values | Where-Object File -NE Style.ps1
        $examples | Where-Object Result -NE Passed | ForEach-Object { "$($_.Name): $($_.Message)" } | Should -BeNullOrEmpty
        @($examples).Count | Should -Be 9
    }

    It 'has an assertion in its style, which may be soft' {
        $ran['passes'].Result | Should -Be Passed
        $ran['fails'].Message | Should -BeLike 'Expected at least 1 call, but none came: StartService on Win32_Service*'
        $ran['fails softly'].Message | Should -BeLike '*StartService*StopService*'
    }
}

Describe 'Without a run' {
    BeforeAll {
        $said = Invoke-PowerShell '-NoProfile', '-Command', @"
Import-Module '$Manifest'
try { Start-Cimulator -Isolate } catch { "`$_" }
try { Start-Cimulator -Strict } catch { "`$_" }
@(Get-Cimulator -All).Count
`$null = Start-Cimulator
try { Assert-CimulatorCall StartService } catch { "`$_".Split("``n")[0] }
Stop-Cimulator
"@
    }

    It 'says what -Isolate and -Strict need' {
        $said[0] | Should -BeLike '-Isolate needs a run of Pester*Checkpoint-Cimulator in BeforeEach*'
        $said[1] | Should -BeLike '-Strict needs a run of Pester*'
        $said[2] | Should -Be '0'
    }

    It 'asserts without Pester' {
        $said[3] | Should -Be 'Expected at least 1 call, but none came: StartService'
    }
}
