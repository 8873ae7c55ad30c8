# -TakeOver's functions over stand-ins of Microsoft's cmdlets, which say how they were called. On Windows they stand before the genuine ones.
BeforeAll {
    . "$PSScriptRoot/Reach.ps1"
    $lab = Start-Cimulator -ComputerName srv01, srv02
    $account = [pscredential]::new('me', (ConvertTo-SecureString 'mine' -AsPlainText -Force))

    # Each with the parameters of the cmdlet that the functions look at.
    $standIns = New-Module -Name StandIns -ScriptBlock {
        function Out-Call($Name, $Bound, $Received) {
            [pscustomobject]@{
                Name = $Name; Bound = $Bound; Received = $Received
                Sessions = @($Bound['CimSession'] | Where-Object { $_ }).ForEach({ $_.ComputerName })
            }
        }
        function Get-CimInstance {
            [CmdletBinding()]
            param([Parameter(Position = 0)] [string] $ClassName, [string] $Query, [string] $Namespace, [string[]] $ComputerName, [object[]] $CimSession, [Parameter(ValueFromPipeline)] $InputObject)
            begin { $all = @() }
            process { if ($InputObject) { $all += $InputObject } }
            end { Out-Call Get-CimInstance $PSBoundParameters $all }
        }
        function Invoke-CimMethod {
            [CmdletBinding(SupportsShouldProcess)]
            param([string] $ClassName, [Parameter(ValueFromPipeline)] $InputObject, [string[]] $ComputerName, [object[]] $CimSession, [string] $MethodName)
            process { if ($PSCmdlet.ShouldProcess('it')) { Out-Call Invoke-CimMethod $PSBoundParameters @($InputObject) } }
        }
        function New-CimInstance { [CmdletBinding()] param([string] $ClassName, [switch] $ClientOnly, [string[]] $ComputerName, [object[]] $CimSession) Out-Call New-CimInstance $PSBoundParameters }
        function Set-CimInstance { [CmdletBinding()] param([Parameter(ValueFromPipeline)] $InputObject, [string] $Query, [string[]] $ComputerName, [object[]] $CimSession) process { Out-Call Set-CimInstance $PSBoundParameters } }
        function Remove-CimInstance { [CmdletBinding()] param([Parameter(ValueFromPipeline)] $InputObject, [string] $Query, [string[]] $ComputerName, [object[]] $CimSession) process { Out-Call Remove-CimInstance $PSBoundParameters } }
        function Get-CimAssociatedInstance { [CmdletBinding()] param([Parameter(ValueFromPipeline)] $InputObject, [string[]] $ComputerName, [object[]] $CimSession) process { Out-Call Get-CimAssociatedInstance $PSBoundParameters } }
        function Get-CimClass { [CmdletBinding()] param([string] $ClassName, [string[]] $ComputerName, [object[]] $CimSession) Out-Call Get-CimClass $PSBoundParameters }
        function Register-CimIndicationEvent { [CmdletBinding()] param([string] $ClassName, [string] $ComputerName, $CimSession) Out-Call Register-CimIndicationEvent $PSBoundParameters }
        function New-CimSession { [CmdletBinding()] param([string[]] $ComputerName, [pscredential] $Credential, [uint32] $Port, [string] $Authentication, [string] $CertificateThumbprint, $SessionOption) Out-Call New-CimSession $PSBoundParameters }
    }
    Import-Module $standIns

    $module = Get-Module Cimulator
    . $module {
        . "$($args[0])/powershell/Cimulator/TakeOver.ps1"
        function New-TakeOverOption { 'options' }
        Enable-TakeOver StandIns
    } $Root
    $none = Cimulator\New-CimInstance -ClientOnly -ClassName Any
    $some = @(Cimulator\Get-CimInstance -ComputerName srv02 -Namespace root/cimv2/storage/iScsiTarget -ClassName MSFTSM_ComputerSystem)[0]
}
AfterAll {
    & $module { Disable-TakeOver }
    Stop-Cimulator
    Remove-Module StandIns, Cimulator
}

Describe 'calls without a target' {
    It 'goes to the endpoint: <_>' -ForEach 'Get-CimInstance', 'Get-CimClass', 'New-CimInstance', 'Invoke-CimMethod' {
        $call = & $_ -ClassName Win32_Service
        $call.Name | Should -Be $_
        $call.Sessions | Should -Be 'srv01'
        $call.Bound['CimSession'][0].InstanceId | Should -Be $lab.CimSession.InstanceId
    }

    It 'goes to the endpoint from code in modules' {
        $code = New-Module -ScriptBlock { function Get-It { Get-CimInstance Win32_OperatingSystem } } | Import-Module -PassThru
        try { (Get-It).Sessions | Should -Be 'srv01' }
        finally { Remove-Module $code }
    }

    It 'gives one session where one is taken' {
        (Register-CimIndicationEvent -ClassName X).Bound['CimSession'] | Should -BeOfType Microsoft.Management.Infrastructure.CimSession
    }

    It 'leaves alone what goes nowhere, and what has a session' {
        (New-CimInstance -ClassName X -ClientOnly).Sessions | Should -BeNullOrEmpty
        (Get-CimInstance -ClassName X -CimSession $lab.CimSession).Sessions | Should -Be 'srv01'
    }
}

