# Measures inside one PowerShell what bench/powershell.mjs asks for, a line each way. The default endpoint is the environment's.
param([string] $Manifest, [string] $Namespace, [string] $ClassName)

Import-Module $Manifest
$bridge = [Cimulator.PowerShell.Bridge.BridgeHost]

function Get-Resident([int] $Id) { [long][regex]::Match([System.IO.File]::ReadAllText("/proc/$Id/status"), 'VmRSS:\s+(\d+)').Groups[1].Value / 1024 }

# Nothing may run that the import started.
function Get-Started { @(Get-ChildItem "/proc/$PID/task" | ForEach-Object { [System.IO.File]::ReadAllText("$_/children").Trim() } | Where-Object { $_ }).Count }

function Measure-First { $null = Get-CimInstance -Namespace $Namespace -ClassName $ClassName -Filter 'Id = "i1"' }

function Measure-Invoke([int] $Count) {
    for ($n = 0; $n -lt $Count; $n++) { $null = Invoke-CimMethod -Namespace $Namespace -ClassName $ClassName -MethodName Ping }
}

# Milliseconds until the first object, and how many there were; memory of both processes at two marks.
function Measure-Stream {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $seen = @{ Count = 0; First = 0; Marks = @() }
    Get-CimInstance -Namespace $Namespace -ClassName $ClassName | & {
        process {
            if ($seen.Count++ -eq 0) { $seen.First = $clock.Elapsed.TotalMilliseconds }
            if ($seen.Count -eq 20000 -or $seen.Count -eq 100000) { $seen.Marks += , @((Get-Resident $PID), (Get-Resident $bridge::ProcessId)) }
        }
    }
    $seen
}

while ($line = [Console]::In.ReadLine()) {
    $what, $argument = -split $line
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $result = switch ($what) {
        started { Get-Started }
        first { Measure-First }
        invoke { Measure-Invoke $argument }
        all { @(Get-CimInstance -Namespace $Namespace -ClassName $ClassName).Count }
        stream { Measure-Stream }
        resident { Get-Resident $bridge::ProcessId }
    }
    [Console]::Out.WriteLine((@{ passed = $clock.Elapsed.TotalMilliseconds; result = $result } | ConvertTo-Json -Compress -Depth 5))
}
