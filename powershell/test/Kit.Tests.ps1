# Start-, Get- and Stop-Cimulator: what they start, what they return, and that nothing stays behind.
BeforeAll {
    . "$PSScriptRoot/Reach.ps1"
    $space = 'root/cimv2/storage/iScsiTarget'

    # Runs a script in a PowerShell of its own that has the module; gives the lines that it wrote.
    function Invoke-Child([string] $Script) { pwsh -NoProfile -Command "Import-Module '$Manifest'; $Script" 2>&1 | ForEach-Object { "$_" } }

    function Test-Answers([string] $Url) {
        try { $null = Invoke-WebRequest -Uri $Url -Method Post -SkipHttpErrorCheck -TimeoutSec 30; $true }
        catch { $false }
    }
}
AfterAll {
    Stop-Cimulator
    Remove-Module Cimulator -ErrorAction Ignore
}

Describe 'Start-Cimulator' {
    AfterEach { Stop-Cimulator }

    It 'returns when the endpoint answers, with all that is needed to call it' {
        $lab = Start-Cimulator -ComputerName srv01, srv02
        Test-Answers $lab.Url | Should -BeTrue
        $lab.Url | Should -Match '^http://127\.0\.0\.1:\d+/wsman$'
        $lab.HttpsUrl | Should -Match '^https://127\.0\.0\.1:\d+/wsman$'
        $lab.Fingerprint | Should -Match '^([0-9A-F]{2}:){31}[0-9A-F]{2}$'
        $lab.Credential.UserName, $lab.Credential.Password.Length | Should -Be 'cimulator', 32
        $lab.ComputerName | Should -Be 'srv01', 'srv02'
        $lab.CimSession | Should -BeOfType Microsoft.Management.Infrastructure.CimSession
        @($lab.CimSession | Get-CimInstance -Namespace $space -ClassName MSFTSM_ComputerSystem).Count | Should -Be 3
    }

    It 'gives a session that is in no list, and that its instances know' {
        $lab = Start-Cimulator -ComputerName srv01
        Get-CimSession | Should -BeNullOrEmpty
        $systems = @($lab.CimSession | Get-CimInstance -Namespace $space -ClassName MSFTSM_ComputerSystem)
        $systems[0].PSComputerName, $systems[0].GetCimSessionInstanceId() | Should -Be 'srv01', $lab.CimSession.InstanceId
        ($systems[0] | Get-CimInstance).GetCimSessionInstanceId() | Should -Be $lab.CimSession.InstanceId
        $mine = New-CimSession -ComputerName srv01
        try {
            $mine.Id, $mine.Name | Should -Be 1, 'CimSession1'
            @(Get-CimSession).InstanceId | Should -Be $mine.InstanceId
        }
        finally { $mine | Remove-CimSession }
        Get-CimSession | Should -BeNullOrEmpty
    }

    It 'shows its password nowhere' {
        $lab = Start-Cimulator -ComputerName srv01 -Verbose 4>&1 | Tee-Object -Variable said | Where-Object { $_ -is [Cimulator.PowerShell.Kit.CimulatorEndpoint] }
        $password = $lab.Credential.GetNetworkCredential().Password
        $shown = "$($said | Out-String)$($lab | Format-List * | Out-String)$($lab | ConvertTo-Json -WarningAction Ignore)$([Cimulator.PowerShell.Model.Services]::Targets.Default().Target)"
        $shown | Should -Not -BeLike "*$password*"
        foreach ($id in $lab.ProcessId, $PID) {
            if (Test-Path "/proc/$id") { "$(Get-Content "/proc/$id/cmdline" -Raw)$(Get-Content "/proc/$id/environ" -Raw)" | Should -Not -BeLike "*$password*" }
        }
    }

    It 'leaves the variables of whoever calls it alone' {
        $said = Invoke-Child '& { $lab = Start-Cimulator -ComputerName srv01; foreach ($name in 1) { $name } }; & { $name = 7; $null = Start-Cimulator; $name }'
        $said | Should -Be '1', '7'
    }

    It 'makes another account each time' {
        $passwords = 1..2 | ForEach-Object { (Start-Cimulator).Credential.GetNetworkCredential().Password }
        $passwords[0] | Should -Not -Be $passwords[1]
    }

    It 'takes a port' {
        $listener = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        try { { Start-Cimulator -Port $port } | Should -Throw "*endpoint does not start*$port*" }
        finally { $listener.Stop() }
        ([uri](Start-Cimulator -Port $port).Url).Port | Should -Be $port
    }

    It 'serves classes, instances and providers of files, found from where the script is' {
        Push-Location $TestDrive
        try {
            Set-Content lab.mof 'class LAB_Lamp { [Key] string Name; uint32 Toggle([In] boolean On); }; instance of LAB_Lamp { Name = "one"; };'
            Set-Content lamp.mjs @'
export const providers = [{ className: 'LAB_Lamp', methods: { Toggle: () => ({ ReturnValue: 7 }) } }];
'@
            $null = Start-Cimulator -Schema lab.mof -Provider ./lamp.mjs -Namespace root/cimv2
        }
        finally { Pop-Location }
        (Get-CimInstance LAB_Lamp).Name | Should -Be 'one'
        (Get-CimInstance LAB_Lamp | Invoke-CimMethod -MethodName Toggle -Arguments @{ On = $true }).ReturnValue | Should -Be 7
    }

    It 'takes labs by their names' {
        $null = Start-Cimulator -Lab none
        Get-CimInstance -Namespace $space -ClassName MSFTSM_ComputerSystem | Should -BeNullOrEmpty
    }

    It 'says in one line why it does not start' {
        $failure = { Start-Cimulator -Lab no-such-lab } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Be 'EndpointNotStarted,Cimulator.PowerShell.Kit.StartCimulatorCommand'
        $failure.Exception.Message | Should -Match '^the endpoint does not start: .*no-such-lab'
        Get-Cimulator | Should -BeNullOrEmpty
    }

    It 'lets no call go to a real computer that was meant for an endpoint that did not start' {
        { Start-Cimulator -ComputerName srv01 -Lab no-such-lab } | Should -Throw
        $meant = { Get-CimInstance -ComputerName srv01 -ClassName Win32_Service -ErrorAction Stop }
        $meant | Should -Throw "The computer name 'srv01' is refused: Start-Cimulator failed,*"
        $env:CIMULATOR_STARTED | Should -Be localhost
        $null = Start-Cimulator -ComputerName srv01
        { Get-CimInstance -ComputerName srv01 -ClassName Win32_Service -Filter "Name='Spooler'" -ErrorAction Stop } | Should -Not -Throw
        Get-Cimulator | Stop-Cimulator
        { Get-CimInstance -ComputerName srv01.invalid -ClassName Win32_Service -ErrorAction Stop } | Should -Throw '*the host name is not known*'
    }

    It 'takes no name that is none' {
        { Start-Cimulator -ComputerName 'a/b' } | Should -Throw "'a/b' is no name of a computer."
    }

    It 'minds no variable that is meant for the command line' {
        $env:CIMULATOR_LAB = 'no-such-lab'
        $env:CIMULATOR_PORT = 'off'
        try { Test-Answers (Start-Cimulator).Url | Should -BeTrue }
        finally { $env:CIMULATOR_LAB = $env:CIMULATOR_PORT = $null }
    }

    It 'says what to do where there is no Node' {
        $env:CIMULATOR_NODE = '/nowhere/node'
        try { { Start-Cimulator } | Should -Throw '$env:CIMULATOR_NODE is /nowhere/node*' }
        finally { $env:CIMULATOR_NODE = $null }
    }

    It 'does nothing more with -TakeOver, off Windows' {
        $null = Start-Cimulator -TakeOver -ComputerName srv01 -WarningVariable said
        $said | Should -BeNullOrEmpty
        (Get-Command Get-CimInstance).CommandType | Should -Be Cmdlet
    }

    It 'starts several at once' {
        $said = 1..3 | ForEach-Object -Parallel {
            Import-Module $using:Manifest
            $lab = Start-Cimulator -ComputerName (@{ 1 = 'srv01'; 2 = 'srv02'; 3 = 'iscsi-b' })[$_]
            "$($lab.ComputerName) $((Get-CimInstance -Namespace $using:space -ClassName MSFTSM_ComputerSystem).Count)"
            $lab | Stop-Cimulator
        } -ThrottleLimit 3
        $said | Sort-Object | Should -Be 'iscsi-b 3', 'srv01 3', 'srv02 3'
    }

    It 'is stopped by Ctrl+C while it starts, and leaves nothing' {
        $note = Join-Path $TestDrive 'started'
        Use-Node (New-Program 'slow-node' "echo `$`$ > '$note'; exec sleep 300")
        try {
            $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
            $null = $shell.AddScript("Import-Module '$Manifest'; Start-Cimulator")
            $null = $shell.BeginInvoke()
            Wait-Until { (Test-Path $note) -and (Get-Content $note) }
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 30
            $shell.InvocationStateInfo.State | Should -Be Stopped
            $shell.Dispose()
        }
        finally { Use-RealBridge }
        Wait-Until { -not (Test-Running (Get-Content $note)) }
    }
}

