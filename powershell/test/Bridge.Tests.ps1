# The client of the bridge, mostly against a fake one: what it starts, reads and writes, and what becomes of calls when it ends.
BeforeAll {
    . "$PSScriptRoot/Reach.ps1"
    $null = $Options, $Node
}
AfterAll {
    Use-RealBridge
    Remove-Module Cimulator
}

Describe 'how a bridge is started' {
    AfterEach { Use-RealBridge }

    It 'is not started by the import' {
        $script = "Import-Module '$Manifest'; [Cimulator.PowerShell.Bridge.BridgeHost]::ProcessId"
        pwsh -NoProfile -Command $script | Should -BeNullOrEmpty
    }

    It 'says in one line what to do where there is no Node' {
        $path, $env:PATH = $env:PATH, '/nowhere'
        try { $failure = Get-Failure { Wait-Call (Get-FakeOperations).IdentifyAsync($Options, $None) } }
        finally { $env:PATH = $path }
        $failure | Should -BeOfType Microsoft.Management.Infrastructure.CimException
        $failure.Message | Should -Be 'Cimulator needs Node 20.19 or newer, and PATH has none: install it from https://nodejs.org, or let $env:CIMULATOR_NODE name the node program.'
    }

    It 'says so where CIMULATOR_NODE names nothing' {
        Use-Node '/nowhere/node'
        (Get-Failure { Wait-Call (Get-FakeOperations).IdentifyAsync($Options, $None) }).Message | Should -BeLike '$env:CIMULATOR_NODE is /nowhere/node, and there is no program:*'
    }

    It 'says so where Node is too old' {
        Use-Node (New-Program 'old-node' '[ "$1" = --version ] && echo v18.20.4; exit 1')
        (Get-Failure { Wait-Call (Get-FakeOperations).IdentifyAsync($Options, $None) }).Message | Should -BeLike '* is Node 18.20.4, and Cimulator needs 20.19 or newer: install it *'
    }

    It 'names both versions of a protocol that it does not speak' {
        Use-FakeBridge @{ FAKE_GREETING = '{"protocol":"cimulator-bridge","version":2,"cimulator":"9.0.0"}' }
        (Get-Failure { Wait-Call (Get-FakeOperations).IdentifyAsync($Options, $None) }).Message |
            Should -Be 'the bridge speaks cimulator-bridge 2, and this module cimulator-bridge 1: let both come from one package.'
    }

    It 'says so where the first line is another' {
        Use-FakeBridge @{ FAKE_GREETING = 'hello' }
        (Get-Failure { Wait-Call (Get-FakeOperations).IdentifyAsync($Options, $None) }).Message | Should -BeLike 'the bridge does not say which protocol it speaks*'
    }

    It 'gets no variable and no argument with a secret' {
        $env:CIMULATOR_PASSWORD = 'a-secret-of-the-user'
        try {
            Use-FakeBridge
            Wait-Call (Get-FakeOperations).IdentifyAsync($Options, $None)
            $process = "/proc/$([Cimulator.PowerShell.Bridge.BridgeHost]::ProcessId)"
            if (Test-Path $process) { "$(Get-Content "$process/environ" -Raw)$(Get-Content "$process/cmdline" -Raw)" | Should -Not -BeLike '*secret*' }
        }
        finally { $env:CIMULATOR_PASSWORD = $null }
    }
}

