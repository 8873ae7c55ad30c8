# Errors as Microsoft's cmdlets write them: ids, categories, what they are about and where they come from.
BeforeAll {
    . "$PSScriptRoot/Reach.ps1"
    $endpoint = Start-Cimulator -ComputerName srv01, srv02
    $target = @{ Namespace = 'root/cimv2/storage/iScsiTarget' }
    $cmdlets = 'Microsoft.Management.Infrastructure.CimCmdlets'
    function Get-Errors([scriptblock] $Command) { & $Command 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } }
}

AfterAll { $endpoint | Stop-Cimulator }

Describe 'An error of an operation' {
    It '<Id> of <Cmdlet>: <Category>' -ForEach @(
        @{ Id = 'HRESULT 0x80041010'; Cmdlet = 'GetCimInstanceCommand'; Category = 'MetadataError'; Code = 'InvalidClass'; Status = 5; Do = { Get-CimInstance @target None } }
        @{ Id = 'HRESULT 0x8004100e'; Cmdlet = 'GetCimInstanceCommand'; Category = 'MetadataError'; Code = 'InvalidNamespace'; Status = 3; Do = { Get-CimInstance -Namespace root/none None } }
        @{ Id = 'HRESULT 0x80041017'; Cmdlet = 'GetCimInstanceCommand'; Category = 'InvalidArgument'; Code = 'InvalidQuery'; Status = 15; Do = { Get-CimInstance @target -Query 'SELEKT' } }
        @{ Id = 'HRESULT 0x80041002'; Cmdlet = 'GetCimClassCommand'; Category = 'ObjectNotFound'; Code = 'NotFound'; Status = 6; Do = { Get-CimClass @target None } }
        @{ Id = 'HRESULT 0x8004100e'; Cmdlet = 'GetCimClassCommand'; Category = 'MetadataError'; Code = 'InvalidNamespace'; Status = 3; Do = { Get-CimClass None root/none } }
        @{ Id = 'HRESULT 0x8004102e'; Cmdlet = 'InvokeCimMethodCommand'; Category = 'MetadataError'; Code = 'MethodNotFound'; Status = 17; Do = { Get-CimInstance @target MSFTSM_ComputerSystem | Select-Object -First 1 | Invoke-CimMethod -MethodName None } }
    ) {
        $problems = @(Get-Errors $Do)
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be "$Id,$cmdlets.$Cmdlet"
        $problems[0].CategoryInfo.Category | Should -Be $Category
        $problems[0].Exception | Should -BeOfType ([Microsoft.Management.Infrastructure.CimException])
        $problems[0].Exception.NativeErrorCode | Should -Be $Code
        $problems[0].Exception.StatusCode | Should -Be $Status
        $problems[0].Exception.MessageId | Should -Be $Id
    }

    It 'ends the command with Stop, and is kept where it is silent' {
        { Get-CimInstance @target None -ErrorAction Stop } | Should -Throw -ExceptionType ([Microsoft.Management.Infrastructure.CimException])
        Get-CimInstance @target None -ErrorAction SilentlyContinue -ErrorVariable kept | Should -BeNullOrEmpty
        $kept.Count | Should -Be 1
    }

    It 'says what it is about, and which computer it came from' {
        $problem = Get-Errors { Get-CimInstance @target None -ComputerName srv02 }
        $problem.TargetObject | Should -Be "$($target.Namespace):None"
        $problem.OriginInfo.PSComputerName | Should -Be 'srv02'
        (Get-Errors { Get-CimInstance None }).TargetObject | Should -Be 'root\cimv2:None'
        $ghost = New-CimInstance -ClientOnly @target MSFTSM_ComputerSystem -Key Name, CreationClassName -Property @{ Name = 'ghost'; CreationClassName = 'MSFTSM_ComputerSystem' }
        (Get-Errors { $ghost | Get-CimInstance }).TargetObject | Should -Be $ghost
    }

    It 'of one target leaves the others their answers' {
        $found = @(Get-CimInstance @target MSFTSM_ComputerSystem -ComputerName srv01, elsewhere, srv02 -ErrorVariable problems -ErrorAction SilentlyContinue)
        $found.Count | Should -Be 6
        $problems.Count | Should -Be 1
        $problems[0].OriginInfo.PSComputerName | Should -Be 'elsewhere'
    }
}

Describe 'An error of the caller' {
    It '<Name>' -ForEach @(
        @{ Name = 'a class name that is none'; Id = 'System.ArgumentException'; Cmdlet = 'GetCimInstanceCommand'; Text = "Argument 'a b' contains characters*parameter 'ClassName'*"; Do = { Get-CimInstance 'a b' } }
        @{ Name = 'parameters of no common set'; Id = 'ParameterBindingFailed'; Cmdlet = 'InvokeCimMethodCommand'; Text = "*Unable to resolve the parameter set name.*"; Do = { Invoke-CimMethod -ClassName X -MethodName M -Query y } }
        @{ Name = '-ClientOnly with a computer'; Id = 'Argument'; Cmdlet = 'NewCimInstanceCommand'; Text = 'Unable to resolve the parameter set name.'; Do = { New-CimInstance -ClientOnly -ClassName X -ComputerName a } }
        @{ Name = 'Basic without an account'; Id = 'New-CimSession'; Cmdlet = 'NewCimSessionCommand'; Text = "Authentication type 'Basic' is invalid without credential*"; Do = { New-CimSession -Authentication Basic } }
        @{ Name = 'a port with DCOM'; Id = 'New-CimSession'; Cmdlet = 'NewCimSessionCommand'; Text = "Parameter 'Port' cannot be used with the parameter 'DComSessionOptions'."; Do = { New-CimSession -SessionOption (New-CimSessionOption Dcom) -Port 5 } }
        @{ Name = 'a method that the given class lacks'; Id = 'System.ArgumentException'; Cmdlet = 'InvokeCimMethodCommand'; Text = "Can not find method 'None' in class 'MSFTSM_ComputerSystem'."; Do = { Invoke-CimMethod -CimClass (Get-CimClass @target MSFTSM_ComputerSystem) -MethodName None -Arguments @{ a = 1 } } }
        @{ Name = 'events'; Id = 'MiClientApiError_NotSupported'; Cmdlet = 'RegisterCimIndicationCommand'; Text = '*not supported yet*'; Do = { Register-CimIndicationEvent -ClassName X } }
    ) {
        $problem = $null
        try { & $Do } catch { $problem = $_ }
        $problem.FullyQualifiedErrorId | Should -Be "$Id,$cmdlets.$Cmdlet"
        $problem.Exception.Message | Should -BeLike $Text
    }

    It 'is one for each session that is not there' {
        $problems = @(Get-Errors { Get-CimSession -Id 4711, 4712 })
        $problems.Exception.Message | Should -Be 'Could not find CimSession with the given Id = 4711', 'Could not find CimSession with the given Id = 4712'
        $problems[0].CategoryInfo.Category | Should -Be ObjectNotFound
    }
}

Describe 'The sources' {
    It 'hold no id of an error' {
        $sources = Get-ChildItem "$Root/powershell/src/Cmdlets" -Filter *.cs
        $sources | Select-String 'HRESULT 0x|MiClientApiError_[A-Z]|,Microsoft\.Management\.Infrastructure\.CimCmdlets' | Should -BeNullOrEmpty
    }
}
