# The kit's cmdlets that change what an endpoint has: state, instances, MOF.
BeforeAll {
    . "$PSScriptRoot/Lab.ps1"
    Start-TestLab -ComputerName srv01 | Out-Null
    function Get-ServiceState([string] $Name) { (Get-CimInstance Win32_Service -Filter "Name='$Name'").State }
}
AfterAll { Stop-Cimulator }

Describe 'New-CimulatorInstance' {
    AfterEach { Reset-Cimulator }

    It 'puts an instance into the model that clients see, and is no call' {
        Clear-CimulatorCall
        New-CimulatorInstance Win32_Service @{ Name = 'Fax'; State = 'Stopped'; ProcessId = 12 } -Namespace root/cimv2 | Should -BeNullOrEmpty
        Get-CimulatorCall | Should -BeNullOrEmpty
        Get-ServiceState Fax | Should -Be Stopped
    }

    It 'gives it with -PassThru, typed' {
        $fax = New-CimulatorInstance Win32_Service @{ Name = 'Fax'; ProcessId = 12 } -Namespace root/cimv2 -PassThru
        $fax.CimSystemProperties.ClassName, $fax.Name | Should -Be Win32_Service, Fax
        $fax.ProcessId | Should -BeOfType uint32
    }

    It 'leaves one that is there alone, or replaces it with -Force' {
        { New-CimulatorInstance Win32_Service @{ Name = 'Spooler'; State = 'Paused' } -Namespace root/cimv2 } | Should -Throw '*already*Win32_Service.Name="Spooler"*' -ErrorId 'Conflict,*'
        New-CimulatorInstance Win32_Service @{ Name = 'Spooler'; State = 'Paused' } -Namespace root/cimv2 -Force
        Get-ServiceState Spooler | Should -Be Paused
    }

    It 'says in a line what is wrong with <What>' -ForEach @(
        @{ What = 'a class'; Class = 'Win32_Servise'; Property = @{ Name = 'a' }; Said = "class: *no class 'Win32_Servise'*'Win32_Service'*" }
        @{ What = 'a property'; Class = 'Win32_Service'; Property = @{ Name = 'a'; Stat = 'b' }; Said = "properties.Stat: *'State'*" }
        @{ What = 'a value'; Class = 'Win32_Service'; Property = @{ Name = 'a'; ProcessId = 'many' }; Said = "properties.ProcessId: 'many'*uint32*" }
    ) {
        { New-CimulatorInstance $Class $Property -Namespace root/cimv2 } | Should -Throw $Said
    }
}

Describe 'Set- and Remove-CimulatorInstance' {
    AfterEach { Reset-Cimulator }

    It 'change one by its keys' {
        (Set-CimulatorInstance Win32_Service @{ Name = 'Spooler' } @{ State = 'Paused' } -Namespace root/cimv2 -PassThru).State | Should -Be Paused
        Remove-CimulatorInstance Win32_Service @{ Name = 'Spooler' } -Namespace root/cimv2
        Get-ServiceState Spooler | Should -BeNullOrEmpty
    }

    It 'change those of a pipe' {
        $all = Get-CimInstance Win32_Service
        $all | Set-CimulatorInstance -Property @{ State = 'Paused' }
        (Get-CimInstance Win32_Service).State | Sort-Object -Unique | Should -Be Paused
        $all | Remove-CimulatorInstance
        Get-CimInstance Win32_Service | Should -BeNullOrEmpty
    }

    It 'say that there is none' {
        { Set-CimulatorInstance Win32_Service @{ Name = 'Nope' } @{ State = 'b' } -Namespace root/cimv2 } | Should -Throw '*no instance*"Nope"*' -ErrorId 'NotFound,*'
        { Remove-CimulatorInstance Win32_Service @{ Name = 'Nope' } -Namespace root/cimv2 } | Should -Throw '*no instance*"Nope"*' -ErrorId 'NotFound,*'
    }
}

