# What the test files share: where things are, and the module, imported as it is built.
$Root = (Resolve-Path "$PSScriptRoot/../..").Path
$Fixtures = Join-Path $Root 'fixtures' 'powershell'
$Manifest = Join-Path $Root 'powershell' 'Cimulator' 'Cimulator.psd1'
Import-Module $Manifest
