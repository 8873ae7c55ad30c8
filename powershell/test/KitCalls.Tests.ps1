# The calls that an endpoint received: listed, waited for, forgotten, asserted.
BeforeAll {
    . "$PSScriptRoot/Lab.ps1"
    $null = Start-TestLab -ComputerName srv01
    function Start-Services { Get-CimInstance Win32_Service | Invoke-CimMethod -MethodName StartService }
}
AfterAll { Stop-Cimulator }

Describe 'Get- and Clear-CimulatorCall' {
    BeforeEach { Clear-CimulatorCall }

    It 'gives what was asked, decoded' {
        $null = Start-Services
        $call = Get-CimulatorCall StartService -On Win32_Service -Key @{ Name = 'Spooler' }
        $call.operation, $call.class, $call.method, $call.selectors.Name, $call.user, $call.outcome | Should -Be Invoke, Win32_Service, StartService, Spooler, cimulator, answered
        $call.PSTypeNames[0] | Should -Be Cimulator.Call
    }

    It 'gives the last ones, with envelopes where they are wanted' {
        $null = Start-Services
        $all = @(Get-CimulatorCall StartService)
        $all.Count | Should -BeGreaterThan 2
        $last = @(Get-CimulatorCall StartService -Last 2 -Soap)
        $last.number | Should -Be $all[-2].number, $all[-1].number
        $last[0].soap.request | Should -BeLike '*StartService_INPUT*'
        $all[0].PSObject.Properties.Name | Should -Not -Contain soap
    }

    It 'masks secrets' {
        Get-CimInstance Win32_Service -Filter "Name='Spooler'" | Invoke-CimMethod -MethodName Change -Arguments @{ StartPassword = 'hunter2' } -ErrorAction Ignore | Out-Null
        Get-CimulatorCall Change -Soap | ConvertTo-Json -Depth 9 | Should -Not -Match hunter2
        (Get-CimulatorCall Change).input.StartPassword | Should -Be '***'
        $said = { Assert-CimulatorCall Change -Argument @{ StartPassword = 'hunter3' } } | Should -Throw -PassThru
        "$said" | Should -BeLike '*Change with Argument {"StartPassword":"\*\*\*"}*Argument.StartPassword: "\*\*\*", a secret, which is compared as it is shown*'.Replace('\', '`')
        "$said" | Should -Not -Match 'hunter'
    }

    It 'finds by how it ended' {
        $null = Start-Services
        Get-CimInstance Win32_Fridge -ErrorAction Ignore
        (Get-CimulatorCall -Outcome Fault).fault | Should -Be InvalidResourceURI
        @(Get-CimulatorCall -Operation Enumerate).Count | Should -BeGreaterThan 1
        Get-CimulatorCall -User nobody | Should -BeNullOrEmpty
    }

    It 'refuses an operation that there is not' {
        { Get-CimulatorCall -Operation Enumarate } | Should -Throw "*'Enumarate'*'Enumerate'*" -ErrorId 'InvalidInput,*'
    }
}

Describe 'Assert-CimulatorCall of what must not have come' {
    It 'takes no name that the endpoint does not have: <_.Method>' -ForEach @{ Method = 'StartServic'; Not = $true }, @{ Method = 'StartServic'; Times = 0 } {
        $given = $_
        { Assert-CimulatorCall @given } | Should -Throw "*'StartServic'*StartService*"
    }

    It 'takes one that it has, and that nobody called' {
        Clear-CimulatorCall
        Assert-CimulatorCall StopService -Not
        Assert-CimulatorCall StopService -Times 0
    }
}

Describe 'Wait-CimulatorCall' {
    BeforeEach { Clear-CimulatorCall }

    It 'gives a call that comes later' {
        $caller = [powershell]::Create().AddScript("Import-Module '$Manifest'; Start-Sleep -Milliseconds 300; Get-CimInstance Win32_Process -CimSession `$args[0]").AddArgument((Get-Cimulator).CimSession)
        $running = $caller.BeginInvoke()
        (Wait-CimulatorCall -On Win32_Process -TimeoutSec 20).class | Should -Be Win32_Process
        $null = $caller.EndInvoke($running)
        $caller.Dispose()
    }

    It 'says what came in its place' {
        $null = Start-Services
        { Wait-CimulatorCall StartService -Key @{ Name = 'Fax' } -TimeoutSec 0.1 } | Should -Throw '*came*Name*where "Fax" is wanted*' -ErrorId 'TimedOut,*'
    }
}
