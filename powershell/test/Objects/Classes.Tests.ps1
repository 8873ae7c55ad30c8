# Classes: declarations as Get-CimClass shows them, and when they are fetched.
BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $class = $Objects.Class((ThingClass))
}

Describe 'a class' {
    It 'is a genuine one' {
        $class | Should -BeOfType ([cimclass])
        function One([cimclass] $CimClass) { $CimClass.CimSystemProperties.ClassName }
        One $class | Should -Be Win32_Thing
    }

    It 'has names' {
        $class.CimClassName | Should -Be Win32_Thing
        $class.CimSuperClassName | Should -Be CIM_Thing
        $class.CimSystemProperties.Namespace | Should -Be root/test
        $class.CimSystemProperties.ServerName | Should -Be srv1
    }

    It 'prints as text' {
        "$class" | Should -Be 'root/test:Win32_Thing'
    }

    It 'has properties, by name and one after the other' {
        $class.CimClassProperties.Count | Should -Be 3
        $class.CimClassProperties.Name | Should -Be Id, Size, Part
        $class.CimClassProperties['SIZE'].Value | Should -Be 7
        $class.CimClassProperties['Size'].CimType | Should -Be UInt16
        $class.CimClassProperties['Id'].Flags | Should -Be 'Property, Key, ReadOnly, NullValue'
        $class.CimClassProperties['Part'].ReferenceClassName | Should -Be CIM_Part
        $class.CimClassProperties['Missing'] | Should -BeNullOrEmpty
    }

    It 'has qualifiers' {
        $class.CimClassQualifiers['Description'].Value | Should -Be 'a thing'
        $class.CimClassQualifiers.Count | Should -Be 1
        $class.CimClassProperties['Size'].Qualifiers['Values'].Value | Should -Be a, b, ä
        $class.CimClassProperties['Size'].Qualifiers['MinValue'].CimType | Should -Be SInt64
        $class.CimClassProperties['Size'].Qualifiers['Values'].Flags | Should -Be 'EnableOverride, ToSubclass'
        $class.CimClassProperties['Size'].Qualifiers['Missing'] | Should -BeNullOrEmpty
        $class.CimClassProperties['Part'].Qualifiers.Count | Should -Be 0
    }

    It 'has methods with parameters' {
        $class.CimClassMethods.Count | Should -Be 1
        $method = $class.CimClassMethods['reset']
        $method.Name, $method.ReturnType | Should -Be Reset, UInt32
        $method.Parameters.Name | Should -Be Force, Parts
        $method.Parameters['parts'].CimType | Should -Be ReferenceArray
        $method.Parameters['Parts'].ReferenceClassName | Should -Be CIM_Part
        $method.Parameters['Force'].Qualifiers['In'].Value | Should -BeTrue
        $method.Parameters['Missing'] | Should -BeNullOrEmpty
        ($method.Qualifiers | Where-Object Name -EQ Description).Value | Should -Be resets
        $method.Qualifiers['description'].Value, $method.Qualifiers['Missing'] | Should -Be resets, $null
        $class.CimClassMethods['Missing'] | Should -BeNullOrEmpty
    }

    It 'has a superclass' {
        $class.CimSuperClass.CimClassName | Should -Be CIM_Thing
        $class.CimSuperClass.CimClassProperties.Name | Should -Be Id
        $class.CimSuperClass.CimSuperClass | Should -BeNullOrEmpty
        $class.CimSuperClass.CimSuperClassName | Should -BeNullOrEmpty
    }

    It 'is formatted' {
        $text = $class | Out-String
        $text | Should -Match 'NameSpace: root/test'
        $text | Should -Match 'Win32_Thing\s+\{Reset\}\s+\{Id, Size, Part\}'
    }

    It 'gives its data back' {
        $Objects.DataOf($class).Name | Should -Be Win32_Thing
    }

    It 'shows the default of an instance type as none' -Tag Tables {
        $data = New-Object Cimulator.PowerShell.Model.ClassData -Property @{
            Name = 'Test_Outer'
            Properties = [Cimulator.PowerShell.Model.PropertyDeclaration[]](New-Object Cimulator.PowerShell.Model.PropertyDeclaration -Property @{
                    Name = 'Inner'; Type = 'Instance'; Flags = 'Property'; Value = (InstanceData Test_Inner '' @())
                })
        }
        $before = [Cimulator.PowerShell.Objects.Diagnostics]::LiveInstances
        $Objects.Class($data).CimClassProperties['Inner'].Value | Should -BeNullOrEmpty
        [Cimulator.PowerShell.Objects.Diagnostics]::LiveInstances | Should -Be $before
    }

    It 'makes instances of itself' -Tag Tables {
        $instance = [ciminstance]::new($class)
        $instance.Size, $instance.Id | Should -Be 7, $null
        $instance.CimInstanceProperties['Id'].Flags | Should -Be 'Property, Key, ReadOnly, NotModified, NullValue'
        $instance.CimSystemProperties.Namespace | Should -Be root/test
        $instance.CimClass.CimClassName | Should -Be Win32_Thing
        $Objects.DataOf($instance).Properties.Type | Should -Be UInt32, UInt16, Reference
    }
}

Describe 'the class of an instance' {
    It 'is fetched when it is first asked for, not before' {
        $source = [CimulatorTest.CountingSource]::new((ThingClass))
        $instance = Instance Win32_Thing root/test @(Property Id UInt32 ([uint32]1) Key) $source
        $instance.Id | Should -Be 1
        $instance.CimSystemProperties.ClassName | Should -Be Win32_Thing
        $Objects.DataOf($instance) | Out-Null
        $before = $source.Fetches
        $instance.CimClass.CimClassName | Should -Be Win32_Thing
        $source.Fetches | Should -BeGreaterThan $before
    }

    It 'is there in CimClass, of copies too' {
        $source = [CimulatorTest.CountingSource]::new((ThingClass))
        $instance = Instance Win32_Thing root/test @(Property Id UInt32 ([uint32]1) Key) $source
        $instance.CimClass | Should -BeOfType ([cimclass])
        ($instance | Format-List * | Out-String) | Should -Match 'CimClass\s+: root/test:Win32_Thing'
        ($instance | Format-List | Out-String) | Should -Not -Match CimClass
        ($instance | Select-Object *).CimClass.CimClassName | Should -Be Win32_Thing
    }

    It 'is made of the instance where nobody declared one' {
        $instance = Instance Test_Other root/test @(Property Id UInt32 ([uint32]1) Key)
        "$($instance.CimClass)" | Should -Be root/test:Test_Other
        $instance.CimClass.CimClassProperties.Name | Should -Be Id
        $instance.CimClass.CimClassProperties['Id'].Flags | Should -Be 'Property, Key, NullValue'
        $instance.CimClass.CimSuperClass | Should -BeNullOrEmpty
        (Instance Test_Other '' @()).CimClass.CimClassName | Should -Be Test_Other
    }
}
