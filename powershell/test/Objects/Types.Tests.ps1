# The 32 types of CIM: through the adapter, through the library's own surface where there are tables, and by a script's values.
BeforeDiscovery {
    $when = [datetime]::new(2026, 11, 29, 20, 0, 0, 123, [DateTimeKind]::Local).AddTicks(4560)
    $scalars = @(
        @{ Type = 'Boolean'; Value = $true }, @{ Type = 'UInt8'; Value = [byte]255 }, @{ Type = 'SInt8'; Value = [sbyte]-128 }
        @{ Type = 'UInt16'; Value = [uint16]::MaxValue }, @{ Type = 'SInt16'; Value = [int16]::MinValue }, @{ Type = 'UInt32'; Value = [uint32]::MaxValue }
        @{ Type = 'SInt32'; Value = [int]::MinValue }, @{ Type = 'UInt64'; Value = [uint64]::MaxValue }, @{ Type = 'SInt64'; Value = [long]::MinValue }
        @{ Type = 'Real32'; Value = [single]1.5 }, @{ Type = 'Real64'; Value = [double]::NaN }, @{ Type = 'Char16'; Value = [char]'ß' }
        @{ Type = 'DateTime'; Value = $when }, @{ Type = 'String'; Value = "né`u{1F600}" }
    )
    $types = @($scalars) + @($scalars | ForEach-Object { @{ Type = "$($_.Type)Array"; Value = $_.Value; IsArray = $true } })
    $special = @(
        @{ What = 'an interval'; Type = 'DateTime'; Value = [timespan]::new(12, 3, 4, 5).Add([timespan]::FromTicks(1230)) }
        @{ What = 'a negative zone'; Type = 'DateTime'; Value = [datetime]::new(1999, 1, 1, 0, 0, 0, [DateTimeKind]::Utc) }
        @{ What = 'the least time'; Type = 'DateTime'; Value = [datetime]::MinValue }, @{ What = 'the greatest time'; Type = 'DateTime'; Value = [datetime]::MaxValue }
        @{ What = 'the longest interval'; Type = 'DateTime'; Value = [timespan]::MaxValue }
        @{ What = 'an empty text'; Type = 'String'; Value = '' }, @{ What = 'a long text'; Type = 'String'; Value = 'ä' * 200000 }
        @{ What = 'an empty array'; Type = 'UInt32Array'; Value = [uint32[]]@() }, @{ What = 'an empty array of texts'; Type = 'StringArray'; Value = [string[]]@() }
        @{ What = 'an array of octets'; Type = 'UInt8Array'; Value = [byte[]](0..255) }
        @{ What = 'intervals beside times'; Type = 'DateTimeArray'; Value = [object[]]([timespan]::FromDays(1), $when) }
    )
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $tables = -not [Cimulator.PowerShell.Objects.CimObjects]::IsFallback

    # Equal in value and type; times to the moment.
    function Equals-Cim($Actual, $Expected) {
        $left = @($Actual | ForEach-Object { if ($_ -is [datetime] -and $_ -notin [datetime]::MinValue, [datetime]::MaxValue) { $_.ToUniversalTime() } else { $_ } })
        $right = @($Expected | ForEach-Object { if ($_ -is [datetime] -and $_ -notin [datetime]::MinValue, [datetime]::MaxValue) { $_.ToUniversalTime() } else { $_ } })
        $left.Count | Should -Be $right.Count
        for ($at = 0; $at -lt $right.Count; $at++) {
            $left[$at].Equals($right[$at]) | Should -BeTrue -Because "$($left[$at]) is to be $($right[$at])"
        }
    }

    function Typed([string] $Type, $Value, $IsArray) {
        if (-not $IsArray) { return $Value }
        $array = [array]::CreateInstance($Value.GetType(), 2)
        $array[0] = $array[1] = $Value
        , $array
    }
}

Describe 'the type <Type>' -ForEach $types {
    It 'is read as it is' {
        $typed = Typed $Type $Value $IsArray
        $instance = Instance Test_Types '' @(Property P $Type $typed)
        Equals-Cim $instance.P $typed
        $instance.CimInstanceProperties['p'].CimType | Should -Be $Type
    }

    It 'goes through the library and back' -Tag Tables {
        $typed = Typed $Type $Value $IsArray
        $instance = [ciminstance]::new('Test_Types')
        $instance.psbase.CimInstanceProperties.psbase.Add([Microsoft.Management.Infrastructure.CimProperty]::Create('P', $typed, $Type, 'None'))
        Equals-Cim $instance.psbase.CimInstanceProperties['P'].psbase.Value $typed
        Equals-Cim $instance.P $typed
        Equals-Cim $Objects.DataOf($instance).Properties[0].Value $typed
        $Objects.DataOf($instance).Properties[0].Type | Should -Be $Type
    }

    It 'is set by a script' {
        $typed = Typed $Type $Value $IsArray
        $instance = Instance Test_Types '' @(Property P $Type $null)
        $instance.P | Should -BeNullOrEmpty
        $instance.P = $typed
        Equals-Cim $instance.P $typed
        $Objects.DataOf($instance).Properties[0].Value.GetType() | Should -BeIn $typed.GetType(), ([object[]])
    }
}