Describe 'Checkpoint-, Restore- and Reset-Cimulator' {
    AfterEach { Reset-Cimulator }

    It 'go back to a state, also by its text' {
        $checkpoint = Checkpoint-Cimulator
        Get-CimInstance Win32_Service | Remove-CimulatorInstance
        Restore-Cimulator $checkpoint
        $before = @(Get-CimInstance Win32_Service).Count
        $before | Should -BeGreaterThan 1
        Get-CimInstance Win32_Service | Remove-CimulatorInstance
        $checkpoint.Content | Restore-Cimulator
        @(Get-CimInstance Win32_Service).Count | Should -Be $before
    }

    It 'make all that it was' {
        Set-CimulatorInstance Win32_Service @{ Name = 'Spooler' } @{ State = 'Paused' } -Namespace root/cimv2
        $null = Add-CimulatorFault StartService -ReturnValue 7
        Reset-Cimulator
        Get-ServiceState Spooler | Should -Be Running
        Get-CimulatorFault | Should -BeNullOrEmpty
    }

    It 'refuse what is no checkpoint' {
        { Restore-Cimulator 'zzz' } | Should -Throw "'zzz' is no checkpoint*" -ErrorId 'InvalidInput,*'
        { Restore-Cimulator '{"format":"x"}' } | Should -Throw "*format is 'x'*" -ErrorId 'Conflict,*'
    }
}

Describe 'Import-CimulatorModel' {
    AfterEach { Reset-Cimulator }

    It 'adds MOF of a text, a file, a folder' {
        $mof = "#pragma namespace(`"root/cimv2`")`ninstance of Win32_Service {{ Name = `"{0}`"; }};"
        New-Item "$TestDrive/more" -ItemType Directory | Out-Null
        Set-Content "$TestDrive/one.mof" ($mof -f 'one')
        Set-Content "$TestDrive/more/two.mof" ($mof -f 'two')
        Import-CimulatorModel -Mof ($mof -f 'zero')
        Import-CimulatorModel "$TestDrive/one.mof"
        "$TestDrive/more" | Import-CimulatorModel
        (Get-CimInstance Win32_Service).Name | Should -Contain zero
        (Get-CimInstance Win32_Service).Name | Should -Contain one
        (Get-CimInstance Win32_Service).Name | Should -Contain two
    }

    It 'adds nothing where one is wrong, and says where' {
        $mof = "#pragma namespace(`"root/cimv2`")`ninstance of Win32_Service { Name = `"ok`"; };`ninstance of Win32_Servixe { Name = `"no`"; };"
        Set-Content "$TestDrive/wrong.mof" $mof
        { Import-CimulatorModel "$TestDrive/wrong.mof" } | Should -Throw '*wrong.mof:3:*Win32_Servixe*'
        Get-ServiceState ok | Should -BeNullOrEmpty
        { Import-CimulatorModel "$TestDrive/none.mof" } | Should -Throw '*none.mof*'
    }
}

Describe 'Without an endpoint' {
    It 'says how to get one' {
        $said = & pwsh -NoProfile -Command "Import-Module '$Manifest'; try { Reset-Cimulator } catch { `"`$_`" }"
        $said | Should -BeLike '*Start-Cimulator*CIMULATOR_CONTROL_URL*'
    }

    It 'takes the one of the environment' {
        $lab = Get-Cimulator
        $control = $lab.GetType().GetProperty('Control', [System.Reflection.BindingFlags] 'Instance, NonPublic').GetValue($lab)
        $env:CIMULATOR_CONTROL_URL, $env:CIMULATOR_CONTROL_TOKEN = "$($control.Url)", $control.Token
        try { & pwsh -NoProfile -Command "Import-Module '$Manifest'; (Checkpoint-Cimulator).Content.Length -gt 100" | Should -Be True }
        finally { $env:CIMULATOR_CONTROL_URL = $env:CIMULATOR_CONTROL_TOKEN = $null }
    }
}
