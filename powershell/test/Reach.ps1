# What the test files of the bridge's client, of targets and of the kit share.
. "$PSScriptRoot/Common.ps1"
$None = [System.Threading.CancellationToken]::None
$Options = [Cimulator.PowerShell.Model.OperationOptions]::new()
$Node = (Get-Command node -CommandType Application -TotalCount 1).Source

# A program that is taken for Node, by the text of a shell script.
function New-Program([string] $Name, [string] $Script) {
    $file = Join-Path ([System.IO.Path]::GetTempPath()) "cimulator-$Name-$([guid]::NewGuid().ToString('N')).sh"
    Set-Content -LiteralPath $file -Value "#!/bin/sh`n$Script"
    [System.IO.File]::SetUnixFileMode($file, 'UserRead, UserWrite, UserExecute')
    $file
}

# The next call starts a bridge that is the fake one.
function Use-FakeBridge([hashtable] $Variables = @{}) {
    Use-Node (New-Program 'fake-node' "[ `"`$1`" = --version ] && { echo v22.0.0; exit; }`nexec '$Node' '$PSScriptRoot/Fakes/bridge.mjs'") $Variables
}

function Use-Node([string] $Program, [hashtable] $Variables = @{}) {
    [Cimulator.PowerShell.Bridge.BridgeHost]::Stop()
    if ($env:CIMULATOR_NODE -like '*cimulator-*.sh') { Remove-Item -LiteralPath $env:CIMULATOR_NODE -ErrorAction Ignore }
    $env:CIMULATOR_NODE = $Program
    $env:FAKE_GREETING = $Variables['FAKE_GREETING']
    $env:FAKE_LOG = $Variables['FAKE_LOG']
}

function Use-RealBridge { Use-Node $null }

# Operations over a connection that needs no server.
function Get-FakeOperations {
    $request = [Cimulator.PowerShell.Model.ConnectionRequest]@{
        ComputerName = 'fake.invalid'; Authentication = 'Basic'; Credential = [pscredential]::new('u', (ConvertTo-SecureString 'p' -AsPlainText -Force))
        SessionOption = [Cimulator.PowerShell.Targets.CimulatorSessionOptions]@{ UseSsl = $true }
    }
    [Cimulator.PowerShell.Model.Services]::Targets.Open($request)
}

# All items of a stream, or the first ones.
function Read-Stream($Stream, [int] $First = [int]::MaxValue, [System.Threading.CancellationToken] $Cancellation = $None) {
    $items = $Stream.GetAsyncEnumerator($Cancellation)
    try { while ($First-- -gt 0 -and $items.MoveNextAsync().AsTask().GetAwaiter().GetResult()) { $items.Current } }
    finally { $null = $items.DisposeAsync().AsTask().GetAwaiter().GetResult() }
}

# Waits for a call; what a call gives that gives nothing is no output.
function Wait-Call($Call) { $null = $Call.GetAwaiter().GetResult() }

function Get-FakeStream($Operations, [string] $Class, $With = $Options) {
    $Operations.EnumerateInstancesAsync('root/fake', [Cimulator.PowerShell.Model.EnumerateOptions]::new($Class), $With, $None)
}

# The exception of a call of .NET, without what PowerShell puts around it.
function Get-Failure([scriptblock] $Call) {
    try { $null = & $Call }
    catch {
        for ($error_ = $_.Exception; $error_ -is [System.Management.Automation.MethodInvocationException] -or $error_ -is [System.AggregateException]; $error_ = $error_.InnerException) { }
        return $error_
    }
    throw 'It did not fail.'
}

# Waits until something is so, for at most some seconds.
function Wait-Until([scriptblock] $Condition, [int] $Seconds = 30) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($clock.Elapsed.TotalSeconds -gt $Seconds) { throw "It was not so within $Seconds s: $Condition" }
        Start-Sleep -Milliseconds 50
    }
}

function Test-Running([int] $Id) { $null -ne (Get-Process -Id $Id -ErrorAction Ignore) }
