# WQL on Windows' classes by the cmdlets: the questions of test/conformance/query/windows-classes.test.ts, and what a script sees of the answers.
BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $lab = Start-Cimulator

    # The keys of what a query finds, as the object's text has them.
    function Find([string] $Query) {
        @(Get-CimInstance -Query $Query -ErrorAction Stop | ForEach-Object {
                @($_.CimInstanceProperties | Where-Object { $_.Flags.HasFlag([Microsoft.Management.Infrastructure.CimFlags]::Key) }).Value -join ' '
            } | Sort-Object)
    }
}

AfterAll { $lab | Stop-Cimulator }

Describe 'System properties' {
    It '<_>' -ForEach @(
        "SELECT * FROM CIM_Service WHERE __CLASS = 'win32_service' AND Name = 'Spooler'"
        'SELECT * FROM Win32_BaseService WHERE __CLASS <> "Win32_SystemDriver" AND Name = ''spooler'''
        "SELECT * FROM CIM_Service WHERE __this ISA 'Win32_Service' AND Name LIKE 'Spool%'"
        "SELECT * FROM Win32_Service WHERE __SUPERCLASS = 'Win32_BaseService' AND Name = 'Spooler'"
        "SELECT * FROM Win32_Service WHERE __DYNASTY = 'CIM_ManagedSystemElement' AND Name = 'Spooler'"
        "SELECT * FROM Win32_Service WHERE __DERIVATION[1] = 'CIM_Service' AND Name = 'Spooler'"
        "SELECT * FROM Win32_Service WHERE __GENUS = 2 AND __PROPERTY_COUNT > 20 AND Name = 'Spooler'"
        "SELECT * FROM Win32_Service WHERE __NAMESPACE = 'ROOT\\CIMV2' AND Name = 'Spooler'"
        "SELECT * FROM Win32_Service WHERE __RELPATH = ""Win32_Service.Name='Spooler'"""
        "SELECT * FROM Win32_Service WHERE __PATH = ""\\\\.\\root\\cimv2:Win32_Service.Name='Spooler'"""
        "SELECT * FROM Win32_Service WHERE __PATH LIKE '\\\\%\\root\\cimv2:Win32[_]Service.Name=""Spool%'"
    ) {
        Find $_ | Should -Be 'Spooler'
    }

    It 'do not find what is of another class' {
        Find "SELECT * FROM CIM_Service WHERE __CLASS ISA 'Win32_SystemDriver' AND Name = 'Spooler'" | Should -BeNullOrEmpty
        @(Get-CimInstance -Query "SELECT * FROM Win32_OperatingSystem WHERE __RELPATH LIKE 'Win32[_]OperatingSystem=@'").Count | Should -Be 1
    }

    It 'are no properties of what is answered' {
        $answer = Get-CimInstance -Query "SELECT __PATH, __CLASS, Name FROM Win32_Service WHERE Name = 'Spooler'"
        $answer.CimInstanceProperties | Where-Object Value | ForEach-Object Name | Should -Be 'Name'
        $answer.CimSystemProperties.ClassName, $answer.CimSystemProperties.Namespace | Should -Be 'Win32_Service', 'root/cimv2'
    }
}

