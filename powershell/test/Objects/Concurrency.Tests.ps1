# Runspaces, thread jobs, and what stays in memory.
BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $diagnostics = [Cimulator.PowerShell.Objects.Diagnostics]
    $common = "$PSScriptRoot/Common.ps1"
    function Collect { 1..3 | ForEach-Object { [gc]::Collect(); [gc]::WaitForPendingFinalizers() } }
}

Describe 'other runspaces' {
    It 'get the live object in a thread job' {
        $disk = Instance Test_Disk '' @(Property Label String data)
        $job = Start-ThreadJob -ScriptBlock { param($common, $disk) . $common; $disk.Label = 'changed'; $disk } -ArgumentList $common, $disk
        $back = $job | Receive-Job -Wait -AutoRemoveJob
        [object]::ReferenceEquals($back.psobject.BaseObject, $disk.psobject.BaseObject) | Should -BeTrue
        $disk.Label | Should -Be changed
    }

    It 'make, read and write side by side, with forced collections' -Tag Tables {
        Collect
        $before = $diagnostics::LiveInstances
        $shared = Instance Test_Shared '' @((Property N UInt32 ([uint32]0)), (Property T String start))
        $faults = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
            . $using:common
            $shared = $using:shared
            $inner = InstanceData Test_Inner '' @(Property A String é)
            for ($i = 0; $i -lt 300; $i++) {
                $one = Instance Test_Each '' @(
                    (Property I UInt32 ([uint32]$i)), (Property Q InstanceArray ([Cimulator.PowerShell.Model.InstanceData[]]($inner, $inner))))
                $shared.N = $i
                $shared.T = "from $i"
                if ($one.I -ne $i) { "I was $($one.I)" }
                if ($one.Q[1].A -ne 'é') { 'Q was wrong' }
                if ($one.psbase.CimInstanceProperties['I'].psbase.Value -ne $i) { 'the library read otherwise' }
                if ($shared.T -notlike '*from *' -and $shared.T -ne 'start') { "T was $($shared.T)" }
                if ($i % 100 -eq 50) { [gc]::Collect() }
            }
        }
        $faults | Should -BeNullOrEmpty
        Collect
        $diagnostics::LiveInstances - $before | Should -BeLessThan 20
    }

    It 'import at once' {
        $import = "Import-Module '$PSScriptRoot/../../Cimulator'"
        Pwsh -Command "1..6 | ForEach-Object -ThrottleLimit 6 -Parallel { $import; (New-CimInstance -ClientOnly -ClassName Test_X -Property @{ A = 'a' }).A }" | Should -Be (@('a') * 6)
    }
}

Describe 'memory' {
    It 'is flat over instances that come and go' -Tag Tables {
        function Round { for ($i = 0; $i -lt 3000; $i++) { $null = $Objects.Instance((InstanceData Test_X '' @(Property A String ('x' * 100)))) } }
        Round
        Collect
        $live = $diagnostics::LiveInstances
        $before = [gc]::GetTotalMemory($true)
        1..3 | ForEach-Object { Round; Collect }
        $diagnostics::LiveInstances - $live | Should -BeLessThan 10
        [gc]::GetTotalMemory($true) - $before | Should -BeLessThan 2MB
    }

    It 'is flat over classes that come and go' -Tag Tables {
        $data = ThingClass
        Collect
        $live = $diagnostics::LiveClasses
        for ($i = 0; $i -lt 500; $i++) { $null = $Objects.Class($data).CimClassProperties.Name }
        Collect
        $diagnostics::LiveClasses - $live | Should -BeLessThan 10
    }

    It 'lets declarations live as long as their parts are read' {
        $properties = & { $Objects.Class((ThingClass)).CimClassProperties }
        Collect
        $properties.Name | Should -Be Id, Size, Part
    }

    It 'does not grow with reads by a script' -Tag Tables {
        $long = Instance Test_X '' @(Property A String ('ä' * 200))
        for ($i = 0; $i -lt 1000; $i++) { $null = $long.A }
        Collect
        $before = (Get-Process -Id $PID).WorkingSet64
        for ($i = 0; $i -lt 200000; $i++) { $null = $long.A }
        Collect
        (Get-Process -Id $PID).WorkingSet64 - $before | Should -BeLessThan 50MB # kept, the texts would take twice as much and more
    }

    It 'needs no end: many instances are alive when the process exits' {
        Pwsh -Command ". '$common'; `$all = 1..5000 | % { `$Objects.Instance((InstanceData Test_X '' @())) }; `$all.Count; exit 0" | Should -Be 5000
        $LASTEXITCODE | Should -Be 0
    }
}
