# What the test files share: where things are, the module as it is built, and endpoints that run beside the tests.
$Root = (Resolve-Path "$PSScriptRoot/../..").Path
$Fixtures = Join-Path $Root 'fixtures' 'powershell'
$Manifest = Join-Path $Root 'powershell' 'Cimulator' 'Cimulator.psd1'
Import-Module $Manifest

# An endpoint with the account lab:secret, without the kit: Process, HttpPort, HttpsPort.
function Start-TestEndpoint([string[]] $Options = @()) {
    $start = [System.Diagnostics.ProcessStartInfo]::new('node')
    # Without a state: what one test leaves behind is not for the next one.
    foreach ($argument in @("$Root/dist/cli/main.js", 'serve', '--user', 'lab:secret', '--port', '0', '--https-port', '0', '--state', 'none') + $Options) {
        $start.ArgumentList.Add($argument)
    }
    $start.RedirectStandardOutput = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $ports = @{}
    while ($ports.Count -lt 2) {
        $line = $process.StandardOutput.ReadLine()
        if ($null -eq $line) { throw 'The endpoint ended before it was ready.' }
        if ($line -match '^\s*(HTTPS?)\s+https?://127\.0\.0\.1:(\d+)/wsman') { $ports[$Matches[1]] = [int] $Matches[2] }
    }
    $null = $process.StandardOutput.ReadToEndAsync()
    [pscustomobject]@{ Process = $process; HttpPort = $ports['HTTP']; HttpsPort = $ports['HTTPS'] }
}

function Stop-TestEndpoint($Endpoint) {
    $Endpoint.Process.Kill()
    $Endpoint.Process.WaitForExit()
}

# Another PowerShell like this one; as a dotnet tool it runs under dotnet.
function Invoke-PowerShell([string[]] $Arguments) {
    $program = [System.Environment]::ProcessPath
    if ((Split-Path -LeafBase $program) -eq 'dotnet') { $Arguments = @("$PSHOME/pwsh.dll") + $Arguments }
    & $program @Arguments
}
