# What happens when servers hang, processes are killed and the module goes: nothing waits for ever, and nothing stays behind.
BeforeAll {
    . "$PSScriptRoot/Reach.ps1"
    $space = 'root/cimv2/storage/iScsiTarget'

    # A server of Fakes/server.mjs: Process, Port, and Said, a task of its lines.
    function Start-HangingServer([string] $Mode) {
        $start = [System.Diagnostics.ProcessStartInfo]::new($Node)
        $start.ArgumentList.Add("$PSScriptRoot/Fakes/server.mjs")
        $start.ArgumentList.Add($Mode)
        $start.RedirectStandardOutput = $start.RedirectStandardInput = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $port = [int] $process.StandardOutput.ReadLine()
        [pscustomobject]@{ Process = $process; Port = $port; Said = $process.StandardOutput.ReadToEndAsync() }
    }

    # The lines that it said in all.
    function Stop-HangingServer($Server) {
        $Server.Process.StandardInput.Close()
        $Server.Process.WaitForExit()
        $Server.Said.Result -split "`n" | Where-Object { $_ }
    }

    # A script in another runspace, that runs: Shell, Output.
    function Start-Elsewhere([string] $Script) {
        $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
        $null = $shell.AddScript("Import-Module '$Manifest'; $Script")
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $null = $shell.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        [pscustomobject]@{ Shell = $shell; Output = $output }
    }

    # Stops it as Ctrl+C does; gives the milliseconds that this took.
    function Stop-Elsewhere($Run) {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $Run.Shell.Stop()
        $clock.ElapsedMilliseconds
        $Run.Shell.Runspace.Dispose()
        $Run.Shell.Dispose()
    }

    # A PowerShell that runs a script until it is killed; the numbers that it wrote in its first line.
    function Start-Child([string] $Script) {
        $start = [System.Diagnostics.ProcessStartInfo]::new('pwsh')
        foreach ($argument in '-NoProfile', '-NonInteractive', '-Command', "Import-Module '$Manifest'; $Script") { $start.ArgumentList.Add($argument) }
        $start.RedirectStandardOutput = $true
        $process = [System.Diagnostics.Process]::Start($start)
        [int[]]($process.StandardOutput.ReadLine() -split ' ')
    }
}
AfterAll {
    Stop-Cimulator
    Remove-Module Cimulator -ErrorAction Ignore
}

Describe 'a server that <What>' -ForEach @(@{ Mode = 'silent'; What = 'answers nothing' }, @{ Mode = 'half'; What = 'stops in the middle of an answer' }) {
    BeforeAll {
        $server = Start-HangingServer $Mode
        $env:CIMULATOR_URL = "http://127.0.0.1:$($server.Port)/wsman"
        $env:CIMULATOR_USER = 'lab:secret'
        $env:CIMULATOR_CLIENT_AUTH = 'basic'
    }
    AfterAll {
        $env:CIMULATOR_URL = $env:CIMULATOR_USER = $env:CIMULATOR_CLIENT_AUTH = $null
        if (-not $server.Process.HasExited) { $null = Stop-HangingServer $server }
    }

    It 'is waited for as long as -OperationTimeoutSec says, by <Name>' -ForEach @(
        @{ Name = 'Get-CimInstance'; Call = { Get-CimInstance -ClassName CIM_Service -OperationTimeoutSec 1 -ErrorAction Stop } }
        @{ Name = 'Invoke-CimMethod'; Call = { Invoke-CimMethod -ClassName CIM_Service -MethodName StartService -OperationTimeoutSec 1 -ErrorAction Stop } }
        @{ Name = 'Get-CimClass'; Call = { Get-CimClass -ClassName CIM_Service -OperationTimeoutSec 1 -ErrorAction Stop } }
    ) {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $failure = $Call | Should -Throw -PassThru
        $clock.Elapsed.TotalSeconds | Should -BeGreaterThan 0.9
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 8
        $failure.Exception | Should -BeOfType Microsoft.Management.Infrastructure.CimException
        $failure.Exception.MessageId | Should -Be 'HRESULT 0x80338029'
    }

    It 'does not keep Ctrl+C waiting, and is left' {
        $run = Start-Elsewhere 'Get-CimInstance -ClassName CIM_Service'
        Start-Sleep -Milliseconds 1500
        Stop-Elsewhere $run | Should -BeLessThan 2000
        $run.Shell.InvocationStateInfo.State | Should -Be Stopped
        [Cimulator.PowerShell.Bridge.BridgeHost]::ProcessId | Should -Not -BeNullOrEmpty
        Start-Sleep -Milliseconds 500
        $said = Stop-HangingServer $server
        @($said -eq 'asked').Count | Should -Be 4
        @($said -eq 'left').Count | Should -Be 4
    }
}

