# Run by KitPester.Tests.ps1: tests that must fail, each with the text that its name has.
BeforeAll {
    . "$PSScriptRoot/../Lab.ps1"
    Start-Cimulator -ComputerName srv01 -Schema built-in, "$LabFolder/cimv2.mof" -Namespace root/cimv2 -Isolate -Strict | Out-Null
    $null = Register-CimulatorMethod Win32_Service StartService { 0 }
    function Start-Spooler([string] $Method = 'StartService') { Get-CimInstance Win32_Service -Filter "Name='Spooler'" | Invoke-CimMethod -MethodName $Method -ErrorAction Ignore }
}
AfterAll { Stop-Cimulator }

Describe 'failing' {
    It 'expected' { Start-Spooler; Should -HaveReceivedCim StartService -On Win32_Service -Key @{ Name = 'Fax' } -Times 2 -Exactly -Because 'it prints' }
    It 'of another method' { Start-Spooler; Should -HaveReceivedCim StopService -Argument @{ Force = $true } }
    It 'not expected' { Start-Spooler; Should -Not -HaveReceivedCim StartService }
    It 'unknown class' { Get-CimInstance Win32_Fridge -ErrorAction Ignore }
    It 'unknown method' { Start-Spooler Defrost }
    It 'unknown namespace' { Get-CimInstance Win32_Service -Namespace root/nowhere -ErrorAction Ignore }
    It 'method that nobody answers' { Start-Spooler PauseService }
    It 'unknown class that a rule made' {
        $null = Add-CimulatorFault -ClassName Win32_Service -CimError InvalidClass
        Get-CimInstance Win32_Service -ErrorAction Ignore
    }
    It 'a script that throws' {
        $null = Register-CimulatorMethod Win32_Service StopService { throw 'thrown in the script' }
        Start-Spooler StopService
    }
    It 'nothing' { Start-Spooler }
}