Describe 'Conditions' {
    It '<Query> finds <Wanted>' -ForEach @(
        @{ Query = "SELECT Name FROM CIM_DataFile WHERE Name = 'C:\\Windows\\System32\\spoolsv.exe'"; Wanted = 'c:\windows\system32\spoolsv.exe' }
        @{ Query = "SELECT * FROM CIM_DataFile WHERE Drive = 'c:' AND Path = '\\Tools\\' AND Extension = 'EXE'"; Wanted = 'c:\tools\labtool.exe' }
        @{ Query = "SELECT * FROM CIM_DataFile WHERE Name LIKE 'c:\\tools\\%.exe'"; Wanted = 'c:\tools\labtool.exe' }
        @{ Query = "SELECT * FROM Win32_LogicalDisk WHERE DeviceID LIKE '[C-D]:'"; Wanted = 'C:', 'D:' }
        @{ Query = "SELECT * FROM Win32_LogicalDisk WHERE DeviceID LIKE '[^CD]:'"; Wanted = 'E:' }
        @{ Query = "SELECT * FROM Win32_LogicalDisk WHERE DeviceID LIKE '_:' AND NOT DeviceID LIKE '[D-Z]:'"; Wanted = 'C:' }
        @{ Query = 'SELECT * FROM Win32_LogicalDisk WHERE Size IS NULL'; Wanted = 'E:' }
        @{ Query = 'SELECT * FROM Win32_LogicalDisk WHERE FreeSpace <> NULL AND DriveType = 3'; Wanted = 'C:', 'D:' }
        @{ Query = 'SELECT * FROM Win32_LogicalDisk WHERE Size != 107374182400'; Wanted = 'D:' }
        @{ Query = "select DEVICEID from WIN32_LOGICALDISK where SIZE > '107374182400'"; Wanted = 'D:' }
        @{ Query = "SELECT * FROM CIM_DataFile WHERE Extension = 'exe' AND FileName = 'labtool' AND CreationDate >= '20260105100000.000000+060'"; Wanted = 'c:\tools\labtool.exe' }
    ) {
        Find $Query | Should -Be $Wanted
    }

    It 'compare dates' {
        @(Get-CimInstance Win32_OperatingSystem -Filter "LastBootUpTime > '20200101000000.000000+000'").Count | Should -Be 1
        @(Get-CimInstance Win32_OperatingSystem -Filter "LastBootUpTime < '2020-01-01'").Count | Should -Be 0
    }

    It 'refuses <_>' -ForEach @(
        'SELECT Nothing FROM Win32_Service', 'SELECT * FROM Win32_Service WHERE Nothing = 1', "SELECT * FROM CIM_DataFile WHERE Name = 'c:\tools\labtool.exe'"
        'SELECT * FROM Win32_OperatingSystem WHERE LastBootUpTime < LocalDateTime'
        "ASSOCIATORS OF {Win32_Service.Nme='Spooler'}", "ASSOCIATORS OF {Win32_Service='Spooler'} WHERE AssocClass = Win32_Service"
        "ASSOCIATORS OF {Win32_Service='Spooler'} WHERE AssocClass = Win32_DependentService AND Role = Dependent"
    ) {
        { Find $_ } | Should -Throw -ErrorId 'HRESULT 0x80041017,*GetCimInstanceCommand'
    }

    It 'name a class that there is not' {
        { Find 'SELECT * FROM Win32_Servise' } | Should -Throw -ErrorId 'HRESULT 0x80041010,*'
        { Find "ASSOCIATORS OF {Win32_Service='Spooler'} WHERE ResultClass = Win32_None" } | Should -Throw -ErrorId 'HRESULT 0x80041010,*'
        { Find "ASSOCIATORS OF {Win32_Service.Name='None'}" } | Should -Throw -ErrorId 'HRESULT 0x80041002,*'
    }
}

Describe 'Associations' {
    It '<Query> finds <Wanted>' -ForEach @(
        @{ Query = "ASSOCIATORS OF {Win32_Service.Name='Spooler'} WHERE AssocClass=Win32_DependentService Role=Dependent"; Wanted = 'RpcSs' }
        @{ Query = "ASSOCIATORS OF {Win32_Service='WinRM'} WHERE AssocClass = Win32_DependentService ResultRole = Antecedent ResultClass = Win32_SystemDriver"; Wanted = 'HTTP' }
        @{ Query = "ASSOCIATORS OF {Win32_Service='Spooler'} WHERE RequiredAssocQualifier = Association ResultClass = Win32_ComputerSystem"; Wanted = 'SRV01' }
        @{ Query = "ASSOCIATORS OF {\\.\root\cimv2:Win32_Service=""Spooler""} WHERE ResultClass = CIM_ComputerSystem"; Wanted = 'SRV01' }
        @{ Query = "ASSOCIATORS OF {\\SRV01\ROOT\CIMV2:Win32_Service.Name=""Spooler""} WHERE ResultClass = CIM_ComputerSystem"; Wanted = 'SRV01' }
        @{ Query = "ASSOCIATORS OF {Win32_DiskDrive.DeviceID='\\.\PHYSICALDRIVE0'} WHERE AssocClass = Win32_DiskDriveToDiskPartition"; Wanted = 'Disk #0, Partition #0' }
        @{ Query = "ASSOCIATORS OF {Win32_DiskDrive.DeviceID='\\\\.\\PHYSICALDRIVE0'} WHERE ResultClass = Win32_DiskPartition"; Wanted = 'Disk #0, Partition #0' }
        @{ Query = "ASSOCIATORS OF {Win32_Service='Spooler'} WHERE RequiredQualifier = Abstract"; Wanted = @() }
    ) {
        Find $Query | Should -Be $Wanted
    }

    It 'give references with both ends' {
        $found = Get-CimInstance -Query "REFERENCES OF {Win32_Service='Spooler'} WHERE ResultClass = Win32_DependentService Role = Dependent"
        "$($found.Antecedent.Name) $($found.Dependent.Name) $($found.Antecedent.CimClass.CimClassName)" | Should -Be 'RpcSs Spooler Win32_Service'
        ($found.Antecedent | Get-CimInstance).State | Should -Be 'Running'
        Get-CimInstance -Query "REFERENCES OF {Win32_Service='Spooler'} WHERE ResultClass = Win32_DependentService Role = Antecedent" | Should -BeNullOrEmpty
    }

    It 'give keys alone' {
        $found = Get-CimInstance -Query "ASSOCIATORS OF {Win32_Service='Spooler'} WHERE ResultClass = Win32_ComputerSystem KeysOnly"
        $found.CimInstanceProperties | Where-Object { $null -ne $_.Value } | ForEach-Object Name | Should -Be 'Name'
    }

    It 'are those of Get-CimAssociatedInstance' {
        $service = Get-CimInstance Win32_Service -Filter "Name='Spooler'"
        $byCmdlet = $service | Get-CimAssociatedInstance -Association Win32_DependentService | ForEach-Object ToString | Sort-Object
        $byQuery = Get-CimInstance -Query "ASSOCIATORS OF {Win32_Service='Spooler'} WHERE AssocClass = Win32_DependentService" | ForEach-Object ToString | Sort-Object
        $byCmdlet | Should -Be $byQuery
        { $service | Get-CimAssociatedInstance -Association Win32_None -ErrorAction Stop } | Should -Throw -ErrorId 'HRESULT 0x80041010,*'
    }
}