Describe 'the module' {
    It 'can be removed while calls are open, which end, and be imported again' {
        $script = @"
            Import-Module '$Manifest'
            `$null = Start-Cimulator
            `$shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
            `$null = `$shell.AddScript("Import-Module '$Manifest'; 1..200 | ForEach-Object { Get-CimInstance -Namespace $space -ClassName MSFTSM_ComputerSystem }")
            `$run = `$shell.BeginInvoke()
            Start-Sleep 1
            `$shell.Stop()
            `$shell.Runspace.Dispose()
            `$bridge = [Cimulator.PowerShell.Bridge.BridgeHost]::ProcessId
            Remove-Module Cimulator
            [bool](Get-Process -Id `$bridge -ErrorAction Ignore)
            Import-Module '$Manifest'
            `$null = Start-Cimulator
            @(Get-CimInstance -Namespace $space -ClassName MSFTSM_ComputerSystem).Count
"@
        pwsh -NoProfile -Command $script | Should -Be 'False', '3'
    }

    It 'serves two processes at once, each with an endpoint of its own' {
        $script = "(Start-Cimulator -ComputerName srv01).ProcessId; 1..20 | ForEach-Object { @(Get-CimInstance -Namespace $space -ClassName MSFTSM_ComputerSystem).Count } | Measure-Object -Sum | ForEach-Object Sum; [Cimulator.PowerShell.Bridge.BridgeHost]::ProcessId"
        $said = 1..2 | ForEach-Object -Parallel { , @(pwsh -NoProfile -Command "Import-Module '$using:Manifest'; $using:script") } -ThrottleLimit 2
        $said[0][1], $said[1][1] | Should -Be '60', '60'
        $ids = $said[0][0, 2] + $said[1][0, 2]
        @($ids | Select-Object -Unique).Count | Should -Be 4
        foreach ($id in $ids) { Wait-Until { -not (Test-Running $id) } }
    }
}

Describe 'a PowerShell that is killed in the middle of an enumeration' {
    It 'leaves neither bridge nor endpoint' {
        Set-Content "$TestDrive/many.mof" -Value @('class LAB_Item { [Key] uint32 Id; };'; 1..5000 | ForEach-Object { "instance of LAB_Item { Id = $_; };" })
        $shell, $children = Start-Child @"
            `$lab = Start-Cimulator -Schema '$TestDrive/many.mof' -Namespace root/cimv2
            Get-CimInstance LAB_Item | ForEach-Object {
                if (-not `$said) { `$said = 1; [Console]::Out.WriteLine("`$PID `$(`$lab.ProcessId) `$([Cimulator.PowerShell.Bridge.BridgeHost]::ProcessId)") }
                Start-Sleep -Milliseconds 5
            }
"@
        $children.Count | Should -Be 2
        foreach ($id in $children) { Test-Running $id | Should -BeTrue }
        Stop-Process -Id $shell -Force
        foreach ($id in $children) { Wait-Until { -not (Test-Running $id) } }
    }
}
