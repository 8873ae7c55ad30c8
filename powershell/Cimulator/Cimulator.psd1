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
    # On Windows, where Microsoft's cmdlets stay, Cimulator.psm1 exports the last line alone.
    CmdletsToExport      = @(
        'Get-CimAssociatedInstance', 'Get-CimClass', 'Get-CimInstance', 'Get-CimSession', 'Invoke-CimMethod', 'New-CimInstance', 'New-CimSession',
        'New-CimSessionOption', 'Register-CimIndicationEvent', 'Remove-CimInstance', 'Remove-CimSession', 'Set-CimInstance',
        'Get-Cimulator', 'Import-CimulatorCdxml', 'Start-Cimulator', 'Stop-Cimulator'
    )
    AliasesToExport      = @(
        'gcai', 'gcim', 'gcls', 'gcms', 'icim', 'ncim', 'ncms', 'ncso', 'rcie', 'rcim', 'rcms', 'scim'
    )
    PrivateData          = @{
        PSData = @{
            Tags       = @('CIM', 'WMI', 'WinRM', 'WSMan', 'Linux', 'macOS', 'testing')
            LicenseUri = 'https://git.cimulator.example/cimulator/blob/main/LICENSE'
            ProjectUri = 'https://git.cimulator.example/cimulator'
        }
    }
}
