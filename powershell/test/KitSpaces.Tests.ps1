# Use-CimulatorSpace: endpoints of their own in the process of one that runs.
BeforeAll {
    . "$PSScriptRoot/Lab.ps1"
    $lab = Start-TestLab -ComputerName srv01
    function Get-Names { (Get-CimInstance Win32_Service -Filter "Name LIKE 'My%'").Name -join ' ' }
    function Add-Mine([string] $Name) { New-CimulatorInstance Win32_Service @{ Name = "My$Name" } -Namespace root/cimv2 }
    function Test-Answers([string] $Url) {
        try { $null = Invoke-WebRequest -Uri $Url -Method Post -SkipHttpErrorCheck -TimeoutSec 30; $true }
        catch { $false }
    }
    function Wait-Silence([string] $Url) {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        while (Test-Answers $Url) {
            if ($clock.Elapsed.TotalSeconds -gt 60) { throw "$Url still answers" }
            Start-Sleep -Milliseconds 50
        }
    }
}
AfterAll { Stop-Cimulator }

Describe 'Use-CimulatorSpace with a script block' {
    BeforeEach { Clear-CimulatorCall }

    It 'has a state, calls and faults of its own, by every name of the endpoint' {
        $said = Use-CimulatorSpace {
            Add-Mine Inner
            $null = Add-CimulatorFault StartService -ReturnValue 7
            Get-Names
            (Get-CimInstance Win32_Service -ComputerName srv01 -Filter "Name='MyInner'" | Invoke-CimMethod -MethodName StartService).ReturnValue
            @(Get-CimulatorCall).Count -gt 0
            (Get-Cimulator)[-1].ProcessId
        }
        $said | Should -Be MyInner, 7, $true, $lab.ProcessId
        Get-Names | Should -BeNullOrEmpty
        Get-CimulatorFault | Should -BeNullOrEmpty
        Get-CimulatorCall StartService | Should -BeNullOrEmpty
        @(Get-Cimulator).Count | Should -Be 1
    }

    It 'hands on what the block writes at once, and what it throws, and closes the space' {
        Use-CimulatorSpace { $script:url = (Get-Cimulator)[-1].Url; 1, 2 } | ForEach-Object { "$_ $(Test-Answers $script:url)" } | Should -Be '1 True', '2 True'
        Test-Answers $script:url | Should -BeFalse
        { Use-CimulatorSpace { $script:url = (Get-Cimulator)[-1].Url; throw 'mine' } } | Should -Throw mine
        Test-Answers $script:url | Should -BeFalse
    }

    It 'gives runspaces side by side states of their own in one process' {
        $said = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:Manifest
            $number = $_
            Use-CimulatorSpace {
                New-CimulatorInstance Win32_Service @{ Name = "My$number" } -Namespace root/cimv2
                $names = (Get-CimInstance Win32_Service -Filter "Name LIKE 'My%'").Name
                [pscustomobject]@{ Said = "$number $names"; Process = (Get-Cimulator).ProcessId; Url = (Get-Cimulator).Url }
            }
        }
        $said.Said | Sort-Object | Should -Be '1 My1', '2 My2', '3 My3', '4 My4'
        $said.Process | Sort-Object -Unique | Should -Be $lab.ProcessId
        ($said.Url | Sort-Object -Unique).Count | Should -Be 4
        Get-Names | Should -BeNullOrEmpty
    }
}

Describe 'Use-CimulatorSpace without one' {
    It 'makes the space the default of this runspace, and of no other, until it is stopped' {
        $space = Use-CimulatorSpace -Name mine
        try {
            $space.Space, $space.ProcessId, $space.ComputerName | Should -Be mine, $lab.ProcessId, srv01
            Add-Mine Own
            Get-Names | Should -Be MyOwn
            (Get-CimInstance -CimSession $space.CimSession -Namespace root/cimv2 -ClassName Win32_Service -Filter "Name='MyOwn'").Name | Should -Be MyOwn
            $seen = Start-ThreadJob { Import-Module $using:Manifest; @(Get-CimInstance Win32_Service -Filter "Name='MyOwn'").Count } | Receive-Job -Wait -AutoRemoveJob
            $seen | Should -Be 0
            Use-CimulatorSpace -Endpoint $space { Get-Names } | Should -BeNullOrEmpty
        }
        finally { $space | Stop-Cimulator }
        Get-Names | Should -BeNullOrEmpty
        Test-Answers $space.Url | Should -BeFalse
    }

    It 'is closed with its runspace' {
        $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
        $url = $shell.AddScript("Import-Module '$Manifest'; (Use-CimulatorSpace).Url").Invoke()[0]
        Test-Answers $url | Should -BeTrue
        $shell.Runspace.Dispose()
        $shell.Dispose()
        Wait-Silence $url
        Test-Answers $lab.Url | Should -BeTrue
    }

    It 'is had by other processes, and closed when they are killed' {
        $control = $lab.GetType().GetProperty('Control', [System.Reflection.BindingFlags] 'Instance, NonPublic').GetValue($lab)
        $env:CIMULATOR_CONTROL_URL, $env:CIMULATOR_CONTROL_TOKEN = "$($control.Url)", $control.Token
        try { $said = Invoke-PowerShell '-NoProfile', '-Command', "Import-Module '$Manifest'; `$space = Use-CimulatorSpace; `$space.Url; `$space.ProcessId; @(Get-CimInstance Win32_Service -Namespace root/cimv2).Count -gt 1; Stop-Process -Id `$PID -Force" }
        finally { $env:CIMULATOR_CONTROL_URL = $env:CIMULATOR_CONTROL_TOKEN = $null }
        $said[1, 2] | Should -Be "$($lab.ProcessId)", 'True'
        Wait-Silence $said[0]
    }

    It 'says what is wrong with a name, and is no space then' {
        $space = Use-CimulatorSpace -Name mine
        try {
            { Use-CimulatorSpace -Name Mine } | Should -Throw "name: space 'mine' cannot be opened: there is one already" -ErrorId 'Conflict,*'
            { Use-CimulatorSpace -Name 'a b' } | Should -Throw "name: 'a b' is no name of a space*" -ErrorId 'InvalidInput,*'
            { Use-CimulatorSpace -Isolate:$false -Strict:$false -Name '' } | Should -Throw '*Name*'
        }
        finally { $space | Stop-Cimulator }
        @(Get-Cimulator).Count | Should -Be 1
    }

    It 'ends with the endpoint that it is in' {
        $other = Start-Cimulator -Lab none
        $space = Use-CimulatorSpace
        $other | Stop-Cimulator
        (Get-Cimulator).Url | Should -Be $lab.Url
        Test-Answers $space.Url | Should -BeFalse
        { $space | Stop-Cimulator } | Should -Not -Throw
    }
}
