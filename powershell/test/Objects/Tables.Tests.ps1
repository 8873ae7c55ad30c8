# The function tables: when they are put under the library, and the pitfalls that they avoid.
BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $state = [Cimulator.PowerShell.Objects.CimObjects]
    $diagnostics = [Cimulator.PowerShell.Objects.Diagnostics]
    $create = [Microsoft.Management.Infrastructure.CimProperty]
    $own = $state.Assembly
    $hidden = [System.Reflection.BindingFlags]'NonPublic, Static'
    function Invoke-Hidden([string] $Type, [string] $Method, [object[]] $Arguments) {
        $own.GetType("Cimulator.PowerShell.Objects.$Type").GetMethod($Method, $hidden).Invoke($null, $Arguments)
    }
    function Collect { 1..3 | ForEach-Object { [gc]::Collect(); [gc]::WaitForPendingFinalizers() } }
    function Outer {
        $inner = InstanceData Test_Inner '' @(Property A String a)
        Instance Test_Outer '' @((Property P Instance $inner), (Property Q InstanceArray ([Cimulator.PowerShell.Model.InstanceData[]]($inner, $inner))))
    }
}

Describe 'the tables' -Tag Tables {
    It 'are in use, with no reason against' {
        $state::IsFallback | Should -BeFalse
        $state::Refusal | Should -BeNullOrEmpty
    }

    It 'are for the library that was tested: its sum, its slots, its libmi' {
        Invoke-Hidden KnownLibraries Difference @([ciminstance].Assembly.Location) | Should -BeNullOrEmpty
        Invoke-Hidden Library Difference @() | Should -BeNullOrEmpty
    }

    It 'are refused for another file, which the reason names by its sum' {
        $other = $own.Location
        Invoke-Hidden KnownLibraries Difference @($other) | Should -Match "SHA-256 is $((Get-FileHash $other).Hash), which was not tested"
        Invoke-Hidden KnownLibraries Difference @('') | Should -Match 'not loaded from a file'
    }

    It 'let [CimInstance]::new work, and refuse bad names' {
        [ciminstance]::new('Test_New', 'root/x').CimSystemProperties.Namespace | Should -Be root/x
        ([ciminstance]'Test_Cast').CimSystemProperties.ClassName | Should -Be Test_Cast
        foreach ($name in '', 'a b', '1st', 'a/b') { { [ciminstance]::new($name) } | Should -Throw '*className*' }
    }

    It 'were installed after the library had failed without libmi, too' {
        Pwsh -Command "try { [ciminstance]::new('X') } catch { 'failed' }; . '$PSScriptRoot/Common.ps1'; [ciminstance]::new('Test_Late').CimSystemProperties.ClassName" |
            Should -Be failed, Test_Late
    }

    It 'leave a library alone that has its application already' {
        $installed = Invoke-Hidden ApplicationHook Install @()
        $installed | Should -BeFalse
    }

    It 'have a second way in, for a .NET whose Lazy has other fields' {
        $holder = [ciminstance].Assembly.GetType('Microsoft.Management.Infrastructure.Internal.CimApplication').GetField('LazyHandle', $hidden)
        $before = $holder.GetValue($null)
        $other = [activator]::CreateInstance($before.GetType(), $before.Value)
        try {
            Invoke-Hidden ApplicationHook Replace @($holder, $other)
            [object]::ReferenceEquals($holder.GetValue($null), $other) | Should -BeTrue
        }
        finally {
            Invoke-Hidden ApplicationHook Replace @($holder, $before)
        }
    }
}

