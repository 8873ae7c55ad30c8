# The checklist of PowerShell's own tests of CIM, row by row, over the root/cimv2 of test/powershell. The numbers are its rows.
# Rows 14 to 21 are in Cdxml.Tests.ps1, row 22 in Completion.Tests.ps1, with the names of root/cimv2 here.
# Not here: row 32 (a session's visible commands, and the parameters of Get- and Import-Module that load modules over CIM) is PowerShell
# remoting on Windows; row 33 (every resource string is there) is about the assemblies of Windows' own cmdlets.
BeforeDiscovery {
    $commands = 'Microsoft.Management.Infrastructure.CimCmdlets'
    $aliases = @(
        @{ Alias = 'gcai'; Name = 'Get-CimAssociatedInstance' }
        @{ Alias = 'gcim'; Name = 'Get-CimInstance' }
        @{ Alias = 'gcls'; Name = 'Get-CimClass' }
        @{ Alias = 'gcms'; Name = 'Get-CimSession' }
        @{ Alias = 'icim'; Name = 'Invoke-CimMethod' }
        @{ Alias = 'ncim'; Name = 'New-CimInstance' }
        @{ Alias = 'ncms'; Name = 'New-CimSession' }
        @{ Alias = 'ncso'; Name = 'New-CimSessionOption' }
        @{ Alias = 'rcie'; Name = 'Register-CimIndicationEvent' }
        @{ Alias = 'rcim'; Name = 'Remove-CimInstance' }
        @{ Alias = 'rcms'; Name = 'Remove-CimSession' }
        @{ Alias = 'scim'; Name = 'Set-CimInstance' }
    )
    $impacts = @(
        @{ Impact = 'Medium'; Names = 'Invoke-CimMethod', 'New-CimInstance', 'Set-CimInstance', 'Remove-CimInstance', 'Remove-CimSession' }
        @{ Impact = 'None'; Names = 'Get-CimAssociatedInstance', 'Get-CimClass', 'Get-CimInstance', 'Get-CimSession', 'New-CimSession', 'New-CimSessionOption', 'Register-CimIndicationEvent' }
    )
    $completions = @(
        @{ Line = 'Get-CimInstance Win32_Proces'; Wants = 'Win32_Process' }
        @{ Line = 'Get-CimInstance -ClassName Win32_Oper*Sys'; Wants = 'Win32_OperatingSystem' }
        @{ Line = 'New-CimInstance -ClassName Win32_Envir'; Wants = 'Win32_Environment' }
        @{ Line = 'Invoke-CimMethod -ClassName Win32_Proces'; Wants = 'Win32_Process' }
        @{ Line = 'Get-CimClass -ClassName Win32_Proces'; Wants = 'Win32_Process' }
        @{ Line = 'Invoke-CimMethod -ClassName Win32_Process -MethodName Crea'; Wants = 'Create' }
        @{ Line = 'Get-CimInstance -ClassName Win32_Process | Invoke-CimMethod -MethodName AttachDeb'; Wants = 'AttachDebugger' }
        @{ Line = 'Get-CimInstance Win32_Process | Invoke-CimMethod -MethodName GetOwnerS'; Wants = 'GetOwnerSid' }
        @{ Line = '$processes = Get-CimInstance Win32_Process; $processes | Invoke-CimMethod -MethodName Termin'; Wants = 'Terminate' }
        @{ Line = '$process = Get-CimInstance Win32_Process; Invoke-CimMethod -InputObject $process -MethodName AttachDeb'; Wants = 'AttachDebugger' }
        @{ Line = 'Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Arguments @{ CommandL'; Wants = 'CommandLine' }
        @{ Line = 'Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Arguments @{ CommandLine = "a"; Curr'; Wants = 'CurrentDirectory' }
        @{ Line = 'Get-CimInstance Win32_Process | Invoke-CimMethod -MethodName SetPriority -Arguments @{ Prio'; Wants = 'Priority' }
        @{ Line = 'New-CimInstance Win32_Environment -Property @{ VariableV'; Wants = 'VariableValue' }
        @{ Line = 'Get-CimInstance Win32_Environment | Set-CimInstance -Property @{ VariableV'; Wants = 'VariableValue' }
        @{ Line = 'Get-CimInstance Win32_Process -Property CommandL'; Wants = 'CommandLine' }
        @{ Line = 'Get-CimInstance Win32_ComputerSystem | Get-CimAssociatedInstance -ResultClassName Win32_Proc*'; Wants = 'Win32_Process' }
        @{ Line = 'Get-CimInstance Win32_Process | ForEach-Object { $_.CommandL'; Wants = 'CommandLine' }
        @{ Line = 'New-CimInstance Win32_Process | ForEach-Object { $_.CommandL'; Wants = 'CommandLine' }
        @{ Line = '$class = Get-CimClass Win32_Process; $class.CimClassPro'; Wants = 'CimClassProperties' }
        @{ Line = 'Get-CimInstance -Namespace root/Int'; Wants = 'root/interop' }
        @{ Line = 'Get-CimInstance -Namespace root/Int*op'; Wants = 'root/interop' }
        @{ Line = 'Get-CimClass -Namespace root/Microsoft/Win'; Wants = 'root/Microsoft/Windows' }
    )
}

