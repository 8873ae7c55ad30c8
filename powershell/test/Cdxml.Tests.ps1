#requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.7.0' }
# Modules of cdxml over the adapter of Import-CimulatorCdxml: rows 14 to 21 of the checklist, and what scripts do with such cmdlets beside.

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $lab = Start-Cimulator -Schema built-in, "$PSScriptRoot/cdxml/shelf.mof"
    Import-CimulatorCdxml "$PSScriptRoot/cdxml/Shelf.cdxml", "$PSScriptRoot/cdxml/Replication.cdxml" -Force
    function Sorted($shelves) { ($shelves.Id | Sort-Object) -join ',' }
}

AfterAll {
    Get-Module Shelf, Replication | Remove-Module -Force
    $lab | Stop-Cimulator
}

Describe 'Import-CimulatorCdxml' {
    It 'gives exactly the four cmdlets of the noun' {
        ((Get-Command -Module Shelf).Name | Sort-Object) -join ',' | Should -Be 'Get-Shelf,New-Shelf,Remove-Shelf,Set-Shelf'
    }
    It 'gives them the parameters of the adapter' {
        (Get-Command Get-Shelf).Parameters.Keys | Should -Contain 'CimSession'
        (Get-Command Get-Shelf).Parameters.Keys | Should -Contain 'AsJob'
        (Get-Command Get-Shelf).Parameters.Keys | Should -Contain 'ThrottleLimit'
        (Get-Command Get-Shelf).Parameters.Keys | Should -Not -Contain 'WhatIf'
        (Get-Command New-Shelf).Parameters.Keys | Should -Contain 'WhatIf'
    }
    It 'refuses a verb that is none' {
        { Import-CimulatorCdxml "$PSScriptRoot/cdxml/InvalidVerb.cdxml" -ErrorAction Stop } | Should -Throw -ExceptionType ([System.Xml.XmlException])
    }
    It 'refuses what is no cmdlet definition, and names the file' {
        Set-Content "$TestDrive/other.cdxml" '<a/>'
        { Import-CimulatorCdxml "$TestDrive/other.cdxml" -ErrorAction Stop } | Should -Throw -ExpectedMessage '*other.cdxml*PowerShellMetadata*'
        Set-Content "$TestDrive/broken.cdxml" '<a'
        { Import-CimulatorCdxml "$TestDrive/broken.cdxml" -ErrorAction Stop } | Should -Throw -ExpectedMessage '*not well-formed*'
    }
    It 'leaves the file as it is' {
        Get-Content "$PSScriptRoot/cdxml/Shelf.cdxml" -Raw | Should -Not -Match 'CmdletAdapter'
    }
    It 'takes a manifest with the files beside it' {
        $folder = New-Item -ItemType Directory "$TestDrive/Shelves"
        Copy-Item "$PSScriptRoot/cdxml/Shelf.cdxml" $folder
        New-ModuleManifest "$folder/Shelves.psd1" -NestedModules Shelf.cdxml -FunctionsToExport '*-Shelf'
        (Import-CimulatorCdxml "$folder/Shelves.psd1" -Prefix My -PassThru).ExportedFunctions.Count | Should -Be 4
        (Get-MyShelf -Id 1).Label | Should -Be 'books'
        Remove-Module Shelves
    }
}

Describe 'Get' {
    It 'returns all' { Sorted (Get-Shelf) | Should -Be '1,2,3,4' }
    It 'returns one by key' {
        $shelf = Get-Shelf -Id 1
        $shelf | Should -BeOfType ([CimInstance])
        $shelf.Label | Should -Be 'books'
    }
    It 'takes keys from the properties of piped objects' {
        Sorted (1, 2, 4 | ForEach-Object { [pscustomobject]@{ Id = $_ } } | Get-Shelf) | Should -Be '1,2,4'
    }
    It 'finds by datetime' {
        (Get-Shelf -Since ([datetime]::new(2008, 1, 1, 0, 0, 0, [System.DateTimeKind]::Utc))).Id | Should -Be 1
    }
    It 'finds by wildcards, those of WQL among them taken as they stand: <Pattern>' -ForEach @(
        @{ Pattern = 'b*'; Ids = '1' }
        @{ Pattern = '*o*'; Ids = '1,2,3,4' }
        @{ Pattern = '[br]*'; Ids = '1,2' }
        @{ Pattern = '100%*'; Ids = '3' }
        @{ Pattern = "it's*"; Ids = '4' }
        @{ Pattern = '*`[old`]'; Ids = '4' }
        @{ Pattern = '?ooks'; Ids = '1' }
    ) {
        Sorted (Get-Shelf -Label $Pattern) | Should -Be $Ids
    }
    It 'excludes' { Sorted (Get-Shelf -ExcludeLabel 'b*', 'records') | Should -Be '3,4' }
    It 'finds between bounds, and by enumeration' {
        Sorted (Get-Shelf -MinimumSlots 20 -MaximumSlots 30) | Should -Be '2,3'
        Sorted (Get-Shelf -MinimumSlots 20 -State Full) | Should -Be '3,4'
    }
    It 'finds what is associated' {
        Sorted (Get-CimInstance -Namespace root/default LAB_Room | Get-Shelf) | Should -Be '1,3'
    }
    It 'says which key found nothing' {
        { Get-Shelf -Id 'nowhere' -ErrorAction Stop } | Should -Throw -ErrorId 'CmdletizationQuery_NotFound_Id,Get-Shelf'
        Get-Shelf -Id 1, nowhere -ErrorVariable missing -ErrorAction SilentlyContinue | ForEach-Object Label | Should -Be books
        $missing.Count | Should -Be 1
        $missing[0].CategoryInfo.Category | Should -Be ObjectNotFound
    }
    It 'says nothing where a pattern finds nothing' { Get-Shelf -Id 'x*' -ErrorAction Stop | Should -BeNullOrEmpty }
    It 'works as a job' {
        $job = Get-Shelf -AsJob
        try {
            Wait-Job $job -Timeout 30 | Should -Be $job
            Sorted (Receive-Job $job) | Should -Be '1,2,3,4'
            $job.State | Should -Be Completed
        }
        finally { Remove-Job $job -Force }
    }
    It 'tells errors through the job' {
        $job = Get-Shelf -Id nowhere -AsJob | Wait-Job -Timeout 30
        { Receive-Job $job -ErrorAction Stop } | Should -Throw -ErrorId 'CmdletizationQuery_NotFound_Id*'
        Remove-Job $job
    }
    It 'returns instances that remember their session' { (Get-Shelf | Select-Object -First 1).GetCimSessionInstanceId() | Should -BeOfType ([guid]) }
    It 'goes to the sessions that are given' {
        $session = New-CimSession
        Sorted (Get-Shelf -CimSession $session, $session -ThrottleLimit 1) | Should -Be '1,1,2,2,3,3,4,4'
        Remove-CimSession $session
    }
}

