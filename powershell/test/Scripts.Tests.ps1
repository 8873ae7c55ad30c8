# Scripts as people write them, unchanged: the whole ones of fixtures/powershell/scripts over the default lab, and small ones here, over the
# machine of test/powershell, for what scripts use most. All run in strict mode; what they expect is what Windows gives.
BeforeAll {
    . "$PSScriptRoot/Lab.ps1"
    $names = 'srv01.lab.example', 'srv02.lab.example'
    $lab = Start-TestLab $names

    # What the inventory says of a computer of the lab.
    function ConvertTo-Inventory {
        param([Parameter(ValueFromPipeline)][hashtable] $Otherwise)
        process {
            [pscustomobject][ordered]@{
                Computer = $Otherwise.Computer; Os = 'Microsoft Windows Server 2022 Standard'; Build = 20348; Role = $Otherwise.Role; MemoryGB = 16.0
                FreePercent = [double]$Otherwise.FreePercent; Cores = 4.0; Serial = $Otherwise.Serial; UptimeHours = 26.0; Source = $Otherwise.Source
            } | ConvertTo-Json -Compress
        }
    }
}

AfterAll { $lab | Stop-Cimulator }

Describe 'The whole scripts' {
    # Those of the default lab: two computers, and nothing said of them here.
    BeforeAll { $both = Start-Cimulator }
    AfterEach { Get-CimSession | Remove-CimSession; Reset-Cimulator -Endpoint $both }
    AfterAll { $both | Stop-Cimulator }

    It 'takes an inventory of the computer that is meant where none is named' {
        $found = & "$Fixtures/scripts/01-inventory.ps1" 2>&1 3>&1
        ($found | ConvertTo-Json -Compress) | Should -Be (@{ Computer = 'SRV01'; Role = 'MemberServer'; FreePercent = 50; Serial = 'CTS-0001'; Source = '' } | ConvertTo-Inventory)
    }

    It 'takes an inventory of both, by <Names>' -ForEach @(
        @{ Names = 'srv01.lab.example', 'srv02.lab.example' }
        @{ Names = 'SRV01', 'Srv02' }
        @{ Names = 'iscsi-a.lab.example', 'iscsi-b' }
    ) {
        $found = & "$Fixtures/scripts/01-inventory.ps1" $Names 2>&1 3>&1 | Sort-Object Computer | ForEach-Object { $_ | ConvertTo-Json -Compress }
        $found | Should -Be @(
            @{ Computer = 'SRV01'; Role = 'MemberServer'; FreePercent = 50; Serial = 'CTS-0001'; Source = $Names[0] } | ConvertTo-Inventory
            @{ Computer = 'SRV02'; Role = 'PrimaryDomainController'; FreePercent = 10; Serial = 'CTS-0002'; Source = $Names[1] } | ConvertTo-Inventory
        )
    }

    It 'finds the disks with little space, over <How>' -ForEach @(
        @{ How = 'the names of the script'; Parameters = @{}; First = 'srv01.lab.example' }
        @{ How = 'short names'; Parameters = @{ ComputerName = 'srv01', 'srv02' }; First = 'srv01' }
    ) {
        & "$Fixtures/scripts/02-disk-space.ps1" @Parameters 2>&1 3>&1 | ForEach-Object { $_ | ConvertTo-Json -Compress } | Should -Be @(
            "{`"Kind`":`"Low`",`"Computer`":`"$First`",`"Drive`":`"D:`",`"FreeGB`":10,`"Percent`":5}"
            '{"Kind":"Total","Disks":3,"SizeGB":400.0,"FreeGB":90.0}'
            '{"Kind":"Optical","Drives":"E:","SizeIsNull":true}'
            '{"Kind":"Query","Drives":"C:,D:","OnlyAsked":true}'
        )
    }

    It 'starts, stops and configures services' {
        & "$Fixtures/scripts/03-service-control.ps1" 2>&1 3>&1 6>$null | Where-Object { $_ -is [string] } | Should -Be @(
            'Spooler: Running -> Stopped (0)'
            'Spooler: Stopped -> Running (0)'
            'Spooler: start again 10'
            'W32Time: mode Manual -> Disabled (0)'
            "MSiSCSI: display name 'Lab initiator' (0)"
            'WhatIf: still Running'
            'missing: 0 instances, no error'
            'result type: Microsoft.Management.Infrastructure.CimMethodResult'
        )
        # The other computer has a life of its own.
        (Get-CimInstance Win32_Service -Filter "Name='W32Time'" -ComputerName srv02).StartMode | Should -Be 'Manual'
        Get-CimulatorCall -Endpoint $both -ComputerName srv02 -Method StopService | Should -BeNullOrEmpty
        Get-CimulatorCall -Endpoint $both -ComputerName iscsi-a -Method StopService | Should -HaveCount 1
    }

    It 'starts and ends processes' {
        $said = & "$Fixtures/scripts/04-process.ps1" 2>&1 3>&1
        $said[1] | Should -Match '^owner [^\\ ]+\\[^ ]+ 0$'
        $said[0, 2, 3, 4, 5] | Should -Be @(
            'created 0, pid is uint32 True, found labtool.exe'
            'ended 0, left 0'
            'bad path 9'
            'class call equal True'
            'keys only: Handle set True, Name empty True'
        )
        $said[6] | Should -BeIn 'unknown method: MethodNotFound', 'unknown method: NotSupported'
        $said | Should -HaveCount 7
    }

    It 'goes from adapters to their configurations' {
        & "$Fixtures/scripts/05-adapter-associations.ps1" 2>&1 3>&1 | ForEach-Object { $_ | ConvertTo-Json -Compress } | Should -Be @(
            '{"Step":"Found","Count":2,"Macs":"02:00:00:00:01:01,02:00:00:00:01:02"}'
            '{"Step":"Set","Adapter":"02:00:00:00:01:01","Return":0,"Now":2}'
            '{"Step":"Set","Adapter":"02:00:00:00:01:02","Return":0,"Now":2}'
            '{"Step":"Default","Adapter":"02:00:00:00:01:02","Return":100}'
            '{"Step":"Enabled","Count":2,"FirstAddress":"192.0.2.11","AddressesAreArray":true}'
            '{"Step":"Back","Adapter":"Ethernet"}'
        )
    }

    It 'has sessions, and looks into errors, <How>' -ForEach @(
        @{ How = 'by WSMan'; Parameters = @{}; Name = 'srv01.lab.example' }
        @{ How = 'by HTTPS'; Parameters = @{ UseSsl = $true }; Name = 'srv01.lab.example' }
        @{ How = 'by Negotiate'; Parameters = @{ Connection = @{ Authentication = 'Negotiate' } }; Name = 'srv01.lab.example' }
        @{ How = 'with the other computer'; Parameters = @{ ComputerName = 'iscsi-b.lab.example'; UseSsl = $true }; Name = 'iscsi-b.lab.example' }
    ) {
        $computer = $Name -eq 'srv01.lab.example' ? 'SRV01' : 'SRV02'
        $said = & "$Fixtures/scripts/06-session-and-errors.ps1" @Parameters 3>&1 2>&1
        $said | Should -Be @(
            "session 'lab' $Name WSMAN, id is uint32 True, found by name True, by id True"
            "two calls: $computer True"
            "by pipe: $computer"
            'class: CimException, InvalidClass, status 5, category MetadataError, id ends with GetCimInstanceCommand True'
            'namespace: CimException, InvalidNamespace, status 3'
            'key: NotFound, category ObjectNotFound'
            'silent: 0 objects, error kept True'
            'name: an error, nothing thrown'
            'removed: 0 left, using it fails True'
        )
    }

    It 'pipes sessions of both' {
        $sessions = New-CimSession -ComputerName srv01.lab.example, srv02
        $found = $sessions | Get-CimInstance Win32_ComputerSystem | Sort-Object Name
        @($found.Name) + $found.PSComputerName | Should -Be 'SRV01', 'SRV02', 'srv01.lab.example', 'srv02'
        ($sessions | Get-CimInstance Win32_Service -Filter "Name='Spooler'" | Invoke-CimMethod -MethodName StopService).ReturnValue | Should -Be 0, 0
        $sessions | Where-Object ComputerName -EQ srv02 | Get-CimInstance Win32_Service -Filter "Name='Spooler'" | Invoke-CimMethod -MethodName StartService | ForEach-Object ReturnValue | Should -Be 0
        (Get-CimInstance Win32_Service -Filter "Name='Spooler'" -ComputerName srv01, srv02 | Sort-Object PSComputerName).State | Should -Be 'Stopped', 'Running'
    }

    It 'finds a computer by its port, too' {
        $url = [uri]($both.Hosts | Where-Object ComputerName -Contains 'srv02').HttpsUrl
        $both.Hosts.Name | Should -Be 'srv01.lab.example', 'srv02.lab.example'
        $session = New-CimSession -ComputerName srv02 -Port $url.Port -SessionOption (New-CimSessionOption -UseSsl)
        ($session | Get-CimInstance Win32_BIOS).SerialNumber | Should -Be 'CTS-0002'
    }

    It 'restarts a computer, and waits until it is there again' {
        $before = (Get-CimInstance Win32_OperatingSystem -ComputerName srv02).LastBootUpTime
        $restart = Get-CimInstance Win32_OperatingSystem -ComputerName srv02 | Invoke-CimMethod -MethodName Reboot
        $restart.ReturnValue | Should -Be 0
        $answers = foreach ($try in 1..100) {
            $system = Get-CimInstance Win32_OperatingSystem -ComputerName srv02 -ErrorAction SilentlyContinue
            [bool]$system
            if ($system.LastBootUpTime -gt $before) { break }
            # The other one goes on.
            (Get-CimInstance Win32_ComputerSystem).Name | Should -Be 'SRV01'
            Start-Sleep -Milliseconds 100
        }
        $answers | Should -Contain $false
        $answers[-1] | Should -BeTrue
    }

    It 'refuses names that the lab lacks' {
        { Start-Cimulator -ComputerName srv01, web07 } | Should -Throw "the lab has no host 'web07', only srv01.lab.example, *srv02*" -ErrorId 'EndpointNotStarted,*'
        { Get-CimInstance Win32_BIOS -ComputerName web07 -ErrorAction Stop } | Should -Throw "The computer name 'web07' is refused*srv02.lab.example*"
        { Get-CimulatorCall -Endpoint $both -ComputerName web07 } | Should -Throw "The endpoint has no computer 'web07', only *" -ErrorId 'UnknownComputerName,*'
        @(Get-Cimulator).Url | Should -Contain $both.Url
    }

    It 'takes the first name for the computer that is meant' {
        $other = Start-Cimulator -ComputerName srv02, srv01
        try { (Get-CimInstance Win32_ComputerSystem).Name | Should -Be 'SRV02' }
        finally { $other | Stop-Cimulator }
    }
}