Describe 'calls' {
    BeforeAll {
        $log = Join-Path $TestDrive 'received.jsonl'
        Use-FakeBridge @{ FAKE_LOG = $log }
        $fake = Get-FakeOperations
    }
    AfterAll { Use-RealBridge }

    It 'goes through one connection, that is opened once' {
        1..3 | ForEach-Object { Wait-Call $fake.IdentifyAsync($Options, $None) }
        @(Get-Content $log | ConvertFrom-Json | Where-Object do -EQ open).Count | Should -Be 1
    }

    It 'gives the class, the key and the place of instances' {
        $first = @(Read-Stream (Get-FakeStream $fake Few))[0]
        $first.ClassName, $first.Namespace, $first.ServerName | Should -Be 'Fake', 'root/fake', 'fake.invalid'
        $first.Properties.Where({ $_.Flags -band [Microsoft.Management.Infrastructure.CimFlags]::Key }).Name | Should -Be 'Id'
        $first.Properties.Where({ $_.Name -eq 'Sent' }).Value | Should -BeOfType uint64
    }

    It 'fetches the class of instances when it is first asked for, once for all of them' {
        $items = @(Read-Stream (Get-FakeStream $fake Few))
        $items[0].Class.Known | Should -BeNullOrEmpty
        $items[0].Class.Fetch().Derivation | Should -Be 'Base', 'Root'
        $items[2].Class.Known.Name | Should -Be 'Fake'
        @(Get-Content $log | ConvertFrom-Json | Where-Object do -EQ getClass).Count | Should -Be 1
    }

    It 'reads declarations' {
        $class = $fake.GetClassAsync('root/fake', 'Thing', $false, $Options, $None).GetAwaiter().GetResult()
        $class.Properties | ForEach-Object { "$($_.Name) $($_.Type) $($_.Flags) $($_.Value) $($_.ReferenceClassName)".Trim() } | Should -Be @(
            'Id UInt32 Property, Key, NullValue', 'Size UInt16 Property 7', 'Part Reference Property, NullValue  Other', 'Names StringArray Property, NullValue'
        )
        $class.Methods[0].Parameters[0].Qualifiers[0].Name | Should -Be 'In'
        $class.SuperClass.Fetch().Name | Should -Be 'Base'
    }

    It 'brings every value back as it went' -ForEach @(
        @{ Type = 'Boolean'; Value = $true }
        @{ Type = 'UInt8'; Value = [byte]255 }
        @{ Type = 'SInt8'; Value = [sbyte]-128 }
        @{ Type = 'UInt16'; Value = [uint16]::MaxValue }
        @{ Type = 'SInt16'; Value = [int16]::MinValue }
        @{ Type = 'UInt32'; Value = [uint32]::MaxValue }
        @{ Type = 'SInt32'; Value = [int32]::MinValue }
        @{ Type = 'UInt64'; Value = [uint64]::MaxValue }
        @{ Type = 'SInt64'; Value = [int64]::MinValue }
        @{ Type = 'Real32'; Value = [float]0.1 }
        @{ Type = 'Real64'; Value = [double]0.1 }
        @{ Type = 'Real64'; Value = [double]::NaN }
        @{ Type = 'Real64'; Value = [double]::PositiveInfinity }
        @{ Type = 'Real32'; Value = [float]::NegativeInfinity }
        @{ Type = 'Char16'; Value = [char]0xE9 }
        @{ Type = 'String'; Value = "Zürich 東京 😀 `" \ `n" }
        @{ Type = 'String'; Value = '' }
        @{ Type = 'String'; Value = $null }
        @{ Type = 'DateTime'; Value = [datetime]::SpecifyKind([datetime]::new(2026, 11, 29, 20, 0, 0).AddTicks(1234560), 'Local') }
        @{ Type = 'DateTime'; Value = [timespan]::new(12345, 6, 7, 8) }
        @{ Type = 'StringArray'; Value = [string[]]('a', '', 'c') }
        @{ Type = 'UInt8Array'; Value = [byte[]](0, 1, 255) }
        @{ Type = 'UInt64Array'; Value = [uint64[]]@() }
        @{ Type = 'DateTimeArray'; Value = [object[]]([datetime]::SpecifyKind([datetime]::new(2000, 1, 1), 'Local'), [timespan]::FromHours(1)) }
        @{ Type = 'BooleanArray'; Value = [bool[]]($true, $false) }
    ) {
        $parameter = [Cimulator.PowerShell.Model.PropertyData]@{ Name = 'P'; Type = $Type; Value = $Value }
        $result = $fake.InvokeMethodAsync('root/fake', 'Fake', $null, 'Echo', [Cimulator.PowerShell.Model.PropertyData[]]@($parameter), $Options, $None).GetAwaiter().GetResult()
        $result.Outputs[0].Type | Should -Be $Type
        if ($null -eq $Value) { $result.Outputs[0].Value | Should -BeNullOrEmpty; $result.Outputs[0].Flags.HasFlag([Microsoft.Management.Infrastructure.CimFlags]::NullValue) | Should -BeTrue }
        else {
            , $result.Outputs[0].Value | Should -BeOfType $Value.GetType()
            if ("$Value" -eq 'NaN') { $result.Outputs[0].Value | Should -BeExactly 'NaN' }
            else { $result.Outputs[0].Value | Should -Be $Value }
        }
    }

    It 'brings references and embedded instances back' {
        $key = [Cimulator.PowerShell.Model.PropertyData]@{ Name = 'Id'; Type = 'UInt32'; Value = [uint32]7; Flags = 'Property, Key' }
        $other = [Cimulator.PowerShell.Model.PropertyData]@{ Name = 'Name'; Type = 'String'; Value = 'seven' }
        $data = [Cimulator.PowerShell.Model.InstanceData]@{ ClassName = 'Fake'; Namespace = 'root/fake' }
        $data.Properties.Add($key); $data.Properties.Add($other)
        $parameters = [Cimulator.PowerShell.Model.PropertyData[]]@(
            [Cimulator.PowerShell.Model.PropertyData]@{ Name = 'R'; Type = 'Reference'; Value = $data }
            [Cimulator.PowerShell.Model.PropertyData]@{ Name = 'I'; Type = 'InstanceArray'; Value = [Cimulator.PowerShell.Model.InstanceData[]]@($data, $data) }
        )
        $result = $fake.InvokeMethodAsync('root/fake', 'Fake', $data, 'Echo', $parameters, $Options, $None).GetAwaiter().GetResult()
        $reference, $instances = $result.Outputs.Value
        $reference.Properties.Name | Should -Be 'Id'
        $reference.Properties[0].Value | Should -Be 7
        $instances.Count | Should -Be 2
        $instances[1].Properties.Value | Should -Be 7, 'seven'
        $result.ReturnValue.Value | Should -Be 0
        $result.Reason | Should -Be 'because Echo'
    }

    It 'passes on what -Verbose shows' {
        $said = [System.Collections.Concurrent.ConcurrentQueue[string]]::new()
        $telling = [Cimulator.PowerShell.Model.OperationOptions]@{ Verbose = [System.Delegate]::CreateDelegate([System.Action[string]], $said, 'Enqueue') }
        Read-Stream (Get-FakeStream $fake Verbose $telling)
        $said | Should -Be 'about to answer'
    }
}

Describe 'errors' {
    BeforeAll {
        Use-FakeBridge
        $fake = Get-FakeOperations
    }
    AfterAll { Use-RealBridge }

    It 'has <Code>, <Id> and status <Status> for <Class>' -ForEach @(
        @{ Class = 'Denied'; Code = 'AccessDenied'; Id = 'HRESULT 0x80041003'; Status = 2; Data = 'MSFT_WmiError' }
        @{ Class = 'Fault'; Code = 'Failed'; Id = 'HRESULT 0x803380fa'; Status = 0; Data = 'OMI_Error' }
        @{ Class = 'Late'; Code = 'Failed'; Id = 'HRESULT 0x80338029'; Status = 0; Data = 'OMI_Error' }
        @{ Class = 'Password'; Code = 'AccessDenied'; Id = 'HRESULT 0x80070005'; Status = 2; Data = 'OMI_Error' }
        @{ Class = 'Wrong'; Code = 'InvalidParameter'; Id = $null; Status = 0; Data = $null }
    ) {
        $failure = Get-Failure { Read-Stream (Get-FakeStream $fake $Class) }
        $failure | Should -BeOfType Microsoft.Management.Infrastructure.CimException
        $failure.NativeErrorCode, $failure.MessageId, $failure.StatusCode, $failure.ErrorData.CimSystemProperties.ClassName | Should -Be $Code, $Id, $Status, $Data
    }

    It 'completes MSFT_WmiError where the server left members out' {
        $data = [Cimulator.PowerShell.Model.Services]::Objects.DataOf((Get-Failure { Read-Stream (Get-FakeStream $fake Denied) }).ErrorData)
        $data.Properties | ForEach-Object { "$($_.Name)=$($_.Value)" } | Should -Be @(
            'CIMStatusCode=2', 'Message=Not for you.', 'MessageID=HRESULT 0x80041003', 'error_Code=2147749891', 'error_Type=HRESULT'
        )
    }
}

Describe 'streams' {
    BeforeEach {
        $log = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl"
        Use-FakeBridge @{ FAKE_LOG = $log }
        $fake = Get-FakeOperations
    }
    AfterAll { Use-RealBridge }

    It 'reads 100,000 instances and asks for more as it goes' {
        $last = $null
        $count = 0
        Read-Stream (Get-FakeStream $fake Many) | ForEach-Object { $count++; $last = $_ }
        $count, $last.Properties[0].Value | Should -Be 100000, 99999
        @(Get-Content $log | ConvertFrom-Json | Where-Object { $_.PSObject.Properties['more'] }).Count | Should -BeGreaterThan 20
    }

    It 'is never more than a window behind, whoever reads slowly' {
        $items = (Get-FakeStream $fake Many).GetAsyncEnumerator($None)
        Wait-Call $items.MoveNextAsync().AsTask()
        Start-Sleep -Milliseconds 300
        Get-Content $log | ConvertFrom-Json | Where-Object { $_.PSObject.Properties['more'] } | Should -BeNullOrEmpty
        Wait-Call $items.DisposeAsync().AsTask()
    }

    It 'cancels what nobody reads to its end' {
        @(Read-Stream (Get-FakeStream $fake Many) -First 1).Count | Should -Be 1
        Wait-Until { (Get-Content $log -Tail 1 | ConvertFrom-Json).PSObject.Properties['cancel'] }
    }

    It 'ends at once when it is cancelled, and cancels the call' {
        Wait-Call $fake.IdentifyAsync($Options, $None)
        $source = [System.Threading.CancellationTokenSource]::new(200)
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        Get-Failure { Read-Stream (Get-FakeStream $fake Hang) -Cancellation $source.Token } | Should -BeOfType System.OperationCanceledException
        $clock.ElapsedMilliseconds | Should -BeLessThan 5000
        Wait-Until { (Get-Content $log -Tail 1 | ConvertFrom-Json).PSObject.Properties['cancel'] }
        Wait-Call $fake.IdentifyAsync($Options, $None)
    }
}

Describe 'a session that nobody holds any more' {
    AfterAll { Use-RealBridge }

    It 'is closed in the bridge, without Remove-CimSession, once its runspace has gone' {
        $log = Join-Path $TestDrive 'dropped.jsonl'
        Use-FakeBridge @{ FAKE_LOG = $log }
        & {
            $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
            $null = $shell.AddScript("
                Import-Module '$Manifest'
                `$account = [pscredential]::new('u', (ConvertTo-SecureString 'p' -AsPlainText -Force))
                `$session = New-CimSession fake.invalid -Authentication Basic -Credential `$account -SessionOption (New-CimSessionOption -UseSsl) -SkipTestConnection
                @(Get-CimInstance -CimSession `$session -Namespace root/fake Few).Count
                [gc]::Collect(); [gc]::WaitForPendingFinalizers(); [gc]::Collect()
                @(Get-CimInstance -CimSession (Get-CimSession) -Namespace root/fake Few).Count")
            $shell.Invoke() | Should -Be 3, 3
            $shell.Runspace.Dispose()
            $shell.Dispose()
        }
        $sent = Get-Content $log | ConvertFrom-Json
        $sent.do | Should -Not -Contain close
        Wait-Until {
            [gc]::Collect()
            [gc]::WaitForPendingFinalizers()
            (Get-Content $log | ConvertFrom-Json | Where-Object do -EQ close).connection -eq $sent[0].connection
        }
    }
}

Describe 'a bridge that ends' {
    BeforeEach {
        Use-FakeBridge
        $fake = Get-FakeOperations
    }
    AfterAll { Use-RealBridge }

    It 'fails the call with its status and its last words' {
        $failure = Get-Failure { Read-Stream (Get-FakeStream $fake Die) }
        $failure | Should -BeOfType Microsoft.Management.Infrastructure.CimException
        $failure.Message | Should -Be 'the bridge ended with status 3: cimulator bridge: it broke.'
    }

    It 'fails every open call when it is killed, and the next one starts another' {
        $hanging = 1..5 | ForEach-Object { $items = (Get-FakeStream $fake Hang).GetAsyncEnumerator($None); $items.MoveNextAsync().AsTask() }
        Wait-Call $fake.IdentifyAsync($Options, $None)
        $old = [Cimulator.PowerShell.Bridge.BridgeHost]::ProcessId
        Stop-Process -Id $old -Force
        foreach ($open in $hanging) { (Get-Failure { Wait-Call $open }).Message | Should -BeLike 'the bridge ended with status *' }
        Wait-Call $fake.IdentifyAsync($Options, $None)
        [Cimulator.PowerShell.Bridge.BridgeHost]::ProcessId | Should -Not -Be $old
    }

    It 'gives its reason where it gives one' {
        (Get-Failure { Read-Stream (Get-FakeStream $fake Fatal) }).Message | Should -Be 'the bridge gave up: the parent wrote nonsense.'
    }

    It 'is ended where it is not understood: <_>' -ForEach 'NoJson', 'Unknown' {
        Wait-Call $fake.IdentifyAsync($Options, $None)
        $id = [Cimulator.PowerShell.Bridge.BridgeHost]::ProcessId
        (Get-Failure { Read-Stream (Get-FakeStream $fake $_) }).Message | Should -BeLike 'the bridge is not understood: *'
        Wait-Until { -not (Test-Running $id) }
    }

    It 'ends with the last import of the module' {
        $script = "Import-Module '$Manifest'; . '$PSScriptRoot/Reach.ps1'; Wait-Call (Get-FakeOperations).IdentifyAsync(`$Options, `$None); `$id = [Cimulator.PowerShell.Bridge.BridgeHost]::ProcessId; Remove-Module Cimulator; `$id; Test-Running `$id"
        $id, $isRunning = pwsh -NoProfile -Command $script | Select-Object -Last 2
        [int]$id | Should -BeGreaterThan 0
        $isRunning | Should -Be 'False'
    }

    It 'ends with its parent, <How>' -ForEach @(@{ How = 'whose script ends'; Kill = $false }, @{ How = 'that is killed'; Kill = $true }) {
        $script = ". '$PSScriptRoot/Reach.ps1'; Wait-Call (Get-FakeOperations).IdentifyAsync(`$Options, `$None); [Cimulator.PowerShell.Bridge.BridgeHost]::ProcessId; if ('$Kill' -eq 'True') { Stop-Process -Id `$PID -Force }"
        $id = [int](pwsh -NoProfile -Command $script 2>$null | Select-Object -Last 1)
        $id | Should -BeGreaterThan 0
        Wait-Until { -not (Test-Running $id) }
    }
}

Describe 'many calls at once' {
    BeforeAll { Use-FakeBridge }
    AfterAll { Use-RealBridge }

    It 'carries 64 calls of 8 runspaces' {
        $operations = Get-FakeOperations
        $counts = 1..8 | ForEach-Object -Parallel {
            $none = [System.Threading.CancellationToken]::None
            $options = [Cimulator.PowerShell.Model.OperationOptions]::new()
            $calls = 1..8 | ForEach-Object { ($using:operations).IdentifyAsync($options, $none) }
            $items = ($using:operations).EnumerateInstancesAsync('root/fake', [Cimulator.PowerShell.Model.EnumerateOptions]::new('Few'), $options, $none).GetAsyncEnumerator($none)
            $count = 0
            while ($items.MoveNextAsync().AsTask().GetAwaiter().GetResult()) { $count++ }
            foreach ($call in $calls) { $null = $call.GetAwaiter().GetResult() }
            $count
        } -ThrottleLimit 8
        ($counts | Measure-Object -Sum).Sum | Should -Be 24
    }
}
