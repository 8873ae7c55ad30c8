# Where calls go: default endpoints, names, real computers, and what is refused.
BeforeAll {
    . "$PSScriptRoot/Reach.ps1"
    $table = [Cimulator.PowerShell.Model.Services]::Targets
    $space = 'root/cimv2/storage/iScsiTarget'
    $account = [pscredential]::new('lab', (ConvertTo-SecureString 'secret' -AsPlainText -Force))

    # The target of a connection to a computer, without connecting.
    function Get-Target([hashtable] $Request) { $table.Open([Cimulator.PowerShell.Model.ConnectionRequest]$Request).Target }

    function Get-SessionOption([hashtable] $Members) { [Cimulator.PowerShell.Targets.CimulatorSessionOptions]$Members }

    # In a runspace of its own, with the module; errors are output as their messages.
    function Invoke-Elsewhere([scriptblock] $Script) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$Manifest'").AddStatement().AddScript("try { $Script } catch { `$_.Exception.Message }")
            $shell.Invoke()
        }
        finally { $shell.Runspace.Dispose(); $shell.Dispose() }
    }
}
AfterAll {
    Stop-Cimulator
    Remove-Module Cimulator
}

Describe 'without an endpoint' {
    It 'says what to do where a call names no target' {
        $failure = Get-Failure { Get-CimInstance -ClassName CIM_Service -ErrorAction Stop }
        $failure | Should -BeOfType Microsoft.Management.Infrastructure.CimException
        $failure.Message | Should -BeLike '*Start-Cimulator*$env:CIMULATOR_URL*'
    }

    It 'starts no bridge for that' {
        [Cimulator.PowerShell.Bridge.BridgeHost]::ProcessId | Should -BeNullOrEmpty
    }

    Context 'CIMULATOR_URL' {
        AfterEach { $env:CIMULATOR_URL = $env:CIMULATOR_USER = $env:CIMULATOR_PASSWORD = $env:CIMULATOR_CLIENT_AUTH = $null }

        It 'takes <Url>, <User>, <Password> and <Auth> as <Expected>' -ForEach @(
            @{ Url = 'http://lab.example:81/wsman'; User = 'lab'; Password = 'p'; Auth = $null; Expected = 'http://lab.example:81/wsman negotiate lab p' }
            @{ Url = 'lab.example'; User = 'lab:p:q'; Password = 'x'; Auth = 'basic'; Expected = 'http://lab.example:5985/wsman basic lab p:q' }
            @{ Url = 'lab.example:5986'; User = "a:1`nb:2"; Password = $null; Auth = 'auto'; Expected = 'https://lab.example:5986/wsman negotiate a 1' }
            @{ Url = '::1'; User = 'a:1,b:2'; Password = $null; Auth = $null; Expected = 'http://[::1]:5985/wsman negotiate a 1' }
            @{ Url = 'https://lab.example'; User = $null; Password = $null; Auth = 'kerberos'; Expected = 'https://lab.example/wsman kerberos' }
            @{ Url = 'http://lab.example'; User = $null; Password = $null; Auth = $null; Expected = 'http://lab.example/wsman none' }
        ) {
            $env:CIMULATOR_URL = $Url
            $env:CIMULATOR_USER = $User
            $env:CIMULATOR_PASSWORD = $Password
            $env:CIMULATOR_CLIENT_AUTH = $Auth
            $target = $table.Default().Target
            "$($target.Url) $($target.Authentication) $($target.User) $($target.Password)".TrimEnd() | Should -Be $Expected
        }

        It 'is also what its host, localhost and . mean' {
            $env:CIMULATOR_URL = 'http://lab.example:81/wsman'
            'lab.example', 'LAB.example', 'localhost', '.' | ForEach-Object { $table.Named($_).Target.Url } | Should -Be (, 'http://lab.example:81/wsman' * 4)
        }

        It 'never gives its account to another computer' {
            $env:CIMULATOR_URL = 'http://lab.example:81/wsman'
            $env:CIMULATOR_USER = 'lab:secret'
            $other = $table.Named('other.example').Target
            $other.Url, $other.Authentication, $other.User, $other.Password | Should -Be 'http://other.example:5985/wsman', 'kerberos', $null, $null
            $port = Get-Target @{ ComputerName = 'lab.example'; Port = 82 }
            $port.Url, $port.User, $port.Password | Should -Be 'http://lab.example:82/wsman', $null, $null
        }

        It 'is refused where it is no URL: <_>' -ForEach 'http://user:secret@lab.example/', 'http://', 'a b' {
            $env:CIMULATOR_URL = $_
            (Get-Failure { $table.Default() }).Message | Should -BeLike '$env:CIMULATOR_URL is *: expected a URL such as*'
        }
    }
}

