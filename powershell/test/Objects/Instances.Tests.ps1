# Instances: what scripts read, change and print.
BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $session = [guid]::NewGuid()
    function Disk {
        $partition = InstanceData Test_Part root/test @(Property No UInt32 ([uint32]3))
        $disk = Instance Test_Disk root/test @(
            (Property DeviceID String 'C:' 'Key, ReadOnly, NotModified'), (Property Size UInt64 ([ulong]::MaxValue)), (Property Label String 'data'),
            (Property Free UInt64 $null), (Property Part Instance $partition), (Property Parts InstanceArray ([Cimulator.PowerShell.Model.InstanceData[]]($partition, $partition))),
            (Property When DateTime ([datetime]'2026-11-29T20:00:00Z')))
        $Objects.Remember($disk, 'srv1', $session)
        $disk
    }
}

Describe 'an instance' {
    It 'is a genuine one' {
        Disk | Should -BeOfType ([Microsoft.Management.Infrastructure.CimInstance])
        (Disk).GetType().Assembly | Should -Be ([ciminstance].Assembly)
    }

    It 'has its properties in all spellings' {
        (Disk).DeviceID | Should -Be 'C:'
        (Disk).DEVICEid | Should -Be 'C:'
        (Disk).size | Should -Be ([ulong]::MaxValue)
        (Disk).Free | Should -BeNullOrEmpty
        (Disk).psobject.Properties.Name | Select-Object -First 7 | Should -Be 'DeviceID', 'Size', 'Label', 'Free', 'Part', 'Parts', 'When'
        (Disk).psobject.Properties['size'].TypeNameOfValue | Should -Be 'ulong'
    }

    It 'knows its session' {
        (Disk).PSComputerName | Should -Be 'srv1'
        (Disk).GetCimSessionInstanceId() | Should -Be $session
        (Disk).GetCimSessionComputerName() | Should -Be 'srv1'
        (Disk).Part.PSComputerName | Should -Be 'srv1'
        (Disk).Parts[1].GetCimSessionInstanceId() | Should -Be $session
    }

    It 'has system properties' {
        (Disk).CimSystemProperties.ClassName | Should -Be Test_Disk
        (Disk).CimSystemProperties.Namespace | Should -Be root/test
        (Disk).CimSystemProperties.ServerName | Should -Be srv1
    }

    It 'gives embedded instances as they were declared' {
        (Disk).Part | Should -BeOfType ([ciminstance])
        (Disk).Part.No | Should -Be 3
        , (Disk).Parts | Should -BeOfType ([ciminstance[]])
        (Disk).Parts[1].No | Should -Be 3
        (Disk).CimInstanceProperties['Part'].Value.No | Should -Be 3
        (Disk).CimInstanceProperties['Part'].CimType | Should -Be Instance
    }

    It 'hands embedded instances out as copies' {
        $disk = Disk
        $disk.Part.No = 9
        $disk.Part.No | Should -Be 3
        $part = $disk.Part
        $part.No = 9
        $disk.Part = $part
        $disk.Part.No | Should -Be 9
    }

    It 'remembers what was changed' {
        $disk = Disk
        $disk.Label = 'new'
        $disk.Free = '12'
        $data = $Objects.DataOf($disk)
        $changed = $data.Properties | Where-Object { -not $_.Flags.HasFlag([Microsoft.Management.Infrastructure.CimFlags]::NotModified) }
        $changed.Name | Should -Be 'Label', 'Free'
        $changed[1].Value | Should -Be 12
        $changed[1].Value | Should -BeOfType ([ulong])
        $changed[1].Flags.HasFlag([Microsoft.Management.Infrastructure.CimFlags]::NullValue) | Should -BeFalse
        $disk.CimInstanceProperties['Label'].IsValueModified | Should -BeTrue
        $disk.CimInstanceProperties['Size'].IsValueModified | Should -BeFalse
        $disk.CimInstanceProperties['DeviceID'].Flags | Should -Be 'Key, ReadOnly, NotModified'
        $disk.CimInstanceProperties['Label'].IsValueModified = $false
        $data.Properties[2].Flags | Should -Be 'NotModified'
    }

    It 'shows in the data what a script set, and the other way round' {
        $data = InstanceData Test_X '' @(Property A String 'a')
        $instance = $Objects.Instance($data)
        $data.Properties[0].Value = 'b'
        $instance.A | Should -Be b
        $instance.CimInstanceProperties['A'].Value = 'c'
        $data.Properties[0].Value | Should -Be c
        [object]::ReferenceEquals($Objects.DataOf($instance), $data) | Should -BeTrue
    }

    It 'clears with null' {
        $disk = Disk
        $disk.Label = $null
        $disk.Label | Should -BeNullOrEmpty
        $Objects.DataOf($disk).Properties[2].Flags | Should -Be NullValue
    }

    It 'refuses to change a read-only property, with the words of PowerShell' {
        $disk = Disk
        { $disk.DeviceID = 'D:' } | Should -Throw '"DeviceID" is a ReadOnly property.' -ErrorId ReadOnlyCIMProperty
        { $disk.PSComputerName = 'x' } | Should -Throw -ErrorId ReadOnlyCIMProperty
        { $disk.Size = 'many' } | Should -Throw
        { $disk.Missing = 1 } | Should -Throw
        $disk.DeviceID | Should -Be 'C:'
    }

    It 'prints as text' -Tag Tables {
        "$(Disk)" | Should -Be 'Test_Disk (DeviceID = "C:")'
        $captioned = Instance Test_Disk '' @((Property Caption String 'a disk'), (Property Id UInt32 ([uint32]5) Key))
        "$captioned" | Should -Be 'Test_Disk: a disk (Id = 5)'
        "$(Instance Test_Disk '' @(Property Caption String 'a disk'))" | Should -Be 'Test_Disk: a disk'
        "$(Instance Test_Disk '' @())" | Should -Be 'Test_Disk'
        $long = Instance Test_Pipe '' @(Property Id String ('x' * 60) Key)
        "$long" | Should -Be "Test_Pipe (Id = `"$('x' * 39)...)"
        "$((Disk).CimInstanceProperties['Size'])" | Should -Be 'Size = 18446744073709551615'
    }

    It 'is formatted' {
        $list = Disk | Format-List | Out-String
        $list | Should -Match '(?m)^DeviceID\s+: C:\s*$'
        $list | Should -Match '(?m)^Part\s+: Test_Part\s*$'
        $list | Should -Match '(?m)^Parts\s+: \{Test_Part, Test_Part\}\s*$'
        $list | Should -Match '(?m)^PSComputerName\s+: srv1\s*$'
        $list | Should -Not -Match 'CimClass|CimInstanceProperties'
        (Disk | Format-Table DeviceID, Label | Out-String) -replace '\s+', ' ' | Should -Match 'DeviceID Label -------- ----- C: data'
        Disk | Select-Object -ExpandProperty Label | Should -Be data
        (Disk), (Disk) | Group-Object Label | Select-Object -ExpandProperty Count | Should -Be 2
    }

    It 'takes the views that PowerShell has for its class' {
        $process = Instance Win32_Process root/cimv2 @(
            (Property ProcessId UInt32 ([uint32]4)), (Property Name String System), (Property HandleCount UInt32 ([uint32]9)),
            (Property WorkingSetSize UInt64 ([ulong]4096)), (Property VirtualSize UInt64 ([ulong]8192)))
        ($process | Out-String) -replace '\s+', ' ' | Should -Match 'ProcessId Name HandleCount WorkingSetSize VirtualSize'
        $process.ProcessName | Should -Be System
        $process.WS | Should -Be 4096
    }

    It 'goes to JSON' {
        $json = Disk | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue | ConvertFrom-Json
        $json.DeviceID | Should -Be 'C:'
        $json.Size | Should -Be ([ulong]::MaxValue)
        $json.Part.CimSystemProperties.ClassName | Should -Be Test_Part
        $json.PSComputerName | Should -Be srv1
    }

    It 'goes to CSV' {
        $csv = Disk | ConvertTo-Csv | ConvertFrom-Csv
        $csv.DeviceID, $csv.Part, $csv.PSComputerName | Should -Be 'C:', 'Test_Part', 'srv1'
        Disk | Export-Csv "$TestDrive/disk.csv"
        (Import-Csv "$TestDrive/disk.csv").Label | Should -Be data
    }

    It 'takes members that a script adds' {
        $disk = Disk
        $disk | Add-Member -NotePropertyName Extra -NotePropertyValue 5
        $disk.Extra | Should -Be 5
        ($disk | Select-Object *).Extra | Should -Be 5
    }
}

