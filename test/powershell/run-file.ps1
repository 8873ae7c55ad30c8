# Runs one Pester file, and ends with a line for run-pester.ts.
param([string] $Pester, [string] $File)

$env:PATH = "$([System.IO.Path]::GetDirectoryName([System.Environment]::ProcessPath))$([System.IO.Path]::PathSeparator)$env:PATH"
$PSStyle.OutputRendering = 'PlainText'
Import-Module $Pester
$result = Invoke-Pester -Configuration @{ Run = @{ Path = $File; PassThru = $true }; Output = @{ Verbosity = 'None' } }
$problems = @(
    foreach ($test in $result.Tests | Where-Object Result -NE Passed) { "$($test.ExpandedPath): $($test.Result) $($test.ErrorRecord.DisplayErrorMessage)" }
    foreach ($part in @($result.Containers) + @($result.FailedBlocks)) { foreach ($record in $part.ErrorRecord) { "$part`: $record" } }
)
"RESULT $([ordered]@{ passed = $result.PassedCount; problems = $problems } | ConvertTo-Json -Compress)"