Describe 'Get-Cimulator' {
    AfterEach { Stop-Cimulator }

    It 'lists those of this runspace, and with -All those of others' {
        $lab = Start-Cimulator -ComputerName srv01
        $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
        try {
            $null = $shell.AddScript("Import-Module '$Manifest'; `$null = Start-Cimulator -ComputerName srv02; Get-Cimulator")
            $shell.Invoke().ComputerName | Should -Be 'srv02'
            (Get-Cimulator).Url | Should -Be $lab.Url
            (Get-Cimulator -All).ComputerName | Should -Be 'srv01', 'srv02'
        }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
    }
}

Describe 'Stop-Cimulator' {
    It 'ends what is piped in, from both commands, and their sessions' {
        $first = Start-Cimulator -ComputerName srv01
        $null = Start-Cimulator -ComputerName srv02
        $first | Stop-Cimulator
        Wait-Until { -not (Test-Running $first.ProcessId) }
        (Get-Cimulator).ComputerName | Should -Be 'srv02'
        { Get-CimClass -CimSession $first.CimSession -Namespace $space -ClassName MSFTSM_ComputerSystem -ErrorAction Stop } | Should -Throw
        Get-Cimulator | Stop-Cimulator
        Get-Cimulator | Should -BeNullOrEmpty
    }

    It 'ends all of the runspace when it is given nothing, and none when the pipe is empty' {
        $labs = 1..2 | ForEach-Object { Start-Cimulator }
        Get-Cimulator | Where-Object Url -EQ 'http://nowhere' | Stop-Cimulator
        @(Get-Cimulator).Count | Should -Be 2
        Stop-Cimulator
        $labs.ProcessId | ForEach-Object { $id = $_; Wait-Until { -not (Test-Running $id) } }
    }

    It 'takes one that has ended already' {
        $lab = Start-Cimulator
        Stop-Process -Id $lab.ProcessId -Force
        { $lab | Stop-Cimulator; $lab | Stop-Cimulator } | Should -Not -Throw
    }
}

