@{
    RootModule           = 'Cimulator.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '6f2f0f0e-8f0c-4c39-9d0b-3a1b52a6f7c4'
    Author               = 'The Cimulator maintainers'
    CompanyName          = 'Cimulator'
    Copyright            = '(c) The Cimulator maintainers. MIT licence.'
    Description          = 'The CIM cmdlets on Linux and macOS, with genuine CIM objects, and endpoints to test against.'
    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.4'
    FunctionsToExport    = @()
    VariablesToExport    = @()
    # On Windows, where Microsoft's cmdlets stay, Cimulator.psm1 exports those of the kit alone: they have Cimulator in their names.
    CmdletsToExport      = @(
        'Get-CimAssociatedInstance', 'Get-CimClass', 'Get-CimInstance', 'Get-CimSession', 'Invoke-CimMethod', 'New-CimInstance', 'New-CimSession',
        'New-CimSessionOption', 'Register-CimIndicationEvent', 'Remove-CimInstance', 'Remove-CimSession', 'Set-CimInstance',
        'Import-CimulatorCdxml',
        'Add-CimulatorFault', 'Assert-CimulatorCall', 'Checkpoint-Cimulator', 'Clear-CimulatorCall', 'Get-Cimulator', 'Get-CimulatorCall', 'Get-CimulatorFault',
        'Import-CimulatorModel', 'New-CimulatorInstance', 'Register-CimulatorMethod', 'Remove-CimulatorFault', 'Remove-CimulatorInstance',
        'Reset-Cimulator', 'Restore-Cimulator', 'Set-CimulatorInstance', 'Start-Cimulator', 'Stop-Cimulator', 'Unregister-CimulatorMethod',
        'Use-CimulatorSpace', 'Wait-CimulatorCall'
    )
    AliasesToExport      = @(
        'gcai', 'gcim', 'gcls', 'gcms', 'icim', 'ncim', 'ncms', 'ncso', 'rcie', 'rcim', 'rcms', 'scim',
        'Should-HaveReceivedCim'
    )
    PrivateData          = @{
        PSData = @{
            Tags       = @('CIM', 'WMI', 'WinRM', 'WSMan', 'Linux', 'macOS', 'testing')
            LicenseUri = 'https://git.cimulator.example/cimulator/blob/main/LICENSE'
            ProjectUri = 'https://git.cimulator.example/cimulator'
        }
    }
}