Describe '<What>' -ForEach $special {
    It 'comes back' {
        Equals-Cim (Instance Test_Types '' @(Property P $Type $Value)).P $Value
        if ($tables) {
            $instance = [ciminstance]::new('Test_Types')
            $instance.psbase.CimInstanceProperties.psbase.Add([Microsoft.Management.Infrastructure.CimProperty]::Create('P', $Value, $Type, 'None'))
            Equals-Cim $instance.psbase.CimInstanceProperties['P'].psbase.Value $Value
        }
    }
}

Describe 'instances within instances' {
    It '<Type> comes back' -ForEach @{ Type = 'Instance' }, @{ Type = 'Reference' } {
        $inner = InstanceData Test_Inner '' @(Property A String 'é')
        $instance = Instance Test_Types '' @((Property P $Type $inner), (Property Q "${Type}Array" ([Cimulator.PowerShell.Model.InstanceData[]]($inner, $inner))))
        $instance.P.A | Should -Be é
        $instance.Q.A | Should -Be é, é
        $instance.CimInstanceProperties['P'].CimType | Should -Be $Type
        $instance.CimInstanceProperties['Q'].CimType | Should -Be "${Type}Array"
        $instance.P = Instance Test_Inner '' @(Property A String 'b')
        $instance.P.A | Should -Be b
        $instance.Q = (Instance Test_Inner '' @(Property A String 'b')), (Instance Test_Inner '' @(Property A String 'c'))
        $instance.Q.A | Should -Be b, c
    }

    It 'a script adds them, references too' -Tag Tables {
        $inner = [ciminstance]::new('Test_Inner')
        $instance = [ciminstance]::new('Test_Types')
        $create = [Microsoft.Management.Infrastructure.CimProperty]
        $instance.CimInstanceProperties.Add($create::Create('Emb', $inner, 'Instance', 'None'))
        $instance.CimInstanceProperties.Add($create::Create('Ref', $inner, 'Reference', 'Key'))
        $instance.CimInstanceProperties.Add($create::Create('Embs', [ciminstance[]]($inner, $inner), 'InstanceArray', 'None'))
        $instance.CimInstanceProperties.Add($create::Create('Refs', [ciminstance[]]($inner, $inner), 'ReferenceArray', 'None'))
        $Objects.DataOf($instance).Properties.Type | Should -Be 'Instance', 'Reference', 'InstanceArray', 'ReferenceArray'
        $instance.Emb, $instance.Ref | Should -BeOfType ([ciminstance])
        $instance.Embs.Count, $instance.Refs.Count | Should -Be 2, 2
        "$instance" | Should -Be 'Test_Types (Ref = ...)'
        { $instance.CimInstanceProperties.Add($create::Create('emb', $inner, 'Instance', 'None')) } | Should -Throw "*'emb'*"
    }

    It 'a copy is deep' -Tag Tables {
        $original = Instance Test_Types '' @(Property P Instance (InstanceData Test_Inner '' @(Property A String 'a')))
        $copy = [ciminstance]::new($original)
        $Objects.DataOf($copy).Properties[0].Value.Properties[0].Value = 'b'
        $original.P.A, $copy.P.A | Should -Be a, b
    }
}

Describe 'values of scripts' {
    It '<Value> becomes <Type> <Expected>' -ForEach @(
        @{ Value = '12'; Type = 'UInt32'; Expected = [uint32]12 }, @{ Value = 3.0; Type = 'SInt64'; Expected = [long]3 }
        @{ Value = 1; Type = 'Boolean'; Expected = $true }, @{ Value = 5; Type = 'String'; Expected = '5' }
        @{ Value = @(1, '2'); Type = 'UInt16Array'; Expected = [uint16[]](1, 2) }, @{ Value = 'x'; Type = 'StringArray'; Expected = [string[]]('x') }
        @{ Value = '2026-11-29'; Type = 'DateTime'; Expected = [datetime]'2026-11-29' }, @{ Value = 7; Type = 'SInt16Array'; Expected = [int16[]](7) }
    ) {
        $instance = Instance Test_Types '' @(Property P $Type $null)
        $instance.P = $Value
        Equals-Cim $instance.P $Expected
    }

    It '<Value> is refused for <Type>' -ForEach @(
        @{ Value = 256; Type = 'UInt8' }, @{ Value = -1; Type = 'UInt32' }, @{ Value = 'x'; Type = 'Real64' }, @{ Value = 'never'; Type = 'DateTime' }
        @{ Value = @(1, 'x'); Type = 'UInt16Array' }, @{ Value = 5; Type = 'Instance' }
    ) {
        $instance = Instance Test_Types '' @(Property P $Type $null)
        { $instance.P = $Value } | Should -Throw
        $instance.P | Should -BeNullOrEmpty
    }
}
