# What the cmdlets do: over an endpoint, and over a bridge without a server where it is about streams and what is sent.
BeforeAll {
    . "$PSScriptRoot/Reach.ps1"
    $namespace = 'root/cimv2/storage/iScsiTarget'
    $systemClass = 'MSFTSM_ComputerSystem'
    $serviceClass = 'MSISCSITARGET_StorageConfigurationService'
}

Describe 'Over an endpoint' {
    BeforeAll {
        $endpoint = Start-Cimulator -ComputerName srv01, srv02
        $service = Get-CimInstance -Namespace $namespace $serviceClass -Filter "SystemName='iscsi-a.lab.example'"
        $systems = Get-CimInstance -Namespace $namespace $systemClass
        $method = 'CreateOrModifyReplicationPipe'
    }

    AfterAll { $endpoint | Stop-Cimulator }

    Context 'targets' {
        It 'names no computer where none was named' {
            $systems | ForEach-Object { $_.PSComputerName | Should -BeNullOrEmpty }
            $systems[0].GetCimSessionInstanceId() | Should -BeOfType ([guid])
        }

        It 'asks several computers in one call and names each as it was asked for' {
            $found = Get-CimInstance -Namespace $namespace $systemClass -ComputerName SRV01, srv02
            $found.Count | Should -Be 6
            ($found.PSComputerName | Sort-Object -Unique -CaseSensitive) | Should -Be 'SRV01', 'srv02'
            $found[0].PSShowComputerName | Should -BeTrue
            $found | Out-String | Should -Match 'PSComputerName'
        }

        It 'sends what is piped to where it came from' {
            $one = Get-CimInstance -Namespace $namespace $systemClass -ComputerName srv02 | Select-Object -First 1
            ($one | Get-CimInstance).PSComputerName | Should -Be 'srv02'
            ($one | Get-CimAssociatedInstance -ResultClassName $serviceClass).PSComputerName | Should -Be 'srv02'
            ($service | Get-CimInstance).Name | Should -Be $service.Name
        }

        It 'takes sessions from the pipeline and remembers them, in other runspaces too' {
            $session = New-CimSession srv01 -Name one
            $found = $session | Get-CimInstance -Namespace $namespace -Query "SELECT * FROM $systemClass"
            $found[0].GetCimSessionInstanceId() | Should -Be $session.InstanceId
            $back = $found[0] | ForEach-Object -Parallel {
                Import-Module $using:Manifest
                $_ | Get-CimInstance
            }
            $back.GetCimSessionInstanceId() | Should -Be $session.InstanceId
            $session | Remove-CimSession
        }

        It 'serves several runspaces at once' {
            $counts = 1..4 | ForEach-Object -Parallel {
                Import-Module $using:Manifest
                (Get-CimInstance -Namespace $using:namespace $using:systemClass).Count
            }
            $counts | Should -Be 3, 3, 3, 3
        }
    }

    Context 'sessions' {
        AfterEach { Get-CimSession -Name 'test*' | Remove-CimSession }

        It 'have ids that count up, names, and what scripts read from them' {
            $first, $second = New-CimSession srv01, srv02 -Name test
            $first.Id | Should -BeOfType ([uint32])
            $second.Id | Should -Be ($first.Id + 1)
            $first.Protocol | Should -Be 'WSMAN'
            $first.InstanceId | Should -BeOfType ([guid])
            $first | Should -BeOfType ([Microsoft.Management.Infrastructure.CimSession])
            $named = New-CimSession srv01
            $named.Name | Should -Be "CimSession$($named.Id)"
            $named | Remove-CimSession
        }

        It 'are found by name, wildcard, id, instance id and computer' {
            $session = New-CimSession srv02 -Name testing
            (Get-CimSession -Name testing).InstanceId | Should -Be $session.InstanceId
            (Get-CimSession -Name test*ng).InstanceId | Should -Be $session.InstanceId
            (Get-CimSession -Id $session.Id).InstanceId | Should -Be $session.InstanceId
            (Get-CimSession -InstanceId $session.InstanceId).Id | Should -Be $session.Id
            (Get-CimSession SRV02).Id | Should -Contain $session.Id
            Get-CimSession -Name none* | Should -BeNullOrEmpty
        }

        It 'are gone when they are removed' {
            $session = New-CimSession srv01 -Name test
            Remove-CimSession -Name test -WhatIf
            Get-CimSession -Name test | Should -Not -BeNullOrEmpty
            $session | Remove-CimSession
            Get-CimSession -Name test -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            { Get-CimInstance -CimSession $session -Namespace $namespace $systemClass } | Should -Throw -ErrorId 'System.ObjectDisposedException,*'
        }

        It 'are of one runspace' {
            $null = New-CimSession srv01 -Name test
            $there = 1 | ForEach-Object -Parallel {
                Import-Module $using:Manifest
                @(Get-CimSession).Count
            }
            $there | Should -Be 0
        }
    }

    Context 'methods' {
        It 'give the out parameters, ReturnValue and PSComputerName' {
            $result = $service | Invoke-CimMethod -MethodName $method -Arguments @{ PipeElementName = 'tests'; SourceSystem = $systems[0]; TargetSystem = $systems[1] }
            $result.psobject.TypeNames | Select-Object -First 2 | Should -Be @(
                "Microsoft.Management.Infrastructure.CimMethodResult#$serviceClass#$method", 'Microsoft.Management.Infrastructure.CimMethodResult')
            $result.psobject.Properties.Name | Should -Be 'ReplicationPipe', 'ReturnValue', 'PSComputerName'
            $result.ReturnValue | Should -BeOfType ([uint32])
            $result.ReplicationPipe | Should -BeOfType ([ciminstance])
            ($result.ReplicationPipe | Get-CimInstance).ElementName | Should -Be 'tests'
            $result.ReplicationPipe | Remove-CimInstance
            $result.ReplicationPipe | Get-CimInstance -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        }

        It 'give Cimulator''s reason when they are asked, and show it nowhere else' {
            $result = Invoke-CimMethod -InputObject $service -MethodName $method
            $result.ReturnValue | Should -Be 5
            $result.GetCimulatorReason() | Should -Match 'SourceSystem'
            $result | ConvertTo-Json | Should -Not -Match 'reason|required'
            $result | Format-List * | Out-String | Should -Not -Match 'reason|required'
            $result | ConvertTo-Csv | Should -Not -Match 'reason|required'
            $said = Invoke-CimMethod -InputObject $service -MethodName $method -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
            $said.Message | Should -Contain $result.GetCimulatorReason()
        }

        It 'are called on each instance of a query, in its order' {
            $results = Invoke-CimMethod -Namespace $namespace -Query "SELECT * FROM $serviceClass" -MethodName $method -WhatIf:$false
            $results.ReturnValue | Should -Be 5, 5, 5
        }

        It 'take a hashtable for an embedded instance, and [ordered]' {
            $arguments = [ordered]@{ PipeElementName = 'goal'; SourceSystem = $systems[0]; TargetSystem = $systems[1]; Goal = @{ ElementName = 'g'; InstanceID = 'g1' } }
            $result = Invoke-CimMethod -InputObject $service -MethodName $method -Arguments $arguments
            $result.ReturnValue | Should -Be 0
            $result.ReplicationPipe | Remove-CimInstance
        }
    }

    Context 'instances' {
        It 'have the properties of their class, in its order, also where not all were asked for' {
            $all = (Get-CimClass -Namespace $namespace $systemClass).CimClassProperties.Name
            $systems[0].CimInstanceProperties.Name | Should -Be $all
            $partial = Get-CimInstance -Namespace $namespace $systemClass -Property Name | Select-Object -First 1
            $partial.CimInstanceProperties.Name | Should -Be $all
            $partial.psobject.TypeNames[0] | Should -Be 'Microsoft.Management.Infrastructure.CimInstance#__PartialCIMInstance'
            $partial.EnabledState | Should -BeNullOrEmpty
        }

        It 'have keys alone with -KeyOnly' {
            (Get-CimInstance -Namespace $namespace $systemClass -KeyOnly | Select-Object -First 1).CimInstanceProperties.Name | Should -Be 'Name', 'CreationClassName'
        }

        It 'have keys alone with -KeyOnly behind a filter, too' {
            $key = Get-CimInstance -Namespace $namespace $systemClass -Filter "Name = '$($systems[0].Name)'" -KeyOnly
            $key.CimInstanceProperties.Name | Sort-Object | Should -Be 'CreationClassName', 'Name'
            ($key | Get-CimInstance).ElementName | Should -Be $systems[0].ElementName
        }
    }

    Context 'classes' {
        It 'are found by name, wildcard, and by what they have' {
            (Get-CimClass -Namespace $namespace $systemClass).CimClassName | Should -Be $systemClass
            (Get-CimClass -Namespace $namespace MSISCSITARGET_*ationService).CimClassName | Should -Contain $serviceClass
            (Get-CimClass -Namespace $namespace -MethodName CreateOrModifyRep*).CimClassName | Should -Contain $serviceClass
            (Get-CimClass -Namespace $namespace -ClassName MSFTSM_* -PropertyName OtherIdentifyingInfo).CimClassName | Should -Be $systemClass, 'MSFTSM_System'
            $associations = Get-CimClass -Namespace $namespace -QualifierName Association
            $associations.Count | Should -BeGreaterThan 5
            $associations | ForEach-Object { $_.CimClassQualifiers.Name | Should -Contain 'Association' }
        }
    }

    It 'says by -Verbose what it does and when it is done' {
        $said = Get-CimInstance -Namespace $namespace $systemClass -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $said[0].Message | Should -Be "Perform operation 'Enumerate CimInstances' with following parameters, ''namespaceName' = $namespace,'className' = $systemClass'."
        $said[-1].Message | Should -Be "Operation 'Enumerate CimInstances' complete."
    }
}