Describe 'Queries for classes' {
    It '<Query> finds <Wanted>' -ForEach @(
        @{ Query = 'SELECT * FROM meta_class WHERE __this ISA "Win32_BaseService"'; Wanted = 'Win32_BaseService', 'Win32_Service', 'Win32_SystemDriver' }
        @{ Query = "SELECT * FROM meta_class WHERE __Class = 'win32_service'"; Wanted = 'Win32_Service' }
        @{ Query = "SELECT * FROM meta_class WHERE __Class LIKE 'Win32[_]%Disk%' AND __Superclass = 'CIM_LogicalDisk'"; Wanted = 'Win32_LogicalDisk', 'Win32_MappedLogicalDisk' }
        @{ Query = "SELECT __Class FROM meta_class WHERE __Dynasty = 'StdRegProv'"; Wanted = 'StdRegProv' }
        @{ Query = "SELECT * FROM meta_class WHERE __Class = 'Win32_None'"; Wanted = @() }
        @{ Query = "ASSOCIATORS OF {Win32_Service='WinRM'} WHERE AssocClass = Win32_DependentService ClassDefsOnly"; Wanted = 'Win32_Service', 'Win32_SystemDriver' }
        @{ Query = 'ASSOCIATORS OF {Win32_LogicalDisk} WHERE AssocClass = Win32_LogicalDiskToPartition SchemaOnly'; Wanted = 'Win32_DiskPartition' }
        @{ Query = 'REFERENCES OF {Win32_LogicalDisk} WHERE ResultClass = Win32_LogicalDiskToPartition SchemaOnly'; Wanted = 'Win32_LogicalDiskToPartition' }
    ) {
        @((Get-CimInstance -Query $Query).Name | Sort-Object) | Should -Be $Wanted
    }

    It 'are refused with a class that there is not' {
        { Get-CimInstance -Query 'SELECT * FROM meta_class WHERE __this ISA "Win32_None"' -ErrorAction Stop } | Should -Throw -ErrorId 'HRESULT 0x800410*'
    }

    It 'come by Get-CimClass, too' {
        (Get-CimClass Win32_Service).CimSuperClass.CimSuperClass.CimClassName | Should -Be 'CIM_Service'
        $associations = (Get-CimClass -ClassName Win32_* -QualifierName Association | Where-Object CimClassName -Like '*LogicalDisk*').CimClassName
        $associations | Sort-Object | Should -Be 'Win32_LogicalDiskRootDirectory', 'Win32_LogicalDiskToPartition'
        (Get-CimClass -ClassName *Disk* -PropertyName DriveType).CimClassName | Should -Be 'Win32_LogicalDisk'
    }
}