Describe 'names' {
    It 'makes sessions of those of endpoints' {
        $call = Get-CimInstance -ClassName X -ComputerName srv02, localhost
        $call.Bound.ContainsKey('ComputerName') | Should -BeFalse
        $call.Bound['CimSession'].Count | Should -Be 2
    }

    It 'refuses others' {
        { Get-CimInstance -ClassName X -ComputerName prod.example } | Should -Throw "*'prod.example' is refused:*(srv01, srv02, localhost)*"
        { New-CimSession -ComputerName prod.example } | Should -Throw "*'prod.example' is refused:*"
    }

    It 'lets others through where that is allowed, but not together with an endpoint''s' {
        $env:CIMULATOR_ALLOW_OTHER = '1'
        try {
            (Get-CimInstance -ClassName X -ComputerName prod.example).Bound['ComputerName'] | Should -Be 'prod.example'
            { Get-CimInstance -ClassName X -ComputerName prod.example, srv01 } | Should -Throw '*do not go into one call*'
        }
        finally { $env:CIMULATOR_ALLOW_OTHER = $null }
    }

    It 'lets New-CimSession reach the endpoint, with its account' {
        $call = New-CimSession -ComputerName srv02
        $call.Bound['ComputerName'], $call.Bound['Port'], $call.Bound['Credential'].UserName, $call.Bound['SessionOption'] |
            Should -Be '127.0.0.1', ([uri]$lab.Hosts[1].HttpsUrl).Port, 'cimulator', 'options'
    }

    It 'minds an account and a port that are given' {
        (New-CimSession -ComputerName srv02 -Credential $account).Bound['Credential'].UserName | Should -Be 'me'
        $call = New-CimSession -ComputerName srv02 -Port 9
        $call.Bound['ComputerName'], $call.Bound['Port'], $call.Bound['Credential'] | Should -Be '127.0.0.1', 9, $null
    }
}

Describe 'instances' {
    It 'go back to where they came from, given or piped' {
        (Invoke-CimMethod -InputObject $some -MethodName M).Sessions | Should -BeNullOrEmpty
        ($some | Invoke-CimMethod -MethodName M).Sessions | Should -BeNullOrEmpty
    }

    It 'go to the endpoint when they came from nowhere, and are refused in a pipe' {
        (Set-CimInstance -InputObject $none).Sessions | Should -Be 'srv01'
        { $none | Set-CimInstance } | Should -Throw '*came from no session*'
        ($none | Set-CimInstance -CimSession $lab.CimSession).Sessions | Should -Be 'srv01'
    }

    It 'are all passed on' {
        ($some, $some | Get-CimInstance).Received.Count | Should -Be 2
    }
}

Describe 'what a caller set' {
    It 'holds for compiled cmdlets, as Microsoft''s are: preferences for errors and -WhatIf' {
        # The only compiled ones at hand are our own.
        & $module { Enable-TakeOver Cimulator }
        try {
            $space = 'root/cimv2/storage/iScsiTarget'
            @(Get-CimInstance -Namespace $space -ClassName MSFTSM_ComputerSystem).PSComputerName | Should -Be 'srv01', 'srv01', 'srv01'
            { & { $ErrorActionPreference = 'Stop'; Get-CimInstance -Namespace $space -ClassName CIM_Nothing } } | Should -Throw '*CIM_Nothing does not exist*'
            & { $WhatIfPreference = $true; New-CimInstance -Namespace $space -ClassName CIM_Nothing } | Should -BeNullOrEmpty
            & { $ErrorActionPreference = 'Ignore'; Get-CimInstance -Namespace $space -ClassName CIM_Nothing } | Should -BeNullOrEmpty
        }
        finally { & $module { Enable-TakeOver StandIns } }
    }

    It 'holds: -WhatIf' {
        Invoke-CimMethod -ClassName X -MethodName M -WhatIf | Should -BeNullOrEmpty
    }
}

Describe 'the end of it' {
    It 'takes its functions away, and nobody else''s' {
        function global:Get-CimClass { 'somebody else''s' }
        try {
            & $module { Disable-TakeOver }
            Get-Item function:global:Get-CimInstance -ErrorAction Ignore | Should -BeNullOrEmpty
            Get-CimClass | Should -Be 'somebody else''s'
        }
        finally {
            Remove-Item function:global:Get-CimClass
            & $module { Enable-TakeOver StandIns }
        }
    }
}
