# The machine srv01.lab.example of test/powershell, as Start-Cimulator serves it.
. "$PSScriptRoot/Common.ps1"
$LabFolder = Join-Path $Root 'test' 'powershell'

function Start-TestLab([string[]] $ComputerName = 'srv01.lab.example') {
    Start-Cimulator -ComputerName $ComputerName -Schema built-in, "$LabFolder/cimv2.mof" -Provider "$LabFolder/providers.mjs"
}