Describe 'pitfalls' -Tag Tables {
    It '2: an exception does not leave a slot' {
        $instance = Instance Test_X '' @(Property Wrong UInt32 'no number')
        $property = [ciminstance].GetProperty('CimInstanceProperties').GetValue($instance.psobject.BaseObject)['Wrong']
        { [Microsoft.Management.Infrastructure.CimProperty].GetProperty('Value').GetValue($property) } | Should -Throw '*MI_RESULT_FAILED*'
        $diagnostics::LastFault | Should -BeOfType ([InvalidCastException])
        (Instance Test_X '' @(Property A String a)).A | Should -Be a
    }

    It '3: each embedded instance handed out is one of its own, and all are given back' {
        $outer = Outer
        Collect
        $before = $diagnostics::LiveInstances
        for ($i = 0; $i -lt 200; $i++) {
            $null = $outer.psbase.CimInstanceProperties['Q'].psbase.Value
            $null = $outer.psbase.CimInstanceProperties['P'].psbase.Value
            if ($i % 40 -eq 0) { Collect }
        }
        $outer.Q.A | Should -Be a, a
        Collect
        $diagnostics::LiveInstances - $before | Should -BeLessThan 10
    }

    It '4: addresses that are no longer, or never were, known do no harm' {
        $library = [ciminstance].Assembly.GetType('Microsoft.Management.Infrastructure.Native.MI_Instance')
        $instance = Instance Test_X '' @(Property A String a)
        $address = [ciminstance].GetProperty('InstanceHandle', [System.Reflection.BindingFlags]'NonPublic, Instance').GetValue($instance.psobject.BaseObject)
        $pointer = $library.GetProperty('Ptr', [System.Reflection.BindingFlags]'NonPublic, Instance').GetValue($address)
        $live = $own.GetType('Cimulator.PowerShell.Objects.Tables.Live')
        1..3 | ForEach-Object { $live.GetMethod('Remove', $hidden).Invoke($null, @($pointer)) }
        $live.GetMethod('Remove', $hidden).Invoke($null, @([IntPtr]12345))
        { $Objects.DataOf($instance) } | Should -Throw
    }

    It '5: a look-up by name hands no instance out' {
        $outer = Outer
        Collect
        $before = $diagnostics::LiveInstances
        1..100 | ForEach-Object { $null = $outer.psbase.CimInstanceProperties['P'] }
        $diagnostics::LiveInstances | Should -Be $before
    }

    It '7: a refused session leaves nothing behind but its exceptions' {
        1..20 | ForEach-Object { try { [cimsession]::Create("srv$_") } catch { $null = $_ } }
        Collect
        $Error.Clear()
        Collect
        [ciminstance]::new('Test_X').CimSystemProperties.ClassName | Should -Be Test_X
    }

    It '8: a fault of the adapter is seen, not read as null' {
        $instance = Instance Test_X '' @(Property A String a)
        $instance.Dispose()
        { $Objects.DataOf($instance.psobject.BaseObject) } | Should -Throw -ExceptionType ([System.Management.Automation.MethodInvocationException])
    }

    It '9: Dispose frees at once, and is PowerShell''s own matter the second time' {
        $held = 1..500 | ForEach-Object { Instance Test_X '' @(Property A String a) }
        Collect
        $before = $diagnostics::LiveInstances
        foreach ($each in $held) { $each.Dispose() }
        $before - $diagnostics::LiveInstances | Should -Be 500
        Collect
        (Outer).P.A | Should -Be a
    }

    It '10: a runspace without the types file sees the rest' {
        $outer = (Outer).psobject.BaseObject
        $bare = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try {
            $seen = $bare.AddScript('param($o) "$o"; $o.CimInstanceProperties.Count; $o.P.GetType().Name; $o.P[0].A').AddArgument($outer).Invoke()
            $seen | Should -Be Test_Outer, 2, 'CimInstance[]', a
        }
        finally {
            $bare.Dispose()
        }
    }

    It 'a failing CimException(CimInstance) is never used' {
        Get-ChildItem "$PSScriptRoot/../../src" -Recurse -Filter *.cs | Select-String -SimpleMatch -Pattern 'CimSession.Create(', 'CimSerializer' | Should -BeNullOrEmpty
    }

    It 'the library cannot clear a scalar instance by mistake' {
        $outer = Outer
        $outer.CimInstanceProperties['P'].IsValueModified = $true
        $outer.P.A | Should -Be a
        $outer.CimInstanceProperties['P'].Value = $null
        $outer.P | Should -BeNullOrEmpty
    }
}
