# Sessions and exceptions.
BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $id = [guid]::NewGuid()
}

Describe 'a session' {
    It 'is a genuine one' {
        $session = $Objects.Session('srv1', $id)
        $session | Should -BeOfType ([cimsession])
        $session.ComputerName, $session.InstanceId | Should -Be 'srv1', $id
        "$session" | Should -Be 'CimSession: srv1'
        function Two([cimsession[]] $CimSession) { $CimSession.Count }
        Two $session, $session | Should -Be 2
        function ByName([Parameter(ValueFromPipelineByPropertyName)] [cimsession] $CimSession) { process { $CimSession.ComputerName } }
        [pscustomobject]@{ CimSession = $session } | ByName | Should -Be srv1
        $session.Equals($session) | Should -BeTrue
        @{ $session = 5 }[$session] | Should -Be 5
    }

    It 'is shown as New-CimSession shows it' {
        $shown = [Cimulator.PowerShell.Objects.Sessions]::Shown($Objects.Session('srv1', $id), 3, 'CimSession3', 'WSMAN')
        $text = $shown | Out-String
        $text -replace '\s+', ' ' | Should -Match "Id : 3 Name : CimSession3 InstanceId : $id ComputerName : srv1 Protocol : WSMAN"
        $shown.Id | Should -BeOfType ([uint32])
        ($shown | ConvertTo-Json | ConvertFrom-Json).Name | Should -Be CimSession3
        $shown | Export-Clixml "$TestDrive/session.xml"
        (Import-Clixml "$TestDrive/session.xml").ComputerName | Should -Be srv1
    }

    It 'is closed by Close, Dispose and Dispose again' {
        $session = $Objects.Session('srv1', $id)
        $Objects.IsClosed($session) | Should -BeFalse
        $session.Close()
        $Objects.IsClosed($session) | Should -BeTrue
        $session.Dispose()
        $session.Dispose()
        $other = $Objects.Session('srv1', $id)
        $other.Dispose()
        $Objects.IsClosed($other) | Should -BeTrue
    }

    It 'survives its finalizer' {
        1..200 | ForEach-Object { $null = $Objects.Session("srv$_", [guid]::NewGuid()) }
        [gc]::Collect(); [gc]::WaitForPendingFinalizers()
        $Objects.Session('srv1', $id).ComputerName | Should -Be srv1
    }

    It 'is not made by the library' -Tag Tables {
        try { [cimsession]::Create('srv1') } catch { $fault = $_.Exception.InnerException }
        $fault | Should -BeOfType ([Microsoft.Management.Infrastructure.CimException])
        $fault.Message | Should -Match 'New-CimSession of the module Cimulator'
        $fault.NativeErrorCode | Should -Be NotFound
    }
}

Describe 'the converter of sessions' {
    BeforeAll {
        function Both([Parameter(ValueFromPipeline)] [cimsession[]] $CimSession, [Parameter(ValueFromPipeline)] [ciminstance] $InputObject) {
            process { "$($CimSession.Count) $($InputObject.Label)" }
        }
    }

    It 'leaves an instance that comes through the pipeline to -InputObject' {
        Instance Test_X '' @(Property Label String data) | Both | Should -Be '0 data'
    }

    It 'takes a session that comes through the pipeline' {
        $Objects.Session('srv1', $id) | Both | Should -Be '1 '
    }

    It 'converts nothing but strings' {
        $converter = [Cimulator.PowerShell.Objects.Ets.SessionConverter]::new()
        $converter.CanConvertFrom('srv1', [cimsession]) | Should -BeTrue
        foreach ($other in 5, (Get-Date), @('srv1'), @{}, (Instance X '' @()).psobject.BaseObject) {
            $converter.CanConvertFrom([object]$other, [cimsession]) | Should -BeFalse
        }
        $converter.CanConvertTo('srv1', [cimsession]) | Should -BeFalse
    }

    It 'opens a session for a name, through the targets' {
        $field = [Cimulator.PowerShell.Model.Services].GetField('s_targets', 'NonPublic, Static')
        $before = $field.GetValue($null)
        $added = [System.Collections.Generic.List[string]]::new()
        $model = 'Cimulator.PowerShell.Model'
        try {
            [Cimulator.PowerShell.Model.Services]::Targets = StandIn ("$model.ITargets" -as [type]) {
                param($name, $arguments)
                switch ($name) {
                    Open { $computer = $arguments[0].ComputerName; StandIn ("$model.ICimOperations" -as [type]) { $computer }.GetNewClosure() }
                    Tie { $added.Add($arguments[0].ComputerName) }
                }
            }
            ([cimsession]'srv7').ComputerName | Should -Be srv7
            function Two([cimsession[]] $CimSession) { $CimSession.ComputerName }
            Two srv1, srv2 | Should -Be srv1, srv2
            $added | Should -Be srv7, srv1, srv2
        }
        finally {
            $field.SetValue($null, $before)
        }
    }
}

Describe 'an exception' {
    BeforeAll {
        $told = New-Object Cimulator.PowerShell.Model.CimErrorData -ArgumentList 'Not found.' -Property @{
            NativeErrorCode = 'InvalidClass'; MessageId = 'HRESULT 0x80041010'; StatusCode = 5; ErrorType = 4; ErrorSource = 'srv1'
        }
        $raised = [System.Management.Automation.PSObject]::AsPSObject($Objects.Exception($told))
    }

    It 'tells what was told' {
        $raised | Should -BeOfType ([Microsoft.Management.Infrastructure.CimException])
        $raised.Message, $raised.NativeErrorCode | Should -Be 'Not found.', 'InvalidClass'
        $raised.MessageId, $raised.StatusCode, $raised.ErrorType, $raised.ErrorSource | Should -Be 'HRESULT 0x80041010', 5, 4, srv1
        $raised.ErrorData.CimSystemProperties.ClassName | Should -Be MSFT_WmiError
        $raised.ErrorData.MessageID | Should -Be 'HRESULT 0x80041010'
        [Cimulator.PowerShell.Objects.CimObjects]::ErrorOf($raised.psobject.BaseObject).MessageId | Should -Be 'HRESULT 0x80041010'
    }

    It 'is caught by its type' {
        $caught = try { throw $raised.psobject.BaseObject } catch [Microsoft.Management.Infrastructure.CimException] { 'yes' }
        $caught | Should -Be yes
    }

    It 'keeps what came, and gets what was missing' {
        $came = InstanceData MSFT_WmiError root/test @((Property Message String $null), (Property error_Code UInt32 ([uint32]7)), (Property MessageID String 'own'))
        $told = New-Object Cimulator.PowerShell.Model.CimErrorData -ArgumentList 'Text.' -Property @{ ErrorData = $came; MessageId = 'other'; StatusCode = 6 }
        $raised = [psobject]::AsPSObject($Objects.Exception($told))
        $raised.ErrorData.error_Code, $raised.ErrorData.MessageID, $raised.ErrorData.Message | Should -Be 7, 'own', 'Text.'
        $raised.StatusCode | Should -Be 6
        $came.Properties.Count | Should -Be 3
    }

    It 'has the inner one' {
        $inner = [InvalidOperationException]::new('below')
        $Objects.Exception((New-Object Cimulator.PowerShell.Model.CimErrorData -ArgumentList 'x' -Property @{ Inner = $inner })).InnerException | Should -Be $inner
    }
}
