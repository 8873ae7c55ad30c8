# Tab completion: the cases that PowerShell tests its own completion of the CIM cmdlets with, over our classes.
BeforeDiscovery {
    $ns = '-Namespace root/cimv2/storage/iScsiTarget'
    $system = 'MSFTSM_ComputerSystem'
    $service = 'MSISCSITARGET_StorageConfigurationService'
    $method = 'CreateOrModifyReplicationPipe'
    $cases = @(
        @{ Line = "Get-CimInstance $ns -ClassName MSFTSM_Compu"; Wants = $system }
        @{ Line = "Get-CimInstance $ns MSFTSM_Compu"; Wants = $system }
        @{ Line = "Get-CimInstance $ns -ClassName MSFTSM_*puterSys"; Wants = $system }
        @{ Line = "gcim $ns -ClassName MSFTSM_Compu"; Wants = $system }
        @{ Line = "New-CimInstance $ns -ClassName MSFTSM_Compu"; Wants = $system }
        @{ Line = "Invoke-CimMethod $ns -ClassName MSFTSM_Compu"; Wants = $system }
        @{ Line = "Get-CimClass $ns -ClassName MSFTSM_Compu"; Wants = $system }
        @{ Line = "Register-CimIndicationEvent $ns -ClassName MSFTSM_Compu"; Wants = $system }
        @{ Line = "Get-CimInstance $ns $service | Invoke-CimMethod -MethodName CreateOrModifyRepl"; Wants = $method }
        @{ Line = "Get-CimInstance $ns $service | icim -Name CreateOrModifyRepl"; Wants = $method }
        @{ Line = "`$made = Get-CimInstance $ns $service; `$made | Invoke-CimMethod -MethodName CreateOrModifyRepl"; Wants = $method }
        @{ Line = "`$made = Get-CimInstance $ns $service; Invoke-CimMethod -InputObject `$made -MethodName CreateOrModifyRepl"; Wants = $method }
        @{ Line = "Invoke-CimMethod -InputObject (Get-CimInstance $ns $service) -MethodName CreateOrModifyRepl"; Wants = $method }
        @{ Line = "Get-CimInstance $ns $service | Where-Object Name -EQ x | Select-Object -First 1 | Invoke-CimMethod -MethodName CreateOrModifyRepl"; Wants = $method }
        @{ Line = "Invoke-CimMethod $ns -Query 'SELECT * FROM $service' -MethodName CreateOrModifyRepl"; Wants = $method }
        @{ Line = '$live | Invoke-CimMethod -MethodName RequestSt'; Wants = 'RequestStateChange' }
        @{ Line = "Get-CimInstance $ns $service | Invoke-CimMethod -MethodName $method -Arguments @{ PipeEl"; Wants = 'PipeElementName' }
        @{ Line = "Get-CimInstance $ns $service | Invoke-CimMethod -MethodName $method -Arguments @{ PipeElementName = 'x'; SourceSys"; Wants = 'SourceSystem' }
        @{ Line = "Get-CimInstance $ns $service | Invoke-CimMethod -MethodName $method -Arguments @{ SourceSystem = `$a; Sour"; Wants = 'SourceEndpoint' }
        @{ Line = "New-CimInstance $ns $system -Property @{ Elem"; Wants = 'ElementName' }
        @{ Line = "New-CimInstance $ns $system -Arguments @{ Elem"; Wants = 'ElementName' }
        @{ Line = "Get-CimInstance $ns $system | Set-CimInstance -Property @{ Elem"; Wants = 'ElementName' }
        @{ Line = "Set-CimInstance $ns -Query 'SELECT * FROM $system' -Property @{ Elem"; Wants = 'ElementName' }
        @{ Line = "Get-CimInstance $ns $system -Property Elem"; Wants = 'ElementName' }
        @{ Line = "Get-CimInstance $ns $system -Property Name,Elem"; Wants = 'ElementName' }
        @{ Line = "Get-CimInstance $ns $system | Get-CimAssociatedInstance -ResultClassName MSISCSITARGET_*ationSer"; Wants = 'MSISCSITARGET_ControllerConfigurationService' }
        @{ Line = "Get-CimInstance $ns $system | Get-CimAssociatedInstance -Association MSISCSITARGET_Hosted"; Wants = 'MSISCSITARGET_HostedAccessPoint' }
        @{ Line = "Get-CimInstance $ns $system | ForEach-Object { `$_.Elem"; Wants = 'ElementName' }
        @{ Line = "Get-CimInstance $ns $system | % { `$_.Elem"; Wants = 'ElementName' }
        @{ Line = "New-CimInstance $ns $system | % { `$_.Elem"; Wants = 'ElementName' }
        @{ Line = "`$class = Get-CimClass $ns $system; `$class.CimClassNa"; Wants = 'CimClassName' }
        @{ Line = 'Get-CimInstance X -ComputerName sr'; Wants = 'srv01' }
        @{ Line = 'Get-CimSession -Name tab'; Wants = 'tabbed' }
        @{ Line = "Get-CimInstance -Namespace root/cim"; Wants = 'root/cimv2' }
        @{ Line = "Get-CimInstance -Namespace root/c*v"; Wants = 'root/cimv2' }
        @{ Line = "New-CimInstance -Namespace root/cimv2/stor"; Wants = 'root/cimv2/storage' }
        @{ Line = "Invoke-CimMethod -Namespace root/cimv2/stor"; Wants = 'root/cimv2/storage' }
        @{ Line = "Get-CimClass -Namespace root/cimv2/stor"; Wants = 'root/cimv2/storage' }
        @{ Line = "Register-CimIndicationEvent -Namespace root\cim"; Wants = 'root\cimv2' }
        @{ Line = "Remove-CimInstance -Query x -Namespace root/cimv2/storage/"; Wants = 'root/cimv2/storage/iScsiTarget' }
        @{ Line = "Get-CimInstance X | Get-CimAssociatedInstance -Namespace root/cimv2/storage/iS"; Wants = 'root/cimv2/storage/iScsiTarget' }
    )
    $nothing = @(
        @{ Line = "Get-CimInstance $ns $service | Invoke-CimMethod -MethodName $method -Arguments " }
        @{ Line = "Get-CimInstance $ns $system | Set-CimInstance -Property " }
        @{ Line = "New-CimInstance $ns $system -Property " }
        @{ Line = "Invoke-CimMethod $ns -ClassName $system -MethodName RequestSt" }
        @{ Line = 'Get-CimInstance -ComputerName elsewhere -ClassName MSFTSM_' }
    )
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $endpoint = Start-Cimulator -ComputerName srv01, srv02
    $namespace = 'root/cimv2/storage/iScsiTarget'
    $session = New-CimSession srv01 -Name tabbed
    $global:live = Get-CimInstance -Namespace $namespace MSFTSM_ComputerSystem | Select-Object -First 1

    function Complete([string] $Line) { (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches }

    # The first answer may take longer than somebody who types waits; it is kept for the next.
    $until = [datetime]::UtcNow.AddSeconds(20)
    while (-not (Complete "Get-CimClass -Namespace $namespace MSFTSM_Compu") -and [datetime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 100 }
}

AfterAll {
    Remove-Variable live -Scope Global
    $session | Remove-CimSession
    $endpoint | Stop-Cimulator
}

Describe 'Tab completion' {
    It 'completes <Line>' -ForEach $cases {
        (Complete $Line).CompletionText | Select-Object -First 1 | Should -Be $Wants
    }

    It 'has nothing for <Line>' -ForEach $nothing {
        Complete $Line | Should -BeNullOrEmpty
    }

    It 'leaves out the keys that are used, and properties that are listed' {
        (Complete "Get-CimInstance -Namespace $namespace MSFTSM_ComputerSystem | icim -Name RequestStateChange -Arguments @{ RequestedState = 2; ").CompletionText |
            Should -Be 'TimeoutPeriod'
        (Complete "Get-CimInstance -Namespace $namespace MSFTSM_ComputerSystem -Property Name,Nam").CompletionText | Should -Be 'NameFormat'
    }

    It 'leaves other commands to PowerShell' {
        (Complete 'Get-Proces').CompletionText | Should -Contain 'Get-Process'
        (Complete '@{ a = 1 }.Coun').CompletionText | Should -Contain 'Count'
        (Complete 'Select-Object -Propert').CompletionText | Should -Contain '-Property'
    }

    It 'is gone with the module' {
        $text = Invoke-PowerShell '-NoProfile', '-NonInteractive', '-Command', "
            `$before = `$function:TabExpansion2
            Import-Module '$Manifest'
            `$during = `$function:TabExpansion2
            Remove-Module Cimulator
            `$before -eq `$during
            `$before -eq `$function:TabExpansion2"
        $text | Should -Be 'False', 'True'
    }
}
