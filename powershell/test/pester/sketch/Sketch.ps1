#requires -Modules Pester, Cimulator
BeforeAll {
    . $PSScriptRoot/Repair-Spooler.ps1                       # the code under test: Get-CimInstance, Invoke-CimMethod; no change to it
    $lab = Start-Cimulator -ComputerName srv01, srv02 -Model Win32 -Isolate      # free port, own space, rolled back per block
    New-CimulatorInstance Win32_Service @{ Name = 'Spooler'; State = 'Stopped'; StartMode = 'Auto' } -ComputerName srv01
}
AfterAll { $lab | Stop-Cimulator }

Describe 'Repair-Spooler' {
    It 'starts the service on the machine where it is stopped' {
        Repair-Spooler -ComputerName srv01, srv02

        (Get-CimInstance Win32_Service -Filter "Name='Spooler'" -ComputerName srv01).State | Should -Be Running
        Should -HaveReceivedCim StartService -On Win32_Service -Key @{ Name = 'Spooler' } -ComputerName srv01 -Times 1 -Exactly
        Should -Not -HaveReceivedCim StartService -ComputerName srv02
    }
    It 'gives up after three tries' {
        Add-CimulatorFault -Method StartService -ReturnValue 7 -Times 3
        { Repair-Spooler -ComputerName srv01 -ErrorAction Stop } | Should -Throw -ExpectedMessage '*timed out*'
        (Get-CimulatorCall -Method StartService).Count | Should -Be 3
    }
    It 'says which machine could not be reached' {
        Add-CimulatorFault -ComputerName srv02 -AccessDenied
        Repair-Spooler -ComputerName srv01, srv02 -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.Exception.NativeErrorCode | Should -Be AccessDenied
    }
    It 'sends what it should' {
        Register-CimulatorMethod Win32_Service Change { param($Instance, $In) @{ ReturnValue = if ($In.StartMode -eq 'Automatic') { 0 } else { 21 } } }
        Repair-Spooler -ComputerName srv01 -SetAutomatic | Should -BeTrue
    }
}