BeforeAll {
    . "$PSScriptRoot/Lab.ps1"
    $lab = Start-TestLab
    $commands = 'Microsoft.Management.Infrastructure.CimCmdlets'
}

AfterAll { $lab | Stop-Cimulator }

Describe 'Get-CimInstance' {
    BeforeAll { $system = Get-CimInstance CIM_ComputerSystem }

    It '1: finds the instance of a subclass by its superclass' {
        $system.CimClass.CimClassName | Should -Be 'Win32_ComputerSystem'
    }

    It '2: gives every property by its name in any spelling' {
        $names = $system.PSObject.Properties.Name
        $names.Count | Should -BeGreaterThan 20
        foreach ($name in $names) {
            $values = $name, $name.ToUpperInvariant(), $name.ToLowerInvariant() | ForEach-Object { $system.$_ -join ',' }
            $values | Select-Object -Unique | Should -HaveCount 1 -Because $name
        }
        $system.TOTALPHYSICALMEMORY, $system.totalphysicalmemory | Should -Be 17179869184, 17179869184
    }

    It '3: tells the session of an instance' {
        $system.GetCimSessionInstanceId() | Should -BeOfType guid
    }

    It '4: ends with Stop where there is no such class' {
        { Get-CimInstance -ClassName Win32_NoSuchClass -ErrorAction Stop } | Should -Throw -ErrorId "HRESULT 0x80041010,$commands.GetCimInstanceCommand"
    }

    It '30: gives a BIOS whose member Name is adapted' {
        $name = (Get-CimInstance Win32_BIOS).PSObject.Members['Name']
        $name.MemberType, $name.Value | Should -Be 'Property', '1.0.7'
        $name | Should -BeOfType System.Management.Automation.PSAdaptedProperty
    }
}

Describe 'A CIM session' {
    BeforeAll { $session = New-CimSession -ComputerName srv01.lab.example -Name checklist }
    AfterAll { Get-CimSession | Remove-CimSession }

    It '5: has the name it was given, and an id' {
        $session.Name | Should -Be 'checklist'
        $session.InstanceId | Should -BeOfType guid
        (Get-CimInstance Win32_ComputerSystem -CimSession $session).Name | Should -Be 'SRV01'
    }

    It '6: is found by name, id and instance id' {
        (Get-CimSession -Name checklist).InstanceId | Should -Be $session.InstanceId
        (Get-CimSession -Id $session.Id).InstanceId | Should -Be $session.InstanceId
        (Get-CimSession -InstanceId $session.InstanceId).Name | Should -Be 'checklist'
    }

    It '7: is gone when it was piped to Remove-CimSession' {
        New-CimSession -ComputerName localhost -Name passing | Remove-CimSession
        Get-CimSession localhost -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        Get-CimSession -Name passing -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        (Get-CimSession).Name | Should -Be 'checklist'
    }
}

