# What a person sees of the cmdlets and answers to them: prompts of -Confirm, and progress.
BeforeAll {
    . "$PSScriptRoot/Reach.ps1"
    Add-Type -TypeDefinition (Get-Content "$PSScriptRoot/Fakes/AnsweringHost.cs" -Raw)
    $log = Join-Path ([System.IO.Path]::GetTempPath()) "cimulator-host-$([guid]::NewGuid().ToString('N')).log"
    Use-FakeBridge @{ FAKE_LOG = $log }
    $account = [pscredential]::new('u', (ConvertTo-SecureString 'p' -AsPlainText -Force))
    $session = New-CimSession fake.invalid -Authentication Basic -Credential $account -SessionOption (New-CimSessionOption -UseSsl) -SkipTestConnection

    # A shell whose host answers prompts by these choices, one after the other: 0 yes, 1 yes to all, 2 no, 3 no to all.
    function New-Shell([string] $Script, [int[]] $Answers = @()) {
        $person = [AnsweringHost]::new($Answers)
        $runspace = [runspacefactory]::CreateRunspace($person)
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        $null = $shell.AddScript("param(`$Manifest, `$Session) Import-Module `$Manifest; $Script").AddArgument($Manifest).AddArgument($session)
        [pscustomobject]@{ Shell = $shell; Person = $person }
    }

    function Close-Shell($Of) {
        $Of.Shell.Runspace.Dispose()
        $Of.Shell.Dispose()
    }

    function Sent { Get-Content $log | Where-Object { $_ } | ForEach-Object { ConvertFrom-Json $_ } }
}

AfterAll {
    $session | Remove-CimSession
    Use-RealBridge
    Remove-Item $log
}

Describe '-Confirm' {
    BeforeEach { Set-Content $log '' }

    It 'does what is answered: <How>' -ForEach @(
        @{ How = 'yes, no, yes'; Answers = 0, 2, 0; Asked = 3; Called = 0, 2 }
        @{ How = 'yes to all'; Answers = @(1); Asked = 1; Called = 0, 1, 2 }
        @{ How = 'no, then yes to all'; Answers = 2, 1; Asked = 2; Called = 1, 2 }
        @{ How = 'no to all'; Answers = @(3); Asked = 1; Called = @() }
    ) {
        $of = New-Shell 'Get-CimInstance -CimSession $Session -Namespace root/fake Few | Invoke-CimMethod -MethodName Do -Confirm | ForEach-Object ReturnValue' $Answers
        try { $values = @($of.Shell.Invoke()) }
        finally { Close-Shell $of }
        $of.Person.Asked.Count | Should -Be $Asked
        $of.Person.Asked[0] | Should -BeLike '*Performing the operation "Invoke-CimMethod: Do" on target "Fake (Id = 0)*'
        @(Sent | Where-Object do -EQ invokeMethod).path.keys.Id.value | Should -Be $(if ($Called) { $Called } else { $null })
        $values.Count | Should -Be $Called.Count
    }

    It 'asks by the preference, too, on the thread of the pipeline' {
        $of = New-Shell '$ConfirmPreference = "Low"; Invoke-CimMethod -CimSession $Session -Namespace root/fake -ClassName Fake -MethodName Do' @(2)
        try { $of.Shell.Invoke() | Should -BeNullOrEmpty }
        finally { Close-Shell $of }
        $of.Person.Asked | Should -HaveCount 1
        (Sent).do | Should -Not -Contain invokeMethod
    }
}

Describe 'progress of a long enumeration' {
    It 'is told from its second second on, and ended' {
        $of = New-Shell 'Get-CimInstance -CimSession $Session -Namespace root/fake Slow'
        try {
            @($of.Shell.Invoke()).Count | Should -Be 6
            $told = @($of.Shell.Streams.Progress | Where-Object Activity -NotLike 'Preparing modules*')
        }
        finally { Close-Shell $of }
        $told.Count | Should -BeGreaterThan 1
        $told[0].StatusDescription | Should -Match '^[3-6] objects$'
        $told.Activity | Select-Object -Unique | Should -HaveCount 1
        $told[-1].RecordType, $told[0].RecordType | Should -Be Completed, Processing
    }

    It 'is not told of a short one' {
        $of = New-Shell 'Get-CimInstance -CimSession $Session -Namespace root/fake Few'
        try {
            @($of.Shell.Invoke()).Count | Should -Be 3
            @($of.Shell.Streams.Progress | Where-Object Activity -NotLike 'Preparing modules*') | Should -BeNullOrEmpty
        }
        finally { Close-Shell $of }
    }
}