Describe 'the end of an endpoint' {
    It 'comes with its process, <How>' -ForEach @(
        @{ How = 'whose script ends'; End = '' }
        @{ How = 'that exits'; End = 'exit 3' }
        @{ How = 'that is killed'; End = 'Stop-Process -Id $PID -Force' }
    ) {
        $id = [int](Invoke-Child "(Start-Cimulator).ProcessId; $End" | Where-Object { $_ -match '^\d+$' })
        $id | Should -BeGreaterThan 0
        Wait-Until { -not (Test-Running $id) }
    }

    It 'comes with the module' {
        $id, $isRunning, $answers = Invoke-Child '$lab = Start-Cimulator; $lab.ProcessId; Remove-Module Cimulator; [bool](Get-Process -Id $lab.ProcessId -ErrorAction Ignore); try { $null = Invoke-WebRequest $lab.Url; 1 } catch { 0 }'
        [int]$id | Should -BeGreaterThan 0
        $isRunning, $answers | Should -Be 'False', '0'
    }
}

Describe 'the module' {
    It 'can be removed and imported again' {
        $script = @"
            1..2 | ForEach-Object {
                Import-Module '$Manifest'
                `$lab = Start-Cimulator -ComputerName srv01
                `$system = @(Get-CimInstance -Namespace $space -ClassName MSFTSM_ComputerSystem)[0]
                "`$(`$system.Name) `$(`$system.CimClass.CimSuperClassName)"
                Remove-Module Cimulator
            }
"@
        Invoke-Child $script | Should -Be 'iscsi-a.lab.example CIM_ComputerSystem', 'iscsi-a.lab.example CIM_ComputerSystem'
    }

    It 'is found by other runspaces by itself, until it is removed' {
        $inherited, $env:PSModulePath = $env:PSModulePath, $null
        try {
            $found, $during, $after = Invoke-Child "
                Start-ThreadJob { (Get-Command gcim).ResolvedCommand.ModuleName } | Receive-Job -Wait -AutoRemoveJob
                (`$env:PSModulePath -split ':') -contains '$Root/powershell'
                Remove-Module Cimulator
                (`$env:PSModulePath -split ':') -contains '$Root/powershell'"
        }
        finally { $env:PSModulePath = $inherited }
        $found, $during, $after | Should -Be 'Cimulator', 'True', 'False'
    }

    It 'exports what its manifest says, with its aliases' {
        $manifest = Import-PowerShellDataFile $Manifest
        (Get-Command -Module Cimulator -CommandType Cmdlet).Name | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
        (Get-Command -Module Cimulator -CommandType Alias).Name | Sort-Object | Should -Be ($manifest.AliasesToExport | Sort-Object)
    }

    It 'compiles itself where it was not built, once, into a folder of the user''s own' {
        $copy = Join-Path $TestDrive 'checkout/powershell'
        $null = New-Item -ItemType Directory $copy
        Copy-Item "$Root/powershell/Cimulator" $copy -Recurse
        Remove-Item "$copy/Cimulator/bin" -Recurse -ErrorAction Ignore
        Copy-Item "$Root/powershell/src" $copy -Recurse
        $env:XDG_CACHE_HOME = Join-Path $TestDrive 'cache'
        try {
            $script = "Import-Module '$copy/Cimulator'; (Get-Command Get-CimInstance).ImplementingType.Assembly.Location"
            $first = pwsh -NoProfile -Command $script
            $made = Get-Item $first
            $second = pwsh -NoProfile -Command $script
            . "$copy/Cimulator/Compile.ps1"
            $sum = Get-SourceHash (Get-ChildItem "$copy/src" -Recurse -Filter *.cs)
            Add-Content "$copy/src/Model/Services.cs" '// changed'
            $changed = Get-SourceHash (Get-ChildItem "$copy/src" -Recurse -Filter *.cs)
        }
        finally { $env:XDG_CACHE_HOME = $null }
        $first | Should -BeLike "$TestDrive/cache/cimulator-powershell/*/Cimulator.PowerShell.dll"
        $second, (Get-Item $second).LastWriteTimeUtc | Should -Be $first, $made.LastWriteTimeUtc
        $changed | Should -Not -Be $sum
        (Get-ChildItem "$TestDrive/cache/cimulator-powershell" -Directory).UnixMode | Select-Object -Unique | Should -Be 'drwx------'
        @(Get-ChildItem $made.Directory).Count | Should -Be 1
    }

    It 'works from where its command installs it, and finds its package' {
        $modules = Join-Path $TestDrive 'modules'
        & $Node "$Root/dist/cli/main.js" powershell-module --install --to $modules | Should -Be "$modules/Cimulator"
        pwsh -NoProfile -Command "Import-Module '$modules/Cimulator'; `$null = Start-Cimulator; @(Get-CimInstance -Namespace $space -ClassName MSFTSM_ComputerSystem).Count" | Should -Be 3
        Set-Content "$modules/Cimulator/package-path.txt" '/nowhere'
        pwsh -NoProfile -Command "Import-Module '$modules/Cimulator'; try { Start-Cimulator } catch { `"`$_`" }" | Should -BeLike 'the package of this module is not at /nowhere any more: run *'
    }
}
