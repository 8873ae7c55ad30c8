# The way of a script that makes a pool of disks, a virtual disk of the pool, and a drive of that: every step a call of a method, as the
# cmdlets of Windows' module Storage make it.
BeforeAll {
    . "$PSScriptRoot/Lab.ps1"
    Start-Cimulator -Lab storage-spaces
    $storage = @{ Namespace = 'root/Microsoft/Windows/Storage' }

    function Invoke-Storage ([Parameter(ValueFromPipeline)] $Object, [string] $Method, [hashtable] $Arguments = @{}) {
        process {
            $answer = $Object | Invoke-CimMethod -MethodName $Method -Arguments $Arguments
            if ($answer.ReturnValue -ne 0) { throw "$Method answered $($answer.ReturnValue): $($answer.ExtendedStatus.Message)" }
            $answer
        }
    }
}

AfterAll { Stop-Cimulator }

Describe 'Storage Spaces' {
    AfterEach { Reset-Cimulator }

    It 'makes of disks a pool, a virtual disk and a drive, and of these disks again' {
        $disks = Get-CimInstance @storage MSFT_PhysicalDisk | Where-Object CanPool | Where-Object Size -GE 100GB
        $disks | Should -HaveCount 5
        $subsystem = Get-CimInstance @storage MSFT_StorageSubSystem
        $created = $subsystem | Invoke-Storage -Method CreateStoragePool -Arguments @{
            FriendlyName = 'Pool01'; PhysicalDisks = [ciminstance[]]$disks
        }
        $created.CreatedStoragePool.FriendlyName | Should -Be 'Pool01'
        $pool = Get-CimInstance @storage MSFT_StoragePool -Filter "FriendlyName = 'Pool01'"
        $pool.Size | Should -Be 500GB
        $pool.AllocatedSize | Should -Be (5 * 256MB)
        Get-CimInstance @storage MSFT_PhysicalDisk | Where-Object CanPool | Should -HaveCount 1
        $pool | Get-CimAssociatedInstance -ResultClassName MSFT_PhysicalDisk | Should -HaveCount 5

        $created = $pool | Invoke-Storage -Method CreateVirtualDisk -Arguments @{
            FriendlyName = 'Data'; Size = [uint64]40GB; ResiliencySettingName = 'Mirror'; ProvisioningType = [uint16]2
        }
        $virtual = $created.CreatedVirtualDisk
        $virtual.FootprintOnPool | Should -Be 80GB
        $virtual.NumberOfColumns | Should -Be 2
        ($pool | Get-CimInstance).AllocatedSize | Should -Be (80GB + 5 * 256MB)

        $disk = Get-CimInstance @storage MSFT_VirtualDisk | Get-CimAssociatedInstance -ResultClassName MSFT_Disk
        $disk.Size | Should -Be 40GB
        $disk.PartitionStyle | Should -Be 0
        $null = $disk | Invoke-Storage -Method Initialize -Arguments @{ PartitionStyle = [uint16]2 }
        $created = $disk | Invoke-Storage -Method CreatePartition -Arguments @{ UseMaximumSize = $true; AssignDriveLetter = $true }
        $created.CreatedPartition.Size | Should -Be (40GB - 2MB)
        # What is embedded in an answer has no keys for a client of WS-Management: the object is found by the disk.
        $volume = $disk | Get-CimAssociatedInstance -ResultClassName MSFT_Partition | Get-CimAssociatedInstance -ResultClassName MSFT_Volume
        $null = $volume | Invoke-Storage -Method Format -Arguments @{ FileSystem = 'NTFS'; FileSystemLabel = 'Space01' }

        $logical = Get-CimInstance Win32_LogicalDisk -Filter "VolumeName = 'Space01'"
        $logical.FileSystem | Should -Be 'NTFS'
        $logical.Size | Should -Be (40GB - 2MB)
        $onDisk = $logical | Get-CimAssociatedInstance -ResultClassName Win32_DiskPartition | Get-CimAssociatedInstance -ResultClassName Win32_DiskDrive
        $onDisk.Model | Should -Be 'Microsoft Storage Space Device'
        ($pool | Get-CimAssociatedInstance -ResultClassName MSFT_Volume).DriveLetter | Should -Be $logical.DeviceID[0]

        $virtual = Get-CimInstance @storage MSFT_VirtualDisk
        ($virtual | Invoke-Storage -Method Resize -Arguments @{ Size = [uint64]60GB }).Size | Should -Be 60GB
        ($disk | Get-CimInstance).Size | Should -Be 60GB

        $refused = $virtual | Invoke-CimMethod -MethodName Resize -Arguments @{ Size = [uint64]1GB }
        $refused.ReturnValue | Should -Be 4097
        $refused.ExtendedStatus.MessageID | Should -Be 'StorageWMI 4097'

        ($pool | Invoke-CimMethod -MethodName DeleteObject).ReturnValue | Should -Be 48008
        $null = $virtual | Invoke-Storage -Method DeleteObject
        $null = $pool | Invoke-Storage -Method DeleteObject
        Get-CimInstance @storage MSFT_PhysicalDisk | Where-Object CanPool | Should -HaveCount 6
        Get-CimInstance Win32_LogicalDisk -Filter "VolumeName = 'Space01'" | Should -BeNullOrEmpty
    }

    It 'does long work as a job' {
        $disks = Get-CimInstance @storage MSFT_PhysicalDisk | Where-Object CanPool | Select-Object -Last 3
        $subsystem = Get-CimInstance @storage MSFT_StorageSubSystem
        $started = $subsystem | Invoke-CimMethod -MethodName CreateStoragePool -Arguments @{
            FriendlyName = 'Slow'; PhysicalDisks = [ciminstance[]]$disks; RunAsJob = $true
        }
        $started.ReturnValue | Should -Be 4096
        $job = $started.CreatedStorageJob | Get-CimInstance
        $job.Name | Should -Be 'CreateStoragePool'
        $job.JobState | Should -Be 4
        Get-CimInstance @storage MSFT_StoragePool -Filter 'IsPrimordial = FALSE' | Should -BeNullOrEmpty
        for ($tries = 0; $tries -lt 100 -and $job.JobState -eq 4; $tries++) {
            Start-Sleep -Milliseconds 100
            $job = $job | Get-CimInstance
        }
        $job.JobState | Should -Be 7
        $job.PercentComplete | Should -Be 100
        (Get-CimInstance @storage MSFT_StoragePool -Filter 'IsPrimordial = FALSE').FriendlyName | Should -Be 'Slow'
    }
}