Describe 'real computers' {
    It 'makes <Expected> of <Name>' -ForEach @(
        @{ Name = 'srv.example'; Options = @{}; Port = $null; Expected = 'http://srv.example:5985/wsman' }
        @{ Name = 'srv.example'; Options = @{ UseSsl = $true }; Port = $null; Expected = 'https://srv.example:5986/wsman' }
        @{ Name = '10.0.0.7'; Options = @{}; Port = 80; Expected = 'http://10.0.0.7/wsman' }
        @{ Name = 'fe80::1'; Options = @{}; Port = $null; Expected = 'http://[fe80::1]:5985/wsman' }
        @{ Name = '[::1]'; Options = @{ HttpUrlPrefix = [uri]::new('/wsman-2', 'Relative') }; Port = $null; Expected = 'http://[::1]:5985/wsman-2' }
        @{ Name = '.'; Options = @{}; Port = $null; Expected = 'http://localhost:5985/wsman' }
    ) {
        $request = @{ ComputerName = $Name; Credential = $account; SessionOption = Get-SessionOption $Options }
        if ($Port) { $request.Port = $Port }
        (Get-Target $request).Url | Should -Be $Expected
    }

    It 'takes no name that is none: <_>' -ForEach 'srv/wsman', 'user@srv', 'a b', 'srv:80', 'http://srv' {
        (Get-Failure { $table.Named($_) }).Message | Should -Be "'$_' is no name of a computer."
    }

    It 'signs in by <Expected> with <Authentication>' -ForEach @(
        @{ Authentication = $null; With = $true; Expected = 'negotiate' }
        @{ Authentication = 'Default'; With = $true; Expected = 'negotiate' }
        @{ Authentication = 'Negotiate'; With = $true; Expected = 'negotiate' }
        @{ Authentication = 'Basic'; With = $true; Expected = 'basic' }
        @{ Authentication = $null; With = $false; Expected = 'kerberos' }
        @{ Authentication = 'Kerberos'; With = $false; Expected = 'kerberos' }
    ) {
        $request = @{ ComputerName = 'srv.example'; SessionOption = Get-SessionOption @{ UseSsl = $true } }
        if ($Authentication) { $request.Authentication = $Authentication }
        if ($With) { $request.Credential = $account }
        $target = Get-Target $request
        $target.Authentication, $target.User, $target.Password | Should -Be $(if ($With) { $Expected, 'lab', 'secret' } else { $Expected, $null, $null })
    }

    It 'supports no <_>, and takes nothing else in its place' -ForEach 'Digest', 'CredSsp', 'NtlmDomain' {
        $failure = Get-Failure { Get-Target @{ ComputerName = 'srv.example'; Authentication = $_; Credential = $account } }
        $failure.NativeErrorCode | Should -Be NotSupported
        $failure.Message | Should -BeLike "-Authentication $_ is not supported here*"
    }

    It 'does not take a password for Kerberos, whose tickets come from kinit' {
        (Get-Failure { Get-Target @{ ComputerName = 'srv.example'; Authentication = 'Kerberos'; Credential = $account } }).NativeErrorCode | Should -Be NotSupported
    }

    It 'sends no password in clear over the network, unless that is said' {
        $request = @{ ComputerName = 'srv.example'; Authentication = 'Basic'; Credential = $account }
        (Get-Failure { Get-Target $request }).Message | Should -BeLike '*in clear*-UseSsl*-NoEncryption*'
        (Get-Target ($request + @{ SessionOption = Get-SessionOption @{ NoEncryption = $true } })).AllowUnencrypted | Should -BeTrue
        (Get-Target @{ ComputerName = '127.0.0.1'; Authentication = 'Basic'; Credential = $account }).AllowUnencrypted | Should -BeFalse
    }

    It 'passes every session option on' {
        $target = Get-Target @{
            ComputerName = 'srv.example'; Credential = $account; OperationTimeoutSec = 7
            SessionOption = Get-SessionOption @{
                CertCACheck = $false; CertCNCheck = $false; CertRevocationCheck = $false; PacketEncoding = 'Utf16'; Culture = 'de-DE'; UICulture = 'fr-FR'
                MaxEnvelopeSize = 300; EncodePortInServicePrincipalName = $true; NoEncryption = $true
            }
        }
        $target.SkipCACheck, $target.SkipCNCheck, $target.SkipRevocationCheck, $target.Encoding, $target.Culture, $target.UiCulture, $target.MaxEnvelopeSizeKB,
        $target.OperationTimeoutSec, $target.SpnWithPort, $target.AllowUnencrypted | Should -Be $true, $true, $true, 'utf-16', 'de-DE', 'fr-FR', 300, 7, $true, $true
    }

    It 'speaks no DCOM' {
        $failure = Get-Failure { New-CimSession -ComputerName srv.example -SessionOption (New-CimSessionOption -Protocol Dcom) -ErrorAction Stop }
        $failure | Should -BeOfType Microsoft.Management.Infrastructure.CimException
        $failure.NativeErrorCode | Should -Be NotSupported
    }

    It 'takes the proxy of the environment, where one is asked for' {
        $script = @"
            Import-Module '$Manifest'
            `$table = [Cimulator.PowerShell.Model.Services]::Targets
            foreach (`$type in 'None', 'WinHttp') {
                foreach (`$name in 'srv.example', 'inside.example') {
                    `$option = [Cimulator.PowerShell.Targets.CimulatorSessionOptions]@{ ProxyType = `$type }
                    `$proxy = `$table.Open([Cimulator.PowerShell.Model.ConnectionRequest]@{ ComputerName = `$name; SessionOption = `$option }).Target.Proxy
                    "`$type `$name `$(`$proxy.Url) `$(`$proxy.User) `$(`$proxy.Password)".Trim()
                }
            }
"@
        $env:http_proxy = 'http://me:pass@proxy.example:3128'
        $env:no_proxy = 'inside.example'
        try { $lines = pwsh -NoProfile -Command $script }
        finally { $env:http_proxy = $env:no_proxy = $null }
        $lines | Should -Be 'None srv.example', 'None inside.example', 'WinHttp srv.example http://proxy.example:3128 me pass', 'WinHttp inside.example'
    }

    It 'supports no other way to sign in at a proxy: <_>' -ForEach 'Negotiate', 'Kerberos', 'Digest' {
        (Get-Failure { Get-Target @{ ComputerName = 'srv.example'; SessionOption = Get-SessionOption @{ ProxyType = 'Auto'; ProxyAuthentication = $_ } } }).NativeErrorCode | Should -Be NotSupported
    }

    Context 'certificates' {
        BeforeAll {
            $key = [System.Security.Cryptography.RSA]::Create(2048)
            $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=cimulator-test', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
            $made = $request.CreateSelfSigned([datetimeoffset]::Now.AddDays(-1), [datetimeoffset]::Now.AddDays(1))
            $kept = [System.Security.Cryptography.X509Certificates.X509Certificate2]::new($made.Export('Pfx'), '', 'Exportable, PersistKeySet')
            $store = [System.Security.Cryptography.X509Certificates.X509Store]::new('My', 'CurrentUser')
            $store.Open('ReadWrite')
            $store.Add($kept)
        }
        AfterAll {
            $store.Remove($kept)
            $store.Dispose()
        }

        It 'signs in with one of the store, by its thumbprint' {
            $target = Get-Target @{ ComputerName = 'srv.example'; CertificateThumbprint = $kept.Thumbprint.ToLower(); SessionOption = Get-SessionOption @{ UseSsl = $true } }
            $target.Authentication | Should -Be 'certificate'
            $pair = [System.Security.Cryptography.X509Certificates.X509Certificate2]::CreateFromPem($target.Certificate, $target.PrivateKey)
            $pair.Thumbprint, $pair.HasPrivateKey | Should -Be $kept.Thumbprint, $true
        }

        It 'does that over HTTPS only' {
            (Get-Failure { Get-Target @{ ComputerName = 'srv.example'; CertificateThumbprint = $kept.Thumbprint } }).Message | Should -BeLike '*over HTTPS only*-UseSsl*'
        }

        It 'says so where there is none' {
            (Get-Failure { Get-Target @{ ComputerName = 'srv.example'; CertificateThumbprint = 'ABCD'; SessionOption = Get-SessionOption @{ UseSsl = $true } } }).NativeErrorCode | Should -Be NotFound
        }
    }
}

Describe 'names of an endpoint' {
    BeforeAll { $lab = Start-Cimulator -ComputerName srv01, srv02 }
    AfterAll { $lab | Stop-Cimulator }

    It 'goes to the first without a target, and shows no computer' {
        $systems = @(Get-CimInstance -Namespace $space -ClassName MSFTSM_ComputerSystem)
        $systems.Count, $systems[0].PSComputerName, $systems[0].CimSystemProperties.ServerName | Should -Be 3, $null, 'srv01'
    }

    It 'shows the name that was asked for: <_>' -ForEach 'srv01', 'SRV02', 'localhost', '127.0.0.1', '.' {
        @(Get-CimInstance -ComputerName $_ -Namespace $space -ClassName MSFTSM_ComputerSystem)[0].PSComputerName | Should -BeExactly $_
    }

    It 'brings the account, the certificate and the address, whatever the options say' {
        $options = New-CimSessionOption -UseSsl -Culture de-DE
        $session = New-CimSession -ComputerName srv02 -Authentication Negotiate -SessionOption $options
        try {
            @(Get-CimInstance -CimSession $session -Namespace $space -ClassName MSFTSM_ComputerSystem).Count | Should -Be 3
            $table.Of($session).Target.Url | Should -Be $lab.Hosts[1].HttpsUrl
            $table.Of($session).Target.Fingerprint256 | Should -Be $lab.Fingerprint
        }
        finally { $session | Remove-CimSession }
    }

    It 'seals where Negotiate is asked for' {
        $session = New-CimSession -ComputerName srv01 -Authentication Negotiate
        try {
            $table.Of($session).Target.Authentication, $table.Of($session).Target.Url | Should -Be 'negotiate', $lab.Url
            @(Get-CimInstance -CimSession $session -Namespace $space -ClassName MSFTSM_ComputerSystem).Count | Should -Be 3
        }
        finally { $session | Remove-CimSession }
    }

    It 'minds an account that is given' {
        $failure = Get-Failure { New-CimSession -ComputerName srv01 -Credential $account -ErrorAction Stop }
        $failure.NativeErrorCode | Should -Be AccessDenied
        New-CimSession -ComputerName srv01 -Credential $lab.Credential | Remove-CimSession
    }

    It 'minds a port that is given, and gives the account to its own ports alone' {
        $https = ([uri]$lab.HttpsUrl).Port
        $own = Get-Target @{ ComputerName = '127.0.0.1'; Port = $https }
        $own.Url, $own.User | Should -Be $lab.HttpsUrl, $lab.Credential.UserName
        $other = Get-Target @{ ComputerName = 'srv01'; Port = 9 }
        $other.Url, $other.User, $other.Password | Should -Be 'http://127.0.0.1:9/wsman', $null, $null
    }

    It 'works as a script for Windows would use it: address, port, account, options' {
        $options = New-CimSessionOption -UseSsl -SkipCACheck -SkipCNCheck -SkipRevocationCheck
        $session = New-CimSession -ComputerName 127.0.0.1 -Port ([uri]$lab.HttpsUrl).Port -Authentication Basic -Credential $lab.Credential -SessionOption $options
        try { @(Get-CimInstance -CimSession $session -Namespace $space -ClassName MSFTSM_ComputerSystem)[0].PSComputerName | Should -Be '127.0.0.1' }
        finally { $session | Remove-CimSession }
    }

    It 'takes WSMan where DCOM is asked for, and says so once' {
        $sessions = 1..2 | ForEach-Object { New-CimSession -ComputerName srv01 -SessionOption (New-CimSessionOption -Protocol Dcom) -WarningVariable +said -WarningAction SilentlyContinue }
        $sessions | Remove-CimSession
        $said | Should -Be 'Cimulator speaks no DCOM: WSMan is used in its place.'
    }

    It 'keeps one connection for calls by name, until the endpoint ends' {
        $before = $table.SharedConnections
        $second = Start-Cimulator -ComputerName iscsi-a, iscsi-b
        try {
            foreach ($name in 'iscsi-a', 'iscsi-b', 'iscsi-a') { @(Get-CimInstance -ComputerName $name -Namespace $space -ClassName MSFTSM_ComputerSystem).Count | Should -Be 3 }
            # Each of the two computers has its own.
            $table.SharedConnections | Should -Be ($before + 2)
        }
        finally { $second | Stop-Cimulator }
        $table.SharedConnections | Should -Be $before
    }

    It 'knows its names' {
        $table.KnownNames() | Should -Be 'srv01', 'srv02', 'localhost'
    }

    It 'has the latest of several for its default, and the earlier one after that has ended' {
        $second = Start-Cimulator -ComputerName iscsi-b
        try { $table.Default().Target.Url, $table.Named('srv01').Target.Url, $table.Named('iscsi-b').Target.Url | Should -Be $second.Url, $lab.Url, $second.Url }
        finally { $second | Stop-Cimulator }
        $table.Default().Target.Url | Should -Be $lab.Url
    }
}

Describe 'runspaces' {
    BeforeAll { $lab = Start-Cimulator -ComputerName srv01 }
    AfterAll { Stop-Cimulator }

    It 'lets one that started none use the only one there is' {
        Invoke-Elsewhere { (Get-CimInstance -ComputerName srv01 -Namespace root/cimv2/storage/iScsiTarget -ClassName MSFTSM_ComputerSystem).Count } | Should -Be 3
        1 | ForEach-Object -Parallel { Import-Module $using:Manifest; @(Get-CimInstance -Namespace $using:space -ClassName MSFTSM_ComputerSystem).Count } | Should -Be 3
    }

    It 'keeps names and default to those that started them, and ends those of a runspace with it' {
        $said = Invoke-Elsewhere {
            $own = Start-Cimulator -ComputerName srv02
            $own.ProcessId
            [Cimulator.PowerShell.Model.Services]::Targets.Default().ComputerName
            Get-CimInstance -ComputerName srv01 -ClassName CIM_Service -ErrorAction Stop
        }
        $said[1] | Should -Be 'srv02'
        $said[2] | Should -BeLike "The computer name 'srv01' is refused:*(srv02, localhost)*"
        Wait-Until { -not (Test-Running $said[0]) }
        $table.Default().Target.Url | Should -Be $lab.Url
    }

    It 'names them all where there are several, and none of them is its own' {
        $second = Start-Cimulator -ComputerName srv02
        try { Invoke-Elsewhere { [Cimulator.PowerShell.Model.Services]::Targets.Default() } | Should -BeLike "*Several endpoints run*$($lab.Url) (srv01); $($second.Url) (srv02)*" }
        finally { $second | Stop-Cimulator }
    }

    It 'lets a session be used in all of them, and lists it in its own' {
        $session = New-CimSession -ComputerName srv01 -Name mine
        try {
            $counts = 1 | ForEach-Object -Parallel {
                Import-Module $using:Manifest
                @(Get-CimInstance -CimSession $using:session -Namespace $using:space -ClassName MSFTSM_ComputerSystem).Count
                @(Get-CimSession).Count
            }
            $counts | Should -Be 3, 0
            (Get-CimSession -Name mine).InstanceId | Should -Be $session.InstanceId
        }
        finally { $session | Remove-CimSession }
        Get-Failure { Get-CimInstance -CimSession $session -Namespace $space -ClassName MSFTSM_ComputerSystem -ErrorAction Stop } | Should -Not -BeNullOrEmpty
    }
}

Describe 'safety while an endpoint runs' {
    BeforeAll {
        $lab = Start-Cimulator -ComputerName srv01
        $refused = "*The computer name 'prod.example' is refused:*(srv01, localhost)*"
    }
    AfterAll {
        $env:CIMULATOR_ALLOW_OTHER = $env:CIMULATOR_URL = $null
        Stop-Cimulator
    }

    It 'refuses other names with an error that is not terminating, for each of them' {
        $null = Get-CimInstance -ComputerName prod.example, srv01 -Namespace $space -ClassName MSFTSM_ComputerSystem -ErrorAction SilentlyContinue -ErrorVariable problem -OutVariable found
        $problem.Count, $found.Count | Should -Be 1, 3
        $problem[0].Exception | Should -BeOfType Microsoft.Management.Infrastructure.CimException
        $problem[0].Exception.Message | Should -BeLike $refused
    }

    It 'refuses them to New-CimSession, whatever it is told' {
        { New-CimSession -ComputerName prod.example -Credential $account -Port 5985 -SkipTestConnection -ErrorAction Stop } | Should -Throw $refused
    }

    It 'sends nothing for a name that is refused, not even a question for its address' {
        [Cimulator.PowerShell.Bridge.BridgeHost]::Stop()
        Use-FakeBridge @{ FAKE_LOG = (Join-Path $TestDrive 'sent.jsonl') }
        try {
            Get-Failure { Invoke-CimMethod -ComputerName prod.example -ClassName Win32_OperatingSystem -MethodName Reboot -ErrorAction Stop } | Should -Not -BeNullOrEmpty
            # Nobody but a bridge could: this module has no network code, and none was started.
            [Cimulator.PowerShell.Bridge.BridgeHost]::ProcessId | Should -BeNullOrEmpty
            Join-Path $TestDrive 'sent.jsonl' | Should -Not -Exist
        }
        finally { Use-RealBridge }
    }

    It 'refuses them in other runspaces' {
        Invoke-Elsewhere { Get-CimInstance -ComputerName prod.example -ClassName CIM_Service -ErrorAction Stop } | Should -BeLike $refused
    }

    It 'refuses them in child processes, which know the names' {
        $job = Start-Job { Import-Module $using:Manifest; try { Get-CimInstance -ComputerName prod.example -ClassName CIM_Service -ErrorAction Stop } catch { $_.Exception.Message } }
        $job | Receive-Job -Wait -AutoRemoveJob | Should -BeLike "*'prod.example' is refused:*"
        $job = Start-Job { Import-Module $using:Manifest; try { Get-CimInstance -ComputerName srv01 -ClassName CIM_Service -ErrorAction Stop } catch { $_.Exception.Message } }
        $job | Receive-Job -Wait -AutoRemoveJob | Should -BeLike '*a parent process started*CIMULATOR_URL*'
    }

    It 'lets child processes call the endpoint when they are told where it is' {
        $job = Start-Job {
            $env:CIMULATOR_URL = $using:lab.Url
            $env:CIMULATOR_USER = "$(($using:lab).Credential.UserName):$(($using:lab).Credential.GetNetworkCredential().Password)"
            Import-Module $using:Manifest
            (Get-CimInstance -Namespace $using:space -ClassName MSFTSM_ComputerSystem).Count
            (Get-CimInstance -ComputerName srv01 -Namespace $using:space -ClassName MSFTSM_ComputerSystem)[0].PSComputerName
        }
        $job | Receive-Job -Wait -AutoRemoveJob | Should -Be 3, 'srv01'
    }

    It 'does not take CIMULATOR_URL for a way out' {
        $env:CIMULATOR_URL = 'http://prod.example:5985/wsman'
        try {
            $table.Default().Target.Url | Should -Be $lab.Url
            (Get-Failure { $table.Named('prod.example') }).Message | Should -BeLike $refused
            $job = Start-Job { Import-Module $using:Manifest; try { Get-CimInstance -ClassName CIM_Service -ErrorAction Stop } catch { $_.Exception.Message } }
            $job | Receive-Job -Wait -AutoRemoveJob | Should -BeLike 'There is no endpoint to call:*'
        }
        finally { $env:CIMULATOR_URL = $null }
    }

    It 'opens them by CIMULATOR_ALLOW_OTHER=1' {
        $env:CIMULATOR_ALLOW_OTHER = '1'
        try { $table.Named('prod.example').Target.Url | Should -Be 'http://prod.example:5985/wsman' }
        finally { $env:CIMULATOR_ALLOW_OTHER = $null }
    }

    It 'opens them by -AllowOtherComputers, where every endpoint that runs has it' {
        $open = Start-Cimulator -ComputerName srv02 -AllowOtherComputers
        try {
            (Get-Failure { $table.Named('prod.example') }).Message | Should -BeLike "*'prod.example' is refused:*"
            $lab | Stop-Cimulator
            $other = $table.Named('prod.example').Target
            $other.Url, $other.User | Should -Be 'http://prod.example:5985/wsman', $null
        }
        finally { $open | Stop-Cimulator }
    }

    It 'ends with the last of them, for child processes too' {
        $env:CIMULATOR_STARTED | Should -BeNullOrEmpty
        $table.Named('prod.example').Target.Url | Should -Be 'http://prod.example:5985/wsman'
    }
}
