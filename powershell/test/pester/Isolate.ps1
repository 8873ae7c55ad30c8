# Run by KitPester.Tests.ps1, in a Pester of each version: what each test sees of what others did.
BeforeAll {
    . "$PSScriptRoot/../Lab.ps1"
    Start-Cimulator -ComputerName srv01 -Schema built-in, "$LabFolder/cimv2.mof" -Namespace root/cimv2 -Isolate | Out-Null
    New-CimulatorInstance Win32_Service @{ Name = 'Mine'; State = 'Stopped' }
    function Get-MyState([string] $Name = 'Mine') { (Get-CimInstance Win32_Service -Filter "Name='$Name'").State }
    function Start-Mine { Get-CimInstance Win32_Service -Filter "Name='Mine'" | Invoke-CimMethod -MethodName StartService -ErrorAction Stop }
}
AfterAll { Stop-Cimulator }

Describe 'a block' {
    BeforeAll {
        Set-CimulatorInstance Win32_Service @{ Name = 'Mine' } @{ State = 'Paused' }
        $null = Register-CimulatorMethod Win32_Service StartService { 3 }
        (Start-Mine).ReturnValue | Should -Be 3
    }

    It 'changes state, rules and methods' {
        Get-MyState | Should -Be Paused
        Set-CimulatorInstance Win32_Service @{ Name = 'Mine' } @{ State = 'Running' }
        New-CimulatorInstance Win32_Service @{ Name = 'More' }
        $null = Register-CimulatorMethod Win32_Service StartService { 4 }
        $null = Add-CimulatorFault StopService -ReturnValue 9
        (Start-Mine).ReturnValue | Should -Be 4
        Should -HaveReceivedCim StartService -Times 2 -Exactly
    }

    It 'sees what its block made, and nothing of the test before' {
        Get-MyState | Should -Be Paused
        Get-CimInstance Win32_Service -Filter "Name='More'" | Should -BeNullOrEmpty
        Get-CimulatorFault | Should -BeNullOrEmpty
        (Start-Mine).ReturnValue | Should -Be 3
        Should -HaveReceivedCim StartService -Times 2 -Exactly
        @(Get-CimulatorCall StartService).Count | Should -Be 2
    }

    Context 'an inner one' {
        BeforeAll { Set-CimulatorInstance Win32_Service @{ Name = 'Mine' } @{ State = 'Inner' } }
        It 'has its own' { Get-MyState | Should -Be Inner }
        It 'keeps it' { Get-MyState | Should -Be Inner }
    }

    It 'has its own state behind an inner one' { Get-MyState | Should -Be Paused }
}

Describe 'another block' {
    It 'sees nothing of the first' {
        Get-MyState | Should -Be Stopped
        Get-CimulatorCall StartService | Should -BeNullOrEmpty
        Should -Not -HaveReceivedCim StartService
    }
}
