# What Repair.ps1 tests.
function Repair-Spooler {
    [CmdletBinding()]
    param([switch] $SetAutomatic)

    $service = Get-CimInstance Win32_Service -Filter "Name='Spooler'"
    if (-not $service) { return }
    if ($SetAutomatic) {
        return ($service | Invoke-CimMethod -MethodName Change -Arguments @{ StartMode = 'Automatic' }).ReturnValue -eq 0
    }
    foreach ($try in 1..3) {
        if (($service | Invoke-CimMethod -MethodName StartService).ReturnValue -eq 0) { return }
    }
    Write-Error 'Starting the Spooler timed out.'
}