Describe 'Get-CimClass' {
    It '8: finds a class by name, with and without a namespace' {
        (Get-CimClass -ClassName CIM_OperatingSystem).CimClassName | Should -Be 'CIM_OperatingSystem'
        (Get-CimClass -ClassName CIM_OperatingSystem -Namespace root/cimv2).CimClassName | Should -Be 'CIM_OperatingSystem'
        (Get-CimClass Win32_LogicalDisk root/cimv2).CimSystemProperties.Namespace | Should -Be 'root/cimv2'
    }

    It '9: ends with Stop where there is no such class' {
        { Get-CimClass -ClassName Win32_NoSuchClass -ErrorAction Stop } | Should -Throw -ErrorId "HRESULT 0x80041002,$commands.GetCimClassCommand"
    }

    It '10: ends with Stop where there is no such namespace' {
        { Get-CimClass -ClassName CIM_OperatingSystem -Namespace root/nowhere -ErrorAction Stop } |
            Should -Throw -ErrorId "HRESULT 0x8004100e,$commands.GetCimClassCommand"
    }

    It '11: finds classes by a method' {
        (Get-CimClass -MethodName Reboot).CimClassName | Sort-Object | Should -Be 'CIM_OperatingSystem', 'Win32_OperatingSystem'
    }

    It '12: gives the seven values of a property with -Amended' {
        $class = Get-CimClass -ClassName Win32_LogicalDisk -Amended
        $class.CimClassProperties['DriveType'].Qualifiers.Item('Values').Value | Should -HaveCount 7
    }

    It '25: finds a property by its name, and $null by none' {
        $properties = (Get-CimClass -ClassName Win32_Process).CimClassProperties
        $properties['processid'].Name | Should -Be 'ProcessId'
        { $properties['NoSuchProperty'] } | Should -Not -Throw
        $properties['NoSuchProperty'] | Should -BeNullOrEmpty
    }

    It '29: gives classes whose properties survive ConvertTo-Json' {
        $read = Get-CimClass -ClassName Win32_Environment | ConvertTo-Json -Depth 3 -WarningAction Ignore | ConvertFrom-Json
        $read.CimClassName, $read.CimSuperClassName | Should -Be 'Win32_Environment', 'CIM_SystemResource'
        $read.CimClassProperties.Name | Should -Contain 'VariableValue'
        ($read.CimClassProperties | Where-Object Name -EQ VariableValue).CimType | Should -Be ([int][cimtype]::String)
    }
}

Describe 'The type names of an instance' {
    BeforeAll {
        $prefix = 'Microsoft.Management.Infrastructure.CimInstance#'
        $chain = 'Win32_Process', 'CIM_Process', 'CIM_LogicalElement', 'CIM_ManagedSystemElement'
        $names = [string[]](Get-CimInstance Win32_Process | Select-Object -First 1).PSTypeNames
    }

    It '13: name each class of the chain with its namespace, the derived before its base' {
        $names | Select-Object -First 4 | Should -Be ($chain | ForEach-Object { "${prefix}root/cimv2/$_" })
    }

    It '13: then each class of the chain alone, in the same order' {
        $names | Select-Object -Skip 4 -First 4 | Should -Be ($chain | ForEach-Object { "$prefix$_" })
        $names | Select-Object -Skip 8 | Should -Be 'Microsoft.Management.Infrastructure.CimInstance', 'System.Object'
    }

    It '23: are known to PowerShell before the line is run' {
        $line = 'Get-CimInstance -Namespace root/cimv2 -ClassName Win32_Process'
        $types = [System.Management.Automation.PSObject].Assembly.GetType('System.Management.Automation.AstTypeInference')
        $inferred = $types::InferTypeOf([scriptblock]::Create($line).Ast)
        $inferred.Name | Should -Contain "${prefix}root/cimv2/Win32_Process"
    }
}