Describe 'Over instances that may be changed' {
    BeforeAll {
        $things = Start-Cimulator -Schema "$PSScriptRoot/things.mof" -Lab none
        $target = @{ Namespace = 'root/things' }
    }

    AfterAll { $things | Stop-Cimulator }

    It 'changes what -Property says, and the object at hand with it' {
        $one = Get-CimInstance @target Test_Thing -Filter "Id='one'"
        $one | Set-CimInstance -Property @{ Text = 'changed'; Count = '7'; Ready = 1; Moment = [datetime] '2026-01-02'; Sizes = 1, 2; Part = @{ Label = 'l'; Size = 3 } }
        $one.Text | Should -Be 'changed'
        $now = $one | Get-CimInstance
        $now.Text, $now.Count, $now.Ready | Should -Be 'changed', 7, $true
        $now.Count | Should -BeOfType ([uint16])
        $now.Sizes | Should -Be 1, 2
        $now.Part.Label | Should -Be 'l'
        $now.Part.Size | Should -Be 3
    }

    It 'changes what the script set, and clears with $null' {
        $one = Get-CimInstance @target Test_Thing -Filter "Id='one'"
        $one.Text = 'by hand'
        (Set-CimInstance $one -PassThru).Text | Should -Be 'by hand'
        Set-CimInstance @target -Query "SELECT * FROM Test_Thing WHERE Id='one'" -Property @{ Text = $null }
        ($one | Get-CimInstance).Text | Should -BeNullOrEmpty
    }

    It 'changes nothing with -WhatIf' {
        Set-CimInstance @target -Query 'SELECT * FROM Test_Thing' -Property @{ Text = 'x' } -WhatIf
        Remove-CimInstance @target -Query 'SELECT * FROM Test_Thing' -WhatIf
        New-CimInstance @target Test_Thing -Property @{ Id = 'no' } -WhatIf
        (Get-CimInstance @target Test_Thing).Text | Should -Not -Contain 'x'
        (Get-CimInstance @target Test_Thing).Count | Should -Be 2
    }

    It 'makes and deletes, by class name and by class' {
        $class = Get-CimClass @target Test_Thing
        $made = New-CimInstance @target Test_Thing -Property @{ Id = 'three'; Count = 5 }
        $made.Count | Should -BeOfType ([uint16])
        $typed = New-CimInstance -CimClass $class -Property ([ordered]@{ Id = 'four'; Count = '6' })
        $typed.Count | Should -Be 6
        $made, $typed | Remove-CimInstance
        (Get-CimInstance @target Test_Thing).Count | Should -Be 2
    }

    It 'refuses before it sends: <Name>' -ForEach @(
        @{ Name = 'a read-only property'; Id = 'Set-CimInstance,*'; Do = { Get-CimInstance @target Test_Thing | Select-Object -First 1 | Set-CimInstance -Property @{ Fixed = 5 } } }
        @{ Name = 'a property that the class lacks'; Id = 'Set-CimInstance,*'; Do = { Get-CimInstance @target Test_Thing | Select-Object -First 1 | Set-CimInstance -Property @{ None = 5 } } }
        @{ Name = 'a property that a given class lacks'; Id = 'New-CimInstance,*'; Do = { New-CimInstance -CimClass (Get-CimClass @target Test_Thing) -Property @{ None = 5 } } }
        @{ Name = 'text for a number'; Id = 'New-CimInstance,*'; Do = { New-CimInstance -CimClass (Get-CimClass @target Test_Thing) -Property @{ Id = 'x'; Count = 'many' } } }
        @{ Name = 'a number that is too large'; Id = 'System.OverflowException,*'; Do = { New-CimInstance -CimClass (Get-CimClass @target Test_Thing) -Property @{ Id = 'x'; Count = 70000 } } }
    ) {
        $Do | Should -Throw -ErrorId $Id
    }
}

