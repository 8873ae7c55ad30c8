# Runs Pester files one after another, and ends with a line for run-pester.ts.
param([string] $Pester, [Parameter(ValueFromRemainingArguments)] [string[]] $File)

$env:PATH = "$([System.IO.Path]::GetDirectoryName([System.Environment]::ProcessPath))$([System.IO.Path]::PathSeparator)$env:PATH"
$PSStyle.OutputRendering = 'PlainText'
Import-Module $Pester
$result = Invoke-Pester -Configuration @{ Run = @{ Path = $File; PassThru = $true }; Output = @{ Verbosity = 'None' } }
$problems = @(
    foreach ($test in $result.Tests | Where-Object Result -NotIn Passed, Skipped) { "$($test.ExpandedPath): $($test.Result) $($test.ErrorRecord.DisplayErrorMessage)" }
    foreach ($part in @($result.Containers) + @($result.FailedBlocks)) { foreach ($record in $part.ErrorRecord) { "$part`: $record" } }
)
$skipped = @(foreach ($test in $result.Tests | Where-Object Result -EQ Skipped) { "$($test.ExpandedPath): $($test.ErrorRecord.DisplayErrorMessage)" })
"RESULT $([ordered]@{ passed = $result.PassedCount; problems = $problems; skipped = $skipped } | ConvertTo-Json -Compress)"