Describe 'The types of CIM' {
    It '24: have the accelerator <Name>' -ForEach @(
        @{ Name = 'ciminstance'; Full = 'CimInstance' }
        @{ Name = 'cimclass'; Full = 'CimClass' }
        @{ Name = 'cimtype'; Full = 'CimType' }
        @{ Name = 'cimconverter'; Full = 'CimConverter' }
        @{ Name = 'cimsession'; Full = 'CimSession' }
    ) {
        ($Name -as [type]).FullName | Should -Be "Microsoft.Management.Infrastructure.$Full"
    }

    It '28: may be given PowerShell''s own adapter' {
        $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
        try {
            $null = $shell.AddScript('Update-TypeData -TypeName System.Version -TypeAdapter Microsoft.PowerShell.Cim.CimInstanceAdapter -ErrorAction Stop; (Get-TypeData System.Version).TypeAdapter.FullName')
            $shell.Invoke() | Should -Be 'Microsoft.PowerShell.Cim.CimInstanceAdapter'
        }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
    }
}

Describe 'New-CimInstance -ClientOnly' {
    It '26: takes an ordered dictionary, and keeps its order' {
        $made = New-CimInstance -ClientOnly -ClassName LAB_Made -Property ([ordered]@{ Third = 3; First = 1; Second = '2' })
        $made.CimInstanceProperties.Name | Should -Be 'Third', 'First', 'Second'
        $made.First, $made.Second | Should -Be 1, '2'
    }
}

Describe 'The commands' {
    It '27: <Alias> is <Name>' -ForEach $aliases {
        (Get-Alias $Alias).ResolvedCommandName | Should -Be $Name
    }

    It '27: have the impact <Impact>: <Names>' -ForEach $impacts {
        foreach ($name in $Names) {
            $attribute = (Get-Command $name).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $true)[0]
            $attribute.ConfirmImpact | Should -Be ([System.Management.Automation.ConfirmImpact]$Impact)
        }
    }
}

Describe 'Services and updates' {
    It '31: are found by a filter, changed by a method and read again' {
        $service = Get-CimInstance -ClassName Win32_Service -Filter "Name='W32Time'"
        $service.StartMode | Should -Be 'Manual'
        ($service | Invoke-CimMethod -MethodName ChangeStartMode -Arguments @{ StartMode = 'Disabled' }).ReturnValue | Should -Be 0
        ($service | Get-CimInstance).StartMode | Should -Be 'Disabled'
    }

    It '31: are removed by the pipe' {
        Get-CimInstance Win32_Service -Filter "Name='RemoteRegistry'" | Remove-CimInstance
        Get-CimInstance Win32_Service -Filter "Name='RemoteRegistry'" | Should -BeNullOrEmpty
    }

    It '31: count as they were installed' {
        $updates = @(Get-CimInstance Win32_QuickFixEngineering)
        $updates.HotFixID | Should -Match '^KB\d+$'
        @(Get-CimInstance Win32_QuickFixEngineering -Filter "HotFixID='$($updates[0].HotFixID)'") | Should -HaveCount 1
    }
}

Describe 'Tab completion' {
    BeforeAll {
        function Complete([string] $Line) { (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches }

        # The first answer may take longer than somebody who types waits; it is kept for the next.
        $until = [datetime]::UtcNow.AddSeconds(20)
        while (-not (Complete 'Get-CimClass Win32_Proces') -and [datetime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 100 }
    }

    It '22: completes <Line>' -ForEach $completions {
        (Complete $Line).CompletionText | Should -Contain $Wants
    }

    It '22: gives Set-CimInstance the writable properties alone' {
        (Complete 'Get-CimInstance Win32_Environment | Set-CimInstance -Property @{ ').CompletionText | Should -Be 'Name', 'VariableValue'
    }

    It '22: gives no method of instances to -ClassName, and no static one after a pipe' {
        Complete 'Invoke-CimMethod -ClassName Win32_Process -MethodName Termin' | Should -BeNullOrEmpty
        Complete 'Get-CimInstance Win32_Process | Invoke-CimMethod -MethodName Creat' | Should -BeNullOrEmpty
    }

    It '22: has nothing for -Arguments and -Property alone' {
        Complete 'Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Arguments ' | Should -BeNullOrEmpty
        Complete 'Get-CimInstance Win32_Environment | Set-CimInstance -Property ' | Should -BeNullOrEmpty
    }
}