Describe 'type names' {
    It 'are those of the class alone, without one' {
        (Disk).pstypenames | Should -Be @(
            'Microsoft.Management.Infrastructure.CimInstance#root/test/Test_Disk', 'Microsoft.Management.Infrastructure.CimInstance#Test_Disk'
            'Microsoft.Management.Infrastructure.CimInstance', 'System.Object')
        (Instance Test_Disk '' @()).pstypenames[0] | Should -Be 'Microsoft.Management.Infrastructure.CimInstance#Test_Disk'
    }

    It 'are those of all the chain, derived before base' {
        $source = [CimulatorTest.CountingSource]::new((ThingClass))
        (Instance win32_thing root/test @(Property Id UInt32 ([uint32]1)) $source).pstypenames | Should -Be @(
            'Microsoft.Management.Infrastructure.CimInstance#root/test/Win32_Thing', 'Microsoft.Management.Infrastructure.CimInstance#root/test/CIM_Thing'
            'Microsoft.Management.Infrastructure.CimInstance#Win32_Thing', 'Microsoft.Management.Infrastructure.CimInstance#CIM_Thing'
            'Microsoft.Management.Infrastructure.CimInstance', 'System.Object')
    }

    It 'start with the partial one after -Property' {
        $partial = Disk
        $partial.pstypenames.Insert(0, [Cimulator.PowerShell.Objects.Ets.TypeNames]::Partial)
        $partial.pstypenames[0] | Should -Be 'Microsoft.Management.Infrastructure.CimInstance#__PartialCIMInstance'
    }

    It 'bind by PSTypeName' {
        function Get-Label([PSTypeName('Microsoft.Management.Infrastructure.CimInstance#Test_Disk')] $Disk) { $Disk.Label }
        Get-Label (Disk) | Should -Be data
        { Get-Label (Instance Other '' @()) } | Should -Throw
    }
}

Describe 'parameters of other functions' {
    BeforeAll {
        function One([ciminstance] $Instance) { $Instance.Label }
        function Full([Microsoft.Management.Infrastructure.CimInstance[]] $Instances) { $Instances.Count }
        function Piped([Parameter(ValueFromPipeline)] [ciminstance[]] $InputObject) { process { $InputObject[0].Label } }
    }

    It 'take it' {
        One (Disk) | Should -Be data
        Full (Disk) | Should -Be 1
        Full (Disk), (Disk) | Should -Be 2
        (Disk), (Disk) | Piped | Should -Be 'data', 'data'
        [ciminstance](Disk) | Should -BeOfType ([ciminstance])
        , [ciminstance[]]((Disk), (Disk)) | Should -BeOfType ([ciminstance[]])
        (Disk) -is [ciminstance] | Should -BeTrue
    }

    It 'refuse what is none' {
        { One 5.5, 6 } | Should -Throw
        { One ([pscustomobject]@{ Label = 'x' }) } | Should -Throw
    }
}
