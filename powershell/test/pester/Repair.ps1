# Run by KitPester.Tests.ps1: tests of a script that mends a service, as docs/pester.md has them.
BeforeAll {
    . "$PSScriptRoot/../Lab.ps1"
    . "$PSScriptRoot/Repair-Spooler.ps1"                    # the code under test: Get-CimInstance, Invoke-CimMethod; no change to it
    $lab = Start-Cimulator -Schema built-in, "$LabFolder/cimv2.mof" -Provider "$LabFolder/providers.mjs" -Namespace root/cimv2 -Isolate -Strict
    New-CimulatorInstance Win32_Service @{ Name = 'Spooler'; State = 'Stopped'; StartMode = 'Auto' } -Force
}
AfterAll { $lab | Stop-Cimulator }

Describe 'Repair-Spooler' {
    It 'starts the service that is stopped' {
        Repair-Spooler

        (Get-CimInstance Win32_Service -Filter "Name='Spooler'").State | Should -Be Running
        Should -HaveReceivedCim StartService -On Win32_Service -Key @{ Name = 'Spooler' } -Times 1 -Exactly
        Should -Not -HaveReceivedCim StopService
    }
    It 'gives up after three tries' {
        Add-CimulatorFault StartService -ReturnValue 7 -Times 3 | Out-Null
        { Repair-Spooler -ErrorAction Stop } | Should -Throw -ExpectedMessage '*timed out*'
        (Get-CimulatorCall StartService).Count | Should -Be 3
    }
    It 'says that it may not' {
        Add-CimulatorFault -AccessDenied | Out-Null
        Repair-Spooler -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].Exception.NativeErrorCode | Should -Be AccessDenied
    }
    It 'sends what it should' {
        Register-CimulatorMethod Win32_Service Change { param($Instance, $In) @{ ReturnValue = if ($In.StartMode -eq 'Automatic') { 0 } else { 21 } } } | Out-Null
        Repair-Spooler -SetAutomatic | Should -BeTrue
        Should -HaveReceivedCim Change -Argument @{ StartMode = 'Automatic' }
    }
}
