# The cmdlets where objects are made without tables; run by Fallback.Tests.ps1 alone.
BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $endpoint = Start-Cimulator -ComputerName srv01, srv02
    $space = @{ Namespace = 'root/cimv2/storage/iScsiTarget' }
    $a, $b = Get-CimInstance @space -ClassName MSFTSM_ComputerSystem -Filter "Name LIKE 'iscsi-%'"
    $service = Get-CimInstance @space -ClassName MSISCSITARGET_StorageConfigurationService -Filter "SystemName = 'iscsi-a.lab.example'"
    function New-Pipe([string] $Name) {
        ($service | Invoke-CimMethod -MethodName CreateOrModifyReplicationPipe -Arguments @{ PipeElementName = $Name; SourceSystem = $a; TargetSystem = $b }).ReplicationPipe
    }
}

AfterAll { $endpoint | Stop-Cimulator }

Describe 'the fallback' {
    It 'says why it is in use' {
        [Cimulator.PowerShell.Objects.CimObjects]::IsFallback | Should -BeTrue
        [Cimulator.PowerShell.Objects.CimObjects]::Refusal | Should -Be 'CIMULATOR_PLAIN_OBJECTS is set'
    }

    It 'gives the name of the class for an instance in a string' {
        "$a" | Should -Be MSFTSM_ComputerSystem
        [string]$a | Should -Be MSFTSM_ComputerSystem
        '{0}' -f $a | Should -Be 'MSFTSM_ComputerSystem (Name = "iscsi-a.lab.example", CreationClassName = "MSFTSM_ComputerSystem")'
        $a.ToString() | Should -Be ('{0}' -f $a)
    }

    It 'lets code in C# find nothing, and not fail' {
        $own = [ciminstance].GetProperty('CimInstanceProperties').GetValue($a.psobject.BaseObject)
        @($own).Count | Should -Be 0
        [ciminstance].GetProperty('CimClass').GetValue($a.psobject.BaseObject) | Should -BeNullOrEmpty
        [ciminstance].GetProperty('CimSystemProperties').GetValue($a.psobject.BaseObject).ClassName | Should -Be MSFTSM_ComputerSystem
    }

    It 'says what cannot be had' {
        { [ciminstance]::new('Test_X') } | Should -Throw '*MI_RESULT_NOT_SUPPORTED*'
    }

    It 'survives Dispose and collections' {
        $gone = Instance Test_X '' @(Property A String a)
        $gone.Dispose()
        1..200 | ForEach-Object { $null = Instance Test_X '' @(Property A String a) }
        [gc]::Collect(); [gc]::WaitForPendingFinalizers()
        "$a" | Should -Be MSFTSM_ComputerSystem
    }
}

Describe 'by pipe' {
    It 'an instance goes to each cmdlet' {
        $pipe = New-Pipe first
        ($pipe | Get-CimInstance).ElementName | Should -Be first
        ($pipe | Set-CimInstance -Property @{ ElementName = 'second' } -PassThru).ElementName | Should -Be second
        $read = $pipe | Get-CimInstance
        $read.ElementName = 'third'
        $read | Set-CimInstance
        ($pipe | Get-CimInstance).ElementName | Should -Be third
        @($a | Get-CimAssociatedInstance -ResultClassName MSISCSITARGET_StorageConfigurationService).Name | Should -Be $service.Name
        $pipe | Remove-CimInstance
        { $pipe | Get-CimInstance -ErrorAction Stop } | Should -Throw -ErrorId 'HRESULT 0x80041002,*'
    }

    It 'several, and their computer, which is minded' {
        $found = Get-CimInstance @space -ClassName MSFTSM_ComputerSystem -ComputerName srv02 | Get-CimInstance
        $found.Count | Should -Be 3
        $found.PSComputerName | Sort-Object -Unique | Should -Be srv02
    }

    It 'a session, and the name of one' {
        $session = New-CimSession srv01
        ($session | Get-CimInstance @space -ClassName MSFTSM_ComputerSystem).Count | Should -Be 3
        ($a | Get-CimInstance -CimSession $session).Name | Should -Be $a.Name
        $session | Remove-CimSession
    }

    It 'a class' {
        $class = Get-CimClass @space MSFTSM_ComputerSystem
        ($class | New-CimInstance -ClientOnly -Property @{ Name = 'x' }).Name | Should -Be x
        "$class" | Should -Be 'root/cimv2/storage/iScsiTarget:MSFTSM_ComputerSystem'
    }
}

Describe 'the rest of the cmdlets' {
    It 'New-CimInstance makes instances without a server' {
        $made = New-CimInstance -ClientOnly -Namespace root/x -ClassName Test_Made -Property @{ Name = 'x'; Size = [uint32]5 } -Key Name
        $made.Name, $made.Size | Should -Be x, 5
        $made.CimInstanceProperties['Name'].Flags | Should -Match Key
        $made.CimSystemProperties.ClassName | Should -Be Test_Made
    }

    It 'errors have their data' {
        $caught = try { Get-CimInstance @space -ClassName No_Such -ErrorAction Stop } catch { $_ }
        $caught.FullyQualifiedErrorId | Should -Be 'HRESULT 0x80041010,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand'
        $caught.Exception | Should -BeOfType ([Microsoft.Management.Infrastructure.CimException])
        $caught.Exception.NativeErrorCode | Should -Be InvalidClass
        $caught.Exception.MessageId, $caught.Exception.StatusCode | Should -Be 'HRESULT 0x80041010', 5
        $caught.Exception.ErrorData.error_Code | Should -Be 2147749904
        $caught.Exception.ErrorData.CimSystemProperties.ClassName | Should -Be MSFT_WmiError
    }

    It 'a job gives instances back' {
        $job = Start-Job -ArgumentList $PSScriptRoot, $a -ScriptBlock {
            param($folder, $system)
            . "$folder/Common.ps1"
            Write-Output (Instance Test_Disk root/test @((Property DeviceID String $system.Name Key), (Property Part Instance (InstanceData Test_Part '' @(Property No UInt32 ([uint32]3))))))
        }
        $disk = $job | Receive-Job -Wait -AutoRemoveJob
        $disk.DeviceID, $disk.Part.No | Should -Be $a.Name, 3
        function Bind([ciminstance] $Instance) { $Instance }
        (Bind $disk).Part.No | Should -Be 3
    }
}