Describe 'A script' {
    BeforeAll { Set-StrictMode -Version Latest }
    BeforeEach { $ErrorActionPreference = 'Stop' }
    AfterEach { Get-CimSession | Remove-CimSession }

    It 'filters with what it knows' {
        $name, $running = 'Spooler', $true
        (Get-CimInstance -ClassName Win32_Service -Filter "Name='$name'").State | Should -Be 'Running'
        (Get-CimInstance Win32_Service -Filter "Started=$running AND Name LIKE 'WinR%'").Name | Should -Be 'WinRM'
        $wanted = ('W32Time', 'MSiSCSI' | ForEach-Object { "Name = '{0}'" -f $_ }) -join ' OR '
        (Get-CimInstance Win32_Service -Filter $wanted).StartMode | Should -Be 'Manual', 'Manual'
        @(Get-CimInstance Win32_Service -Filter 'Name = "it''s"') | Should -HaveCount 0
        (Get-CimInstance Win32_Service -Filter "PathName='C:\\Windows\\System32\\spoolsv.exe'").Name | Should -Be 'Spooler'
    }

    It 'splats, and reads a property of what it gets' {
        $query = @{ ClassName = 'Win32_OperatingSystem'; Property = 'Caption', 'Version'; ErrorAction = 'Stop'; Verbose = $false }
        $system = Get-CimInstance @query
        $system.Caption, $system.BuildNumber | Should -Be 'Microsoft Windows Server 2022 Standard', $null
        $system.PSTypeNames[0] | Should -Be 'Microsoft.Management.Infrastructure.CimInstance#__PartialCIMInstance'
        [version](Get-CimInstance Win32_OperatingSystem).Version | Should -BeGreaterThan ([version]'10.0')
    }

    It 'calculates with dates and sizes' {
        $system = Get-CimInstance Win32_OperatingSystem
        [math]::Floor(($system.LocalDateTime - $system.LastBootUpTime).TotalHours) | Should -Be 26
        $disk = Get-CimInstance Win32_LogicalDisk -Filter 'DriveType=3' | Sort-Object FreeSpace | Select-Object -First 1
        $disk.FreeSpace / 1GB | Should -Be 10
        (Get-CimInstance Win32_LogicalDisk | Measure-Object Size -Sum).Sum / 1GB | Should -Be 300
    }

    It 'switches over ReturnValue' {
        $result = Get-CimInstance Win32_Service -Filter "Name='Spooler'" | Invoke-CimMethod -MethodName StartService
        $said = switch ($result.ReturnValue) { 0 { 'started' } 10 { 'was running' } default { "failed: $_" } }
        $said | Should -Be 'was running'
        $result.ReturnValue | Should -BeOfType uint32
    }

    It 'starts and ends a process' {
        $made = Invoke-CimMethod Win32_Process -MethodName Create -Arguments @{ CommandLine = 'C:\Tools\labtool.exe -x' }
        $process = Get-CimInstance Win32_Process -Filter "ProcessId=$($made.ProcessId)"
        $owner = Invoke-CimMethod -InputObject $process -MethodName GetOwner
        "$($owner.Domain)\$($owner.User)" | Should -Be 'LAB\svc-lab'
        (Invoke-CimMethod -Query "SELECT * FROM Win32_Process WHERE ProcessId=$($made.ProcessId)" -MethodName Terminate).ReturnValue | Should -Be 0
        Get-CimInstance Win32_Process -Filter "ProcessId=$($made.ProcessId)" | Should -BeNullOrEmpty
    }

    It 'gives an object for an embedded instance' {
        $startup = New-CimInstance -ClientOnly -ClassName Win32_ProcessStartup -Namespace root/cimv2 -Property @{ ShowWindow = [uint16]0 }
        $made = Invoke-CimMethod Win32_Process -MethodName Create -Arguments @{ CommandLine = 'C:\Tools\labtool.exe'; ProcessStartupInformation = $startup }
        $made.ReturnValue | Should -Be 0
        Remove-CimInstance -Query "SELECT * FROM Win32_Process WHERE ProcessId=$($made.ProcessId)"
    }

    It 'reads a registry by the provider' {
        $hive = [uint32]2147483650
        $keys = (Invoke-CimMethod -Namespace root/default -ClassName StdRegProv -MethodName EnumKey -Arguments @{ hDefKey = $hive; sSubKeyName = 'SOFTWARE\Lab\Agents' }).sNames
        $versions = foreach ($key in $keys) {
            (Invoke-CimMethod -Namespace root\cimv2 -Class StdRegProv -Name GetStringValue @{ hDefKey = $hive; sSubKeyName = "SOFTWARE\Lab\Agents\$key"; sValueName = 'Version' }).sValue
        }
        $versions | Should -Be '1.4', '2.0', $null
    }

    It 'opens sessions in a loop, the first of which is number 1, and tells which computers were not there' {
        $opened, $missing = @(), @()
        foreach ($computer in 'srv01.lab.example', 'nobody.lab.invalid', 'srv02.lab.example') {
            try { $opened += New-CimSession -ComputerName $computer -ErrorAction Stop }
            catch [Microsoft.Management.Infrastructure.CimException] { $missing += $computer }
        }
        $missing | Should -Be 'nobody.lab.invalid'
        @(Get-CimSession).Count | Should -Be 2
        $opened[1].Id - $opened[0].Id | Should -Be 1
        (Get-CimInstance Win32_BIOS -CimSession $opened).PSComputerName | Sort-Object | Should -Be $names
        $opened | Remove-CimSession
        @(Get-CimSession).Count | Should -Be 0
    }

    It 'numbers the sessions of a fresh runspace from 1' {
        $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
        try {
            $null = $shell.AddScript('$session = New-CimSession -ComputerName srv01.lab.example; $session.Id; $session.Name; @(Get-CimSession).Count')
            $shell.Invoke() | Should -Be 1, 'CimSession1', 1
        }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
    }

    It 'tests a session, with and without out arguments' {
        $session = New-CimSession -ComputerName srv01.lab.example
        $session.TestConnection() | Should -BeTrue
        $nobody = [pscredential]::new('nobody', (ConvertTo-SecureString 'wrong' -AsPlainText -Force))
        $refused = New-CimSession -ComputerName srv01.lab.example -Credential $nobody -SkipTestConnection
        $instance = $exception = $null
        $refused.TestConnection([ref]$instance, [ref]$exception) | Should -BeFalse
        $exception.NativeErrorCode | Should -Be 'AccessDenied'
        $session.TestConnection([ref]$instance, [ref]$exception) | Should -BeTrue
        $exception | Should -BeNullOrEmpty
        $session | Remove-CimSession
        { $session.TestConnection() } | Should -Throw '*disposed*'
    }

    It 'takes names where a parameter wants sessions' {
        function Get-Serial([CimSession[]] $CimSession) { (Get-CimInstance Win32_BIOS -CimSession $CimSession).PSComputerName }
        Get-Serial -CimSession $names | Sort-Object | Should -Be $names
        (Get-CimInstance Win32_BIOS -CimSession srv01.lab.example).SerialNumber | Should -Be 'CTS-0001'
        Get-CimSession | Should -BeNullOrEmpty
    }

    It 'looks into errors' {
        try { Get-CimInstance Win32_NoSuchClass -ErrorAction Stop; throw 'no error' }
        catch [Microsoft.Management.Infrastructure.CimException] { $caught = $_ }
        $found = $caught.Exception
        $found.NativeErrorCode, [int]$found.NativeErrorCode, $found.StatusCode, $found.MessageId | Should -Be 'InvalidClass', 5, 5, 'HRESULT 0x80041010'
        '0x{0:X8}' -f $found.HResult | Should -Be '0x80131500'
        "$($caught.CategoryInfo)" | Should -Be 'MetadataError: (root\cimv2:Win32_NoSuchClass:String) [Get-CimInstance], CimException'
        $found.ErrorData.CimSystemProperties.ClassName | Should -Be 'MSFT_WmiError'
        $found.InnerException | Should -BeNullOrEmpty
    }

    It 'keeps errors in a variable and goes on' {
        $found = Get-CimInstance Win32_BIOS -ComputerName srv01.lab.example, nobody.lab.invalid, srv02.lab.example -ErrorAction SilentlyContinue -ErrorVariable problems
        $found.PSComputerName | Sort-Object | Should -Be $names
        $problems | Should -HaveCount 1
        $problems[0].OriginInfo.PSComputerName | Should -Be 'nobody.lab.invalid'
    }

    It 'has functions with typed parameters' {
        function Show-Disk {
            [CmdletBinding()]
            [OutputType([string])]
            param([Parameter(Mandatory, ValueFromPipeline)][Microsoft.Management.Infrastructure.CimInstance[]] $Disk)
            process { foreach ($one in $Disk) { '{0} {1:N0}' -f $one.DeviceID, ($one.FreeSpace / 1GB) } }
        }
        function Get-DisplayName {
            param([Parameter(ValueFromPipeline)][PSTypeName('Microsoft.Management.Infrastructure.CimInstance#Win32_Service')] $Service)
            process { $Service.DisplayName }
        }
        $disks = Get-CimInstance Win32_LogicalDisk -Filter 'DriveType=3'
        $disks | Show-Disk | Should -Be 'C: 30', 'D: 10'
        Show-Disk -Disk $disks | Should -Be 'C: 30', 'D: 10'
        Get-CimInstance Win32_Service -Filter "Name='WinRM'" | Get-DisplayName | Should -Be 'Windows Remote Management (WS-Management)'
        { Get-DisplayName (Get-CimInstance Win32_BIOS) } | Should -Throw -ErrorId 'MismatchedPSTypeName,Get-DisplayName'
    }

    It 'walks through CimInstanceProperties and CimSystemProperties' {
        $service = Get-CimInstance Win32_Service -Filter "Name='Spooler'"
        $values = @{}
        foreach ($property in $service.CimInstanceProperties) { if ($null -ne $property.Value) { $values[$property.Name] = $property.Value } }
        $values['ProcessId'], $values.ContainsKey('Description') | Should -Be 1480, $false
        ($service.CimInstanceProperties | Where-Object { $_.Flags -band [Microsoft.Management.Infrastructure.CimFlags]::Key }).Name | Should -Be 'Name'
        $service.PSBase.CimInstanceProperties['State'].Value = 'Odd'
        $service.State | Should -Be 'Odd'
        $service.CimSystemProperties.ClassName, $service.CimSystemProperties.Namespace | Should -Be 'Win32_Service', 'root/cimv2'
        "$service" | Should -Be 'Win32_Service: Print Spooler (Name = "Spooler")'
    }

    It 'takes a name that is not set for none' {
        $env:COMPUTERNAME | Should -BeNullOrEmpty
        $found = Get-CimInstance Win32_BIOS -ComputerName $env:COMPUTERNAME
        $found.SerialNumber, $found.PSComputerName | Should -Be 'CTS-0001', $null
        (Get-CimInstance Win32_BIOS -ComputerName '').PSComputerName | Should -BeNullOrEmpty
        (Get-CimInstance Win32_BIOS -ComputerName localhost, .).PSComputerName | Sort-Object | Should -Be '.', 'localhost'
    }

    It 'finds its default parameters' {
        $PSDefaultParameterValues['*-Cim*:CimSession'] = New-CimSession -ComputerName srv02.lab.example
        (Get-CimInstance Win32_BIOS).PSComputerName | Should -Be 'srv02.lab.example'
        (Invoke-CimMethod Win32_Process -MethodName Create -Arguments @{ CommandLine = 'C:\no\such.exe' }).PSComputerName | Should -Be 'srv02.lab.example'
        $PSDefaultParameterValues.Clear()
        (Get-CimSession | Get-CimInstance -ClassName Win32_BIOS).SerialNumber | Should -Be 'CTS-0001'
    }

    It 'groups by PSComputerName' {
        $groups = Get-CimInstance Win32_LogicalDisk -ComputerName $names | Group-Object PSComputerName | Sort-Object Name
        $groups | ForEach-Object { "$($_.Name) $($_.Count)" } | Should -Be 'srv01.lab.example 3', 'srv02.lab.example 3'
        (Get-CimInstance Win32_BIOS).PSComputerName | Should -BeNullOrEmpty
    }

    It 'writes CSV and JSON' {
        Get-CimInstance Win32_LogicalDisk -Filter 'DriveType=3' -ComputerName srv01.lab.example | Export-Csv "$TestDrive/disks.csv"
        $read = Import-Csv "$TestDrive/disks.csv"
        $read.DeviceID, $read[0].Size, $read[0].PSComputerName | Should -Be @(@('C:', 'D:'), '107374182400', 'srv01.lab.example')
        $json = Get-CimInstance Win32_BIOS | ConvertTo-Json -Depth 2 -WarningAction Ignore | ConvertFrom-Json
        $json.SerialNumber, $json.BIOSVersion[1], $json.CimSystemProperties.ClassName | Should -Be 'CTS-0001', '1.0.7', 'Win32_BIOS'
        Get-CimInstance Win32_ComputerSystem | Select-Object Name, NumberOfLogicalProcessors | ConvertTo-Json -Compress | Should -Be '{"Name":"SRV01","NumberOfLogicalProcessors":4}'
    }

    It 'keeps an instance in CLIXML, and calls it later' {
        Get-CimInstance Win32_Service -Filter "Name='Spooler'" -ComputerName srv02.lab.example | Export-Clixml "$TestDrive/service.xml"
        $kept = Import-Clixml "$TestDrive/service.xml"
        $kept.State | Should -Be 'Running'
        $fresh = $kept | Get-CimInstance
        $fresh.DisplayName, $fresh.PSComputerName | Should -Be 'Print Spooler', 'srv02.lab.example'
        ($kept | Invoke-CimMethod -MethodName StartService).ReturnValue | Should -Be 10
        @($kept | Get-CimAssociatedInstance -ResultClassName Win32_ComputerSystem).Name | Should -Contain 'SRV01'
    }

    It 'works in thread jobs and in parallel, where nobody imports the module' {
        $session = New-CimSession -ComputerName srv01.lab.example
        (Start-ThreadJob { Get-CimInstance Win32_BIOS -CimSession $using:session } | Receive-Job -Wait -AutoRemoveJob).SerialNumber | Should -Be 'CTS-0001'
        $names | ForEach-Object -Parallel { (gcim Win32_BIOS -ComputerName $_).PSComputerName } | Sort-Object | Should -Be $names
    }

    It 'works in a job that is told of the endpoint' {
        $there = @{ Url = $lab.Url; Credential = $lab.Credential }
        $job = Start-Job {
            $env:CIMULATOR_URL, $env:CIMULATOR_USER, $env:CIMULATOR_PASSWORD = $args[0].Url, $args[0].Credential.UserName, $args[0].Credential.GetNetworkCredential().Password
            Get-CimInstance Win32_BIOS
        } -ArgumentList $there
        $read = $job | Receive-Job -Wait -AutoRemoveJob
        $read.SerialNumber | Should -Be 'CTS-0001'
        $read.PSTypeNames[0] | Should -Be 'Deserialized.Microsoft.Management.Infrastructure.CimInstance#root/cimv2/Win32_BIOS'
    }

    It 'changes what it finds' {
        Set-CimInstance -Query 'SELECT * FROM Win32_ComputerSystem' -Property @{ AutomaticManagedPagefile = 'false' } -PassThru | ForEach-Object AutomaticManagedPagefile | Should -BeFalse
        $system = Get-CimInstance Win32_ComputerSystem
        $system.AutomaticManagedPagefile = $true
        Set-CimInstance -InputObject $system
        (Get-CimInstance Win32_ComputerSystem).AutomaticManagedPagefile | Should -BeTrue
        { $system | Set-CimInstance -Property @{ Name = 'other' } } | Should -Throw -ErrorId 'Set-CimInstance,*SetCimInstanceCommand'
    }

    It 'makes and removes an instance, with strings for numbers' {
        $made = New-CimInstance Win32_PageFileSetting -Property @{ Name = 'C:\pagefile.sys'; InitialSize = 1024; MaximumSize = '2048' }
        $made.MaximumSize | Should -BeOfType uint32
        { New-CimInstance Win32_PageFileSetting -Property @{ Name = 'C:\pagefile.sys' } } | Should -Throw -ErrorId 'HRESULT 0x80041019,*NewCimInstanceCommand'
        Get-CimInstance Win32_PageFileSetting | Remove-CimInstance -WhatIf
        Get-CimInstance Win32_PageFileSetting | Remove-CimInstance
        Get-CimInstance Win32_PageFileSetting | Should -BeNullOrEmpty
    }

    It 'makes objects for itself alone' {
        $ghost = New-CimInstance -ClientOnly -ClassName Win32_Process -Namespace root/cimv2 -Key Handle -Property ([ordered]@{ Handle = '4'; Count = 1; At = Get-Date; Parts = 'a', 'b' })
        $ghost.CimInstanceProperties.CimType | Should -Be 'String', 'SInt32', 'DateTime', 'StringArray'
        "$ghost", ($ghost | Get-CimInstance).Name | Should -Be 'Win32_Process (Handle = "4")', 'System'
        $typed = New-CimInstance -ClientOnly -CimClass (Get-CimClass Win32_Process) -Property @{ Handle = '4' }
        $typed.CimClass.CimClassName, ($typed | Get-CimInstance).Name | Should -Be 'Win32_Process', 'System'
    }

    It 'follows associations' {
        $adapters = Get-CimInstance Win32_NetworkAdapter -Filter "NetConnectionID='Ethernet'" -KeyOnly
        ($adapters | Get-CimAssociatedInstance -ResultClassName Win32_NetworkAdapterConfiguration).MACAddress | Should -Be '02:00:00:00:01:01'
        $found = @(Get-CimInstance Win32_ComputerSystem | Get-CimAssociatedInstance -ResultClassName Win32_LogicalDisk)
        $found.DeviceID | Sort-Object | Should -Be 'C:', 'D:', 'E:'
        (Get-CimInstance -Query "ASSOCIATORS OF {Win32_LogicalDisk.DeviceID='C:'} WHERE ResultClass=Win32_ComputerSystem").Name | Should -Be 'SRV01'
    }

    It 'looks for classes' {
        (Get-CimClass Win32_*LogicalDisk).CimClassName | Should -Be 'Win32_LogicalDisk', 'Win32_MappedLogicalDisk', 'Win32_PerfFormattedData_PerfDisk_LogicalDisk'
        (Get-CimClass -ClassName Win32_* -MethodName Term*).CimClassName | Should -Be 'Win32_Process'
        (Get-CimClass Win32_Process).CimClassMethods['Create'].Parameters.Name | Should -Contain 'CommandLine'
        (Get-CimClass Win32_Service).CimSuperClassName | Should -Be 'Win32_BaseService'
        Get-CimClass Win32_NoSuch* | Should -BeNullOrEmpty
    }

    It 'walks through the namespaces' {
        function Get-Namespace([string] $Parent) {
            foreach ($child in Get-CimInstance -Namespace $Parent -ClassName __NAMESPACE) { "$Parent/$($child.Name)"; Get-Namespace "$Parent/$($child.Name)" }
        }
        $found = Get-Namespace root
        'root/cimv2', 'root/Microsoft/Windows', 'root/StandardCimv2', 'root/cimv2/storage/iScsiTarget' | Should -BeIn $found
    }

    It 'is mocked by Pester' {
        function Get-Caption { (Get-CimInstance -ClassName Win32_OperatingSystem -Filter 'x=1').Caption }
        function Stop-Typed([CimInstance] $Service) { (Invoke-CimMethod -InputObject $Service -MethodName StopService).ReturnValue }
        Mock Get-CimInstance { New-CimInstance -ClientOnly -ClassName Win32_OperatingSystem -Property @{ Caption = 'mine' } } -ParameterFilter { $ClassName -eq 'Win32_OperatingSystem' }
        Mock Invoke-CimMethod { [pscustomobject]@{ ReturnValue = 5 } }
        Get-Caption | Should -Be 'mine'
        Stop-Typed (New-CimInstance -ClientOnly Win32_Service -Property @{ Name = 'q' }) | Should -Be 5
        Should -Invoke Get-CimInstance -Times 1 -Exactly
        Should -Invoke Invoke-CimMethod -ParameterFilter { $MethodName -eq 'StopService' -and $InputObject.Name -eq 'q' }
        Mock Get-CimInstance { 7 } -ParameterFilter { $CimSession }
        Get-CimInstance Win32_BIOS -CimSession (New-MockObject -Type CimSession) | Should -Be 7
    }
}
