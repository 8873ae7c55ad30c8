# The code under test of Sketch.ps1, as a script of operations has it: it knows nothing of a test.
function Repair-Spooler {
    [CmdletBinding()]
    param([Parameter(Mandatory)][string[]] $ComputerName, [switch] $SetAutomatic)

    foreach ($computer in $ComputerName) {
        $service = Get-CimInstance Win32_Service -Filter "Name='Spooler'" -ComputerName $computer
        if (-not $service) { continue }
        if ($SetAutomatic) {
            ($service | Invoke-CimMethod -MethodName Change -Arguments @{ StartMode = 'Automatic' }).ReturnValue -eq 0
            continue
        }
        if ($service.State -eq 'Running') { continue }
        $results = foreach ($try in 1..3) {
            $result = ($service | Invoke-CimMethod -MethodName StartService).ReturnValue
            $result
            if ($result -eq 0) { break }
        }
        if ($results -notcontains 0) { Write-Error "Starting the Spooler of $computer timed out." }
    }
}
