# Run by KitPester.Tests.ps1, in Pester 6: the assertion in its style, hard and soft.
BeforeAll {
    . "$PSScriptRoot/../Lab.ps1"
    Start-Cimulator -ComputerName srv01 -Schema built-in, "$LabFolder/cimv2.mof" -Namespace root/cimv2 | Out-Null
}
AfterAll { Stop-Cimulator }

Describe 'Should-HaveReceivedCim' {
    It 'passes' {
        $null = Get-CimInstance Win32_Service
        Should-HaveReceivedCim -On Win32_Service
        Should-HaveReceivedCim StartService -Not
        Should-HaveReceivedCim StartService -Times 0
    }
    It 'fails' { Should-HaveReceivedCim StartService -On Win32_Service }
    It 'fails softly' {
        Should-HaveReceivedCim StartService -ErrorAction Continue
        Should-HaveReceivedCim StopService -ErrorAction Continue
    }
}
