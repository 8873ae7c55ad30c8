# What Microsoft's cmdlets do where no recorded command shows it: read from their MIT sources, and from their assembly where a call ends before
# it would need a native library.
BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $cmdlets = 'Microsoft.Management.Infrastructure.CimCmdlets'
    $namespace = 'root/things'
    $endpoint = Start-Cimulator -ComputerName srv1, srv2 -Schema "$PSScriptRoot/things.mof"
    $session = New-CimSession -ComputerName srv1 -Name first

    # The one error of a command, whether it ends the command or not.
    function Get-Problem([scriptblock] $Command) {
        try { $errors = @(& $Command 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) }
        catch { $errors = @($_) }
        $errors.Count | Should -Be 1
        $errors[0]
    }

    function Get-Verbose([scriptblock] $Command) { & $Command 4>&1 | ForEach-Object { "$_" } }
}

AfterAll { $endpoint | Stop-Cimulator }

Describe 'The verbose lines of an operation' {
    It 'say nothing for a parameter that was not given' {
        $thing = Get-CimInstance -CimSession $session -Namespace $namespace Test_Thing -Filter "Id='one'"
        $start = (Get-Verbose { Get-CimAssociatedInstance -CimSession $session -InputObject $thing -Verbose })[0]
        foreach ($pair in "'associationClassName' = ,", "'resultClassName' = ,", "'sourceRole' = ", "'resultRole' = ") { $start | Should -BeLike "*$pair*" }
        $uri = "http://schemas.microsoft.com/wbem/wsman/1/wmi/$namespace/Test_Thing"
        (Get-Verbose { Get-CimInstance -CimSession $session -ResourceUri $uri -Verbose })[0] |
            Should -Be "Perform operation 'Enumerate CimInstances' with following parameters, ''namespaceName' = ,'className' = '."
    }

    It 'name the namespace alone where all classes are asked for' {
        (Get-Verbose { Get-CimClass -CimSession $session -Namespace $namespace Test_* -Verbose })[0] |
            Should -Be "Perform operation 'Enumerate CimClasses' with following parameters, ''namespaceName' = $namespace'."
    }

    It 'tell of the Get that follows a Create' {
        $lines = Get-Verbose { New-CimInstance -CimSession $session -Namespace $namespace Test_Thing -Key Id -Property @{ Id = 'told' } -Verbose }
        $lines[1] | Should -BeLike "Perform operation 'Create CimInstance' with*"
        $lines[2] | Should -BeLike "Perform operation 'Get CimInstance' with*'instance' = Test_Thing (Id = `"told`")*"
        $lines[3] | Should -Be "Operation 'Create CimInstance' complete."
        $lines[-1] | Should -Be "Operation 'Get CimInstance' complete."
    }

    It 'have no name for the test of a connection' {
        $lines = Get-Verbose { New-CimSession -ComputerName srv1 -Name tested -Verbose }
        $lines | Should -Be "Operation '' complete.", 'CimSession: srv1'
        Get-CimSession -Name tested | Remove-CimSession
    }
}

Describe 'Get-CimInstance' {
    It 'marks instances of keys alone as partial' {
        (Get-CimInstance -CimSession $session -Namespace $namespace Test_Thing -KeyOnly)[0].PSTypeNames[0] |
            Should -Be 'Microsoft.Management.Infrastructure.CimInstance#__PartialCIMInstance'
    }

    It 'gives keys their types where they come alone' {
        $dated = Get-CimInstance -CimSession $session -Namespace $namespace Test_Dated -KeyOnly
        $dated.Day | Should -BeOfType ([datetime])
        $dated.CimInstanceProperties['Day'].CimType | Should -Be DateTime
        $dated.Hour | Should -Be -3
        ($dated | Get-CimInstance).Day | Should -Be $dated.Day
    }

    It 'takes an empty filter for one' {
        (Get-Problem { Get-CimInstance -CimSession $session -Namespace $namespace Test_Thing -Filter '' }).FullyQualifiedErrorId |
            Should -Be "HRESULT 0x80041017,$cmdlets.GetCimInstanceCommand"
    }
}

Describe 'Get-CimAssociatedInstance' {
    It 'asks in the namespace that it is given, not in the one of the instance' {
        $thing = Get-CimInstance -CimSession $session -Namespace $namespace Test_Thing -Filter "Id='one'"
        (Get-Problem { Get-CimAssociatedInstance -CimSession $session -InputObject $thing -Namespace root/none }).FullyQualifiedErrorId |
            Should -Be "HRESULT 0x8004100e,$cmdlets.GetCimAssociatedInstanceCommand"
    }
}

Describe 'Get-CimClass' {
    It 'names no target where it asked for all classes' {
        (Get-Problem { Get-CimClass -CimSession $session -Namespace root/none Test_* }).TargetObject | Should -BeNullOrEmpty
        (Get-Problem { Get-CimClass -CimSession $session -Namespace root/none Test_One }).TargetObject | Should -Be 'root/none:Test_One'
    }
}

Describe 'New-CimInstance' {
    It 'leaves the blanks around a property''s name out' {
        $made = New-CimInstance -ClientOnly Some_Class -Property @{ ' Name ' = 'x' } -Key Name
        "$made" | Should -Be 'Some_Class (Name = "x")'
    }

    It 'keeps an empty namespace, and takes the default one where none was given' {
        (New-CimInstance -ClientOnly Some_Class -Namespace '').CimSystemProperties.Namespace | Should -BeNullOrEmpty
        (New-CimInstance -ClientOnly Some_Class).CimSystemProperties.Namespace | Should -Be 'root\cimv2'
    }

    It 'refuses the name of a class outside its own error' {
        $problem = Get-Problem { New-CimInstance -ClientOnly 'Some Class' }
        $problem.FullyQualifiedErrorId | Should -Be "System.ArgumentException,$cmdlets.NewCimInstanceCommand"
        $problem.CategoryInfo.Category | Should -Be NotSpecified
        $problem.TargetObject | Should -BeNullOrEmpty
    }

    It 'names the first property that a class does not have' {
        $class = Get-CimClass -CimSession $session -Namespace $namespace Test_Thing
        $problem = Get-Problem { New-CimInstance -ClientOnly -CimClass $class -Property ([ordered]@{ Id = 'x'; Nonsense = 1; Other = 2 }) }
        $problem.FullyQualifiedErrorId | Should -Be "New-CimInstance,$cmdlets.NewCimInstanceCommand"
        $problem.Exception.Message | Should -BeLike 'Could not find the following properties from the given class Test_Thing: Nonsense.*'
    }

    It 'gives the instance of a class the flags and the server of it' {
        $class = Get-CimClass -CimSession $session -Namespace $namespace Test_Thing
        $made = New-CimInstance -ClientOnly -CimClass $class -Property @{ Id = 'x'; Count = 3 }
        "$($made.CimInstanceProperties['Id'].Flags)" | Should -Be 'Property, Key'
        "$($made.CimInstanceProperties['Count'].Flags)" | Should -Be 'Property'
        "$($made.CimInstanceProperties['Text'].Flags)" | Should -Be 'Property, NotModified, NullValue'
        $made.CimSystemProperties.ServerName | Should -Be $class.CimSystemProperties.ServerName
    }

    It 'takes a reference to nothing, and refuses one to what is no instance' {
        $nothing = $null
        $property = (New-CimInstance -ClientOnly Some_Class -Property @{ Other = [ref] $nothing }).CimInstanceProperties['Other']
        $property.CimType | Should -Be Reference
        $property.Value | Should -BeNullOrEmpty
        $text = 'text'
        $problem = Get-Problem { New-CimInstance -ClientOnly Some_Class -Property @{ Other = [ref] $text } }
        $problem.FullyQualifiedErrorId | Should -Be "New-CimInstance,$cmdlets.NewCimInstanceCommand"
        $problem.Exception | Should -BeOfType ([System.ArgumentException])
    }

    It 'says of a null in an array what the library says' {
        $class = Get-CimClass -CimSession $session -Namespace $namespace Test_Thing
        $problem = Get-Problem { New-CimInstance -ClientOnly -CimClass $class -Property @{ Sizes = 1, $null } }
        $problem.Exception.Message | Should -Be "The array cannot contain null elements. (Parameter 'value')"
        $problem.Exception.InnerException | Should -BeOfType ([System.ArgumentException])
    }
}

Describe 'Set-CimInstance' {
    It 'refuses <Name> with its own id' -ForEach @(
        @{ Name = 'a value that is no number'; Change = @{ Count = 'many' }; Type = [System.ArgumentException] }
        @{ Name = 'a number that is too large'; Change = @{ Count = 70000 }; Type = [System.OverflowException] }
        @{ Name = 'a property that cannot be written'; Change = @{ Nonsense = 1 }; Type = [Microsoft.Management.Infrastructure.CimException] }
    ) {
        $thing = Get-CimInstance -CimSession $session -Namespace $namespace Test_Thing -Filter "Id='one'"
        $problem = Get-Problem { Set-CimInstance -CimSession $session -InputObject $thing -Property $Change }
        $problem.FullyQualifiedErrorId | Should -Be "Set-CimInstance,$cmdlets.SetCimInstanceCommand"
        $problem.CategoryInfo.Category | Should -Be InvalidOperation
        "$($problem.TargetObject)" | Should -Be "$cmdlets.SetCimInstanceCommand"
        $problem.Exception | Should -BeOfType $Type
        if ($problem.Exception -is [Microsoft.Management.Infrastructure.CimException]) { $problem.Exception.NativeErrorCode | Should -Be Ok }
    }
}

Describe 'Invoke-CimMethod' {
    It 'knows no class where a resource URI names it' {
        $uri = "http://schemas.microsoft.com/wbem/wsman/1/wmi/$namespace/Test_Thing"
        (Get-Problem { Invoke-CimMethod -CimSession $session -ResourceUri $uri -MethodName None }).TargetObject | Should -Be ':'
        (Get-Verbose { Invoke-CimMethod -CimSession $session -ResourceUri $uri -MethodName None -Verbose -ErrorAction Ignore })[0] |
            Should -Be 'Performing the operation "Invoke-CimMethod: None" on target "".'
    }

    It 'names the method as it was written' {
        $class = Get-CimClass -CimSession $session -Namespace $namespace Test_Machine
        (Get-Problem { Invoke-CimMethod -CimSession $session -CimClass $class -MethodName reset -Arguments @{ None = 1 } }).Exception.Message |
            Should -Be "Can not find Parameter 'None' in method 'reset' of class 'Test_Machine'."
    }
}

Describe 'Sessions' {
    It 'come in the order in which they were asked for, each once, and before the errors' {
        $second = New-CimSession -ComputerName srv2 -Name second
        $found = @(Get-CimSession -Name nobody, second, first, second 2>&1)
        $found[0].Name, $found[1].Name | Should -Be 'second', 'first'
        $found.Count | Should -Be 3
        $found[2].FullyQualifiedErrorId | Should -Be "$cmdlets.GetCimSessionCommand"
        $found[2].Exception.Message | Should -Be 'Could not find CimSession with the given Name = nobody'
        $found[2].Exception.NativeErrorCode | Should -Be Ok
        $second | Remove-CimSession
    }

    It 'of one name come together' {
        $others = New-CimSession -ComputerName srv2 -Name other; $again = New-CimSession -ComputerName srv2 -Name FIRST
        (Get-CimSession | Where-Object Name -In first, other).Name | Should -BeExactly 'first', 'FIRST', 'other'
        $others, $again | Remove-CimSession
    }

    It 'that were removed are told of without a name' {
        $gone = New-CimSession -ComputerName srv2
        $gone | Remove-CimSession
        $problem = Get-Problem { Remove-CimSession -CimSession $gone }
        $problem.Exception.Message | Should -Be 'Could not find CimSession with the given CimSession = {CimSession Object}'
        $problem.CategoryInfo.Category | Should -Be ObjectNotFound
    }
}

Describe 'New-CimSessionOption' {
    It 'shows what Microsoft''s shows, in its order' {
        $lines = (New-CimSessionOption -UseSsl -Encoding Utf16 | Format-List | Out-String -Width 100).Trim() -split '\r?\n' -replace '\s+:\s?', '='
        $lines | Should -Be 'DestinationPort=0', 'MaxEnvelopeSize=0', 'CertCACheck=True', 'CertCNCheck=True', 'CertRevocationCheck=True', 'UseSsl=True', 'ProxyType=WinHttp',
            'PacketEncoding=Utf16', 'NoEncryption=False', 'EncodePortInServicePrincipalName=False', 'HttpUrlPrefix=', 'Timeout=', 'Culture=', 'UICulture='
        $lines = (New-CimSessionOption -Protocol Dcom | Format-List | Out-String -Width 100).Trim() -split '\r?\n' -replace '\s+:\s?', '='
        $lines | Should -Be 'PacketPrivacy=True', 'PacketIntegrity=True', 'Impersonation=Impersonate', 'Timeout=', 'Culture=', 'UICulture='
    }
}
