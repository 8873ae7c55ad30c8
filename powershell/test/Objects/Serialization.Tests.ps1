# CLIXML and jobs: instances go out as property bags, and bind to [CimInstance] again.
BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    function Bind([ciminstance] $Instance) { $Instance }
    function Disk {
        $inner = InstanceData Test_Part root/test @(Property No UInt32 ([uint32]3))
        $disk = Instance Test_Disk root/test @(
            (Property DeviceID String 'C:' 'Key, ReadOnly, NotModified'), (Property Size UInt64 ([ulong]::MaxValue)), (Property Label String data None),
            (Property Part Instance $inner), (Property Codes UInt16Array ([uint16[]](1, 2))), (Property Names StringArray ([string[]]('a', 'b'))),
            (Property Data UInt8Array ([byte[]](1, 2))), (Property When DateTime ([datetime]'2026-11-29T20:00:00')), (Property Free UInt64 $null),
            (Property Parts InstanceArray ([Cimulator.PowerShell.Model.InstanceData[]]($inner, $inner)))
        ) ([CimulatorTest.CountingSource]::new((ThingClass)))
        $Objects.Remember($disk, 'srv1', [guid]::NewGuid())
        $disk
    }
    $setUp = [scriptblock]::Create(". '$PSScriptRoot/Common.ps1'")
}

Describe 'CLIXML' {
    It 'takes an instance there and back, and it binds again' {
        Disk | Export-Clixml "$TestDrive/disk.xml" -Depth 3
        $bag = Import-Clixml "$TestDrive/disk.xml"
        $bag.pstypenames[0] | Should -Be 'Deserialized.Microsoft.Management.Infrastructure.CimInstance#root/test/Win32_Thing'
        $bag.DeviceID, $bag.Part.No, $bag.PSComputerName | Should -Be 'C:', 3, 'srv1'
        $again = Bind $bag
        $again | Should -BeOfType ([ciminstance])
        $again.DeviceID, $again.Size, $again.Part.No, $again.PSComputerName | Should -Be 'C:', ([ulong]::MaxValue), 3, 'srv1'
        $again.Parts[1].No | Should -Be 3
        $again.Names | Should -Be a, b
        $again.CimSystemProperties.Namespace | Should -Be root/test
        $data = $Objects.DataOf($again)
        ($data.Properties | Where-Object Name -EQ Size).Type | Should -Be UInt64
        ($data.Properties | Where-Object Name -EQ Codes).Type | Should -Be UInt16Array
        ($data.Properties | Where-Object Name -EQ Data).Type | Should -Be UInt8Array
        ($data.Properties | Where-Object Name -EQ When).Type | Should -Be DateTime
        ($data.Properties | Where-Object Name -EQ Part).Type | Should -Be Instance
        ($data.Properties | Where-Object Name -EQ Parts).Type | Should -Be InstanceArray
        $data.Properties.Name | Should -Not -Contain PSComputerName
    }

    It 'writes no class, which a reader without the module would die of' {
        Disk | Export-Clixml "$TestDrive/disk.xml"
        Get-Content "$TestDrive/disk.xml" -Raw | Should -Not -Match 'MiXml|CimClass'
        Pwsh -Command "(Import-Clixml '$TestDrive/disk.xml').DeviceID" | Should -Be 'C:'
    }

    It 'reads what Windows wrote' {
        $bag = Import-Clixml "$PSScriptRoot/windows.clixml"
        $bag.Caption | Should -Be 'Microsoft Windows Server 2025 Standard'
        $again = Bind $bag
        $again.CimSystemProperties.ClassName, $again.CimSystemProperties.Namespace | Should -Be Win32_OperatingSystem, root/cimv2
        $again.BuildNumber | Should -Be 26100
        $again.PSComputerName | Should -Be srv01
        $again.psobject.Properties.Name | Should -Not -Contain __ClassMetadata
        ($Objects.DataOf($again).Properties | Where-Object Name -EQ Description).Flags | Should -Be None
        ($Objects.DataOf($again).Properties | Where-Object Name -EQ Caption).Flags | Should -Be NotModified
    }

    It 'leaves other bags alone' {
        [pscustomobject]@{ A = 1 } | Export-Clixml "$TestDrive/other.xml"
        { Bind (Import-Clixml "$TestDrive/other.xml") } | Should -Throw
    }
}

Describe 'Start-Job' {
    It 'takes an instance as argument, without any preparation there' {
        $job = Start-Job -ScriptBlock { param($disk) "$($disk.DeviceID) $($disk.Part.No)" } -ArgumentList (Disk)
        $job | Receive-Job -Wait -AutoRemoveJob | Should -Be 'C: 3'
    }

    It 'gives instances back' {
        $job = Start-Job -InitializationScript $setUp -ScriptBlock {
            Write-Output (Instance Test_Disk root/test @(Property DeviceID String 'D:' Key))
        }
        $disk = $job | Receive-Job -Wait -AutoRemoveJob
        (Bind $disk).DeviceID | Should -Be 'D:'
    }

    It 'binds arguments to [CimInstance] there, with the module' {
        $job = Start-Job -InitializationScript $setUp -ScriptBlock {
            param($disk)
            function Bind([ciminstance] $Instance) { $Instance.DeviceID }
            Bind $disk
        } -ArgumentList (Disk)
        $job | Receive-Job -Wait -AutoRemoveJob | Should -Be 'C:'
    }
}