Describe 'New, Set, Remove' {
    AfterEach { Get-CimInstance -Namespace root/default LAB_Shelf -Filter "Id LIKE 'n%'" | Remove-CimInstance }

    It 'creates' {
        (New-Shelf -Id n1 -Label new -Slots 5 -State Full).State | Should -Be 2
        (Get-Shelf -Id n1).Slots | Should -Be 5
    }
    It 'refuses a value of another type, and creates nothing' {
        { New-Shelf -Id n2 -Slots 'many' } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,New-Shelf'
        Get-Shelf -Id n2 -ErrorAction Ignore | Should -BeNullOrEmpty
    }
    It 'creates nothing with -WhatIf' {
        New-Shelf -Id n3 -WhatIf
        Get-Shelf -Id n3 -ErrorAction Ignore | Should -BeNullOrEmpty
    }
    It 'tells what the endpoint refused' {
        $null = New-Shelf -Id n4
        { New-Shelf -Id n4 -ErrorAction Stop } | Should -Throw -ErrorId 'HRESULT 0x80041019,New-Shelf' -ExceptionType ([Microsoft.Management.Infrastructure.CimException])
    }
    It 'changes by key' {
        $null = New-Shelf -Id n5 -Label before -Slots 1
        Set-Shelf -Id n5 -Label after -Slots 22
        (Get-Shelf -Id n5).Label | Should -Be after
        (Get-Shelf -Id n5).Slots | Should -Be 22
    }
    It 'changes what a script changed on a piped object' {
        $shelf = New-Shelf -Id n6 -Label before -Slots 1
        $shelf.Label = 'yet another'
        $shelf.Slots = 33
        $shelf | Set-Shelf
        (Get-Shelf -Id n6).Label | Should -Be 'yet another'
        (Get-Shelf -Id n6).Slots | Should -Be 33
    }
    It 'removes by key, by pipe and as a job' {
        'n7', 'n8', 'n9' | ForEach-Object { $null = New-Shelf -Id $_ }
        Remove-Shelf -Id n7
        Get-Shelf -Id n8 | Remove-Shelf
        $job = Get-Shelf -Id n9 | Remove-Shelf -AsJob
        $null = Wait-Job $job -Timeout 30
        Remove-Job $job
        Get-Shelf -Id 'n*' | Should -BeNullOrEmpty
    }
    It 'refuses -WhatIf together with -AsJob' {
        { Get-Shelf -Id 1 | Remove-Shelf -AsJob -WhatIf } | Should -Throw -ExpectedMessage '*-WhatIf*-AsJob*'
        (Get-Shelf -Id 1).Label | Should -Be books
    }
}

Describe 'Methods' {
    BeforeAll {
        $space = @{ Namespace = 'root/cimv2/storage/iScsiTarget' }
        $a, $b, $old = Get-CimInstance @space MSFTSM_ComputerSystem | Sort-Object Name
    }
    It 'returns the output' {
        $pipe = New-ReplicationPipe iscsi-a.lab.example -PipeElementName cdxml -SourceSystem $a -TargetSystem $b
        $pipe.CimSystemProperties.ClassName | Should -Be 'CIMULATOR_ReplicationPipe'
        ($pipe | Get-CimInstance).ElementName | Should -Be cdxml
        $pipe | Remove-CimInstance
    }
    It 'makes an error of a ReturnValue that is one' {
        { New-ReplicationPipe iscsi-a.lab.example -PipeElementName x -SourceSystem $a -TargetSystem $old -ErrorAction Stop } |
            Should -Throw -ErrorId 'CimJob_CreateOrModifyReplicationPipe_*,New-ReplicationPipe'
    }
    It 'stops with the pipeline' {
        (Get-ReplicationService | Select-Object -First 1).SystemName | Should -BeOfType ([string])
    }
}
