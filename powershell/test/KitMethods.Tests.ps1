# Script blocks that answer methods, and rules that make calls fail.
BeforeAll {
    . "$PSScriptRoot/Lab.ps1"
    Start-TestLab -ComputerName srv01 | Out-Null
    function Invoke-Spooler([string] $Method, [hashtable] $Arguments = @{}) {
        Get-CimInstance Win32_Service -Filter "Name='Spooler'" | Invoke-CimMethod -MethodName $Method -Arguments $Arguments -ErrorAction Stop
    }
}
AfterAll { Stop-Cimulator }

Describe 'Register-CimulatorMethod' {
    AfterEach {
        try { Reset-Cimulator } catch { Reset-Cimulator }
    }

    It 'lets a script answer with a number, or with a hashtable' {
        $null = Register-CimulatorMethod Win32_Service StartService -Namespace root/cimv2 { param($Instance, $In) if ($Instance.Name -eq 'Spooler') { 5 } else { 6 } }
        (Invoke-Spooler StartService).ReturnValue | Should -Be 5
        $null = Register-CimulatorMethod Win32_Service Change -Namespace root/cimv2 { param($Instance, $In) @{ ReturnValue = if ($In.StartMode -eq 'Automatic') { 0 } else { 21 } } }
        (Invoke-Spooler Change @{ StartMode = 'Automatic' }).ReturnValue | Should -Be 0
        (Invoke-Spooler Change @{ StartMode = 'Never' }).ReturnValue | Should -Be 21
    }

    It 'gives the method back' {
        $before = (Invoke-Spooler StartService).ReturnValue
        $method = Register-CimulatorMethod Win32_Service StartService -Namespace root/cimv2 { 99 }
        (Invoke-Spooler StartService).ReturnValue | Should -Be 99
        $method | Unregister-CimulatorMethod
        (Invoke-Spooler StartService).ReturnValue | Should -Be $before
        { Unregister-CimulatorMethod none } | Should -Throw '*no such method*' -ErrorId 'NotFound,*'
    }

    It 'brings values along by $using:' {
        $answer = 4
        $null = Register-CimulatorMethod Win32_Service StopService -Namespace root/cimv2 { $using:answer }
        (Invoke-Spooler StopService).ReturnValue | Should -Be 4
    }

    It 'makes an error of the script the error of the call, and of the next cmdlet of the kit' {
        $null = Register-CimulatorMethod Win32_Service StopService -Namespace root/cimv2 {
            throw 'no way'
        }
        $place = '*no way (at *KitMethods.Tests.ps1:*, the answer of Win32_Service.StopService)*'
        { Invoke-Spooler StopService } | Should -Throw $place
        { Get-CimulatorCall } | Should -Throw $place -ErrorId 'MethodFailed,*'
        { Get-CimulatorCall } | Should -Not -Throw
    }

    It 'says the line of the script that threw' {
        $null = Register-CimulatorMethod Win32_Service StopService -Namespace root/cimv2 {
            $null = 1
            throw 'here'
        }
        $thrown = { Invoke-Spooler StopService } | Should -Throw -PassThru
        $line = [int] ($thrown -replace '(?s).*Tests\.ps1:(\d+),.*', '$1')
        (Get-Content $PSCommandPath)[$line - 1] | Should -BeLike "*throw 'here'*"
        { Reset-Cimulator } | Should -Throw '*here*'
    }

    It 'refuses an answer that the declaration does not allow' {
        $null = Register-CimulatorMethod Win32_Service StopService -Namespace root/cimv2 { @{ ReturnValue = 0; Nonsense = 1 } }
        { Invoke-Spooler StopService } | Should -Throw "*outputs.Nonsense*no output parameter 'Nonsense'*Tests.ps1:*"
        { Get-CimulatorCall } | Should -Throw "*'Nonsense'*" -ErrorId 'AnswerRefused,*'
    }

    It 'ends one that takes too long' {
        $null = Register-CimulatorMethod Win32_Service StopService -Namespace root/cimv2 { Start-Sleep 30 } -TimeoutSec 0.5
        { Invoke-Spooler StopService } | Should -Throw '*StopService took longer than 0.5 s (at *'
        { Get-CimulatorCall } | Should -Throw '*took longer than 0.5 s*'
        { Get-CimulatorCall } | Should -Not -Throw
    }

    It 'says that there is no such method' {
        { Register-CimulatorMethod Win32_Service StartServize -Namespace root/cimv2 { 0 } } | Should -Throw "method: *'StartServize'*'StartService'*"
    }
}

Describe 'Add-, Get- and Remove-CimulatorFault' {
    AfterEach { Reset-Cimulator }

    It 'answers with a ReturnValue so many times' {
        $rule = Add-CimulatorFault StartService -ReturnValue 7 -Times 2
        1..3 | ForEach-Object { (Invoke-Spooler StartService).ReturnValue } | Select-Object -First 2 | Should -Be 7, 7
        (Get-CimulatorFault $rule.id).fired | Should -Be 2
    }

    It 'fails with <Said>' -ForEach @(
        @{ Said = 'AccessDenied'; Fault = @{ AccessDenied = $true } }
        @{ Said = 'NotFound'; Fault = @{ CimError = 'NotFound'; Message = 'gone' } }
    ) {
        $null = Add-CimulatorFault StartService -On Win32_Service @Fault
        $thrown = { Invoke-Spooler StartService } | Should -Throw -PassThru
        $thrown.Exception.NativeErrorCode | Should -Be $Said
    }

    It 'takes a whole rule, and takes it away' {
        $null = @{ when = @{ method = 'StopService' }; then = @{ cimError = 'NotFound' } } | Add-CimulatorFault
        { Invoke-Spooler StopService } | Should -Throw
        Get-CimulatorFault | Remove-CimulatorFault
        Get-CimulatorFault | Should -BeNullOrEmpty
        $null = Add-CimulatorFault StopService -ReturnValue 1
        Remove-CimulatorFault
        Get-CimulatorFault | Should -BeNullOrEmpty
    }

    It 'says what can never be' {
        { Add-CimulatorFault StartServixe -ReturnValue 7 } | Should -Throw "when.method: *'StartServixe'*'StartService'*" -ErrorId 'InvalidInput,*'
        { Add-CimulatorFault StartService -CimError Denied } | Should -Throw "*cimError: *'Denied'*'AccessDenied'*"
        { Remove-CimulatorFault none } | Should -Throw "*no rule 'none'*" -ErrorId 'NotFound,*'
    }
}