Describe 'Instances that no server knows' {
    It 'have the types of their values, and the keys that were named' {
        $made = New-CimInstance -ClientOnly -ClassName X -Key a -Property ([ordered]@{ a = 'k'; b = 1; c = 1, 2; d = $true; e = [timespan]'1:00' })
        $made.CimInstanceProperties.CimType | Should -Be 'String', 'SInt32', 'SInt32Array', 'Boolean', 'DateTime'
        $made.CimInstanceProperties['a'].Flags.HasFlag([Microsoft.Management.Infrastructure.CimFlags]::Key) | Should -BeTrue
        "$made" | Should -Be 'X (a = "k")'
    }

    It 'are refused with a value that CIM has no type for: <Value>' -ForEach @(
        @{ Value = [guid]::Empty }, @{ Value = @{ b = 1 } }, @{ Value = [decimal] 1 }, @{ Value = 1, 'b' }, @{ Value = $null }, @{ Value = @() }
    ) {
        { New-CimInstance -ClientOnly -ClassName X -Property @{ a = $Value } } | Should -Throw -ErrorId 'New-CimInstance,*NewCimInstanceCommand'
    }
}

Describe 'Over a bridge without a server' {
    BeforeAll {
        $log = Join-Path ([System.IO.Path]::GetTempPath()) "cimulator-cmdlets-$([guid]::NewGuid().ToString('N')).log"
        Use-FakeBridge @{ FAKE_LOG = $log }
        $account = [pscredential]::new('u', (ConvertTo-SecureString 'p' -AsPlainText -Force))
        $session = New-CimSession fake.invalid -Authentication Basic -Credential $account -SessionOption (New-CimSessionOption -UseSsl) -SkipTestConnection
        function Sent { Get-Content $log | Where-Object { $_ } | ForEach-Object { ConvertFrom-Json $_ } }
    }

    AfterAll {
        $session | Remove-CimSession
        Use-RealBridge
        Remove-Item $log
    }

    BeforeEach { Set-Content $log '' }

    It 'ends an enumeration of 100,000 where the pipeline wants one' {
        (Get-CimInstance -CimSession $session -Namespace root/fake Many | Select-Object -First 1).Id | Should -Be 0
        Wait-Until { (Sent).cancel }
        @((Sent).more | Where-Object { $_ }).Count | Should -BeLessThan 20
    }

    It 'holds no more of 100,000 than a few' {
        $count = 0
        $held = [System.Collections.Generic.List[long]]::new()
        Get-CimInstance -CimSession $session -Namespace root/fake Many | ForEach-Object {
            $count++
            if ($count % 20000 -eq 0) { $held.Add([System.GC]::GetTotalMemory($true)) }
        }
        $count | Should -Be 100000
        ($held[-1] - $held[0]) / 1MB | Should -BeLessThan 20
    }

    It 'stops at once' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($Manifest, $Session) Import-Module $Manifest; Get-CimInstance -CimSession $Session -Namespace root/fake Hang').AddArgument($Manifest).AddArgument($session)
        $null = $shell.BeginInvoke()
        Wait-Until { (Sent).class -eq 'Hang' }
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 2
        Wait-Until { (Sent).cancel }
    }

    It 'asks with -Filter and -Property by a query' {
        Get-CimInstance -CimSession $session -Namespace root/fake Few -KeyOnly -Shallow | Should -HaveCount 3
        $sent = Sent | Where-Object do -EQ enumerateInstances
        $sent.keyOnly, $sent.shallow | Should -Be $true, $true
    }
}
