# The commands that Microsoft's own cmdlets were recorded with, run by ours against the same endpoint: the whole text is the same.
BeforeDiscovery {
    . "$PSScriptRoot/Masks.ps1"
    $folder = (Resolve-Path "$PSScriptRoot/../../fixtures/powershell/genuine").Path
    $cases = foreach ($file in 'get', 'invoke') {
        foreach ($part in (Get-Content -Raw "$folder/$file.txt") -split '(?m)^##### ' | Select-Object -Skip 1) {
            $name, $text = $part -split '\r?\n', 2
            @{ File = $file; Name = $name.Trim(); Recorded = $text }
        }
    }
    $compared = $cases | Where-Object Name -NotIn $Exempt
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    . "$PSScriptRoot/Masks.ps1"
    $endpoint = Start-TestEndpoint
    $said = @{}
    try {
        $env:MODULE = $Manifest
        $env:PORT = $endpoint.HttpsPort
        foreach ($file in 'get', 'invoke') {
            $text = (Invoke-PowerShell '-NoProfile', '-NonInteractive', '-File', "$Fixtures/genuine/$file.ps1") -join "`n"
            foreach ($part in $text -split '(?m)^##### ' | Select-Object -Skip 1) {
                $name, $rest = $part -split '\r?\n', 2
                $said[$name.Trim()] = $rest
            }
        }
    }
    finally {
        Remove-Item Env:MODULE, Env:PORT
        Stop-TestEndpoint $endpoint
    }
}

Describe 'What Microsoft''s cmdlets print' {
    It 'has all of its commands here' {
        $said.Count | Should -Be 87
    }

    It '<Name>' -ForEach $compared {
        Format-Masked $said[$Name] | Should -BeExactly (Format-Masked $Recorded)
    }
}
