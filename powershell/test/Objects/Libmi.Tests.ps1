# A libmi in the same process: one that refuses, and one that an application was opened with before the module came.
BeforeDiscovery {
    $loads = @(
        @{ When = 'before the import, when it refuses'; Result = 1; Before = $true; First = 'failed'; Later = 'Test_New' }
        @{ When = 'before the import, when it is in use'; Result = 0; Before = $true; First = 'failed'; Later = 'failed' }
        @{ When = 'after the import'; Result = 0; Before = $false; First = 'Test_New'; Later = 'Test_New' }
    )
}

BeforeAll {
    . "$PSScriptRoot/../Common.ps1"
    $compiler = (Get-Command gcc -CommandType Application -ErrorAction Ignore -TotalCount 1).Source
}

Describe 'a libmi' {
    It 'harms nothing that is loaded <When>' -ForEach $loads {
        if (-not $compiler -or -not $IsLinux) {
            Set-ItResult -Skipped -Because 'there is no gcc on Linux to make a libmi with'
            return
        }

        $library = Join-Path (New-Item -ItemType Directory "$TestDrive/$When") libmi.so
        & $compiler -shared -fPIC "-DRESULT=$Result" '-Wl,-soname,libmi.so' -o $library "$PSScriptRoot/libmi.c"
        $LASTEXITCODE | Should -Be 0
        $load = "`$handle = [System.Runtime.InteropServices.NativeLibrary]::Load('$library'); New-One"
        $import = ". '$PSScriptRoot/Common.ps1'"
        $said = Invoke-PowerShell '-NoProfile', '-NonInteractive', '-Command', @"
function New-One { try { [ciminstance]::new('Test_New').CimSystemProperties.ClassName } catch { 'failed' } }
$(if ($Before) { $load, $import -join "`n" } else { $import, $load -join "`n" })
[Cimulator.PowerShell.Objects.CimObjects]::IsFallback
`$disk = Instance Test_Disk root/test @((Property DeviceID String 'C:' Key), (Property Part Instance (InstanceData Test_Part '' @(Property No UInt32 ([uint32]3)))))
`$disk.Part.No
"`$disk"
`$disk.psbase.CimInstanceProperties['DeviceID'].psbase.Value
`$disk.DeviceID = 'D:'
`$disk.DeviceID
`$disk = `$null
1..200 | ForEach-Object { `$null = Instance Test_X '' @(Property A String a) }
[gc]::Collect(); [gc]::WaitForPendingFinalizers()
New-One
"@
        $said | Should -Be $First, 'False', 3, 'Test_Disk (DeviceID = "C:")', 'C:', 'D:', $Later
        $LASTEXITCODE | Should -Be 0
    }
}
