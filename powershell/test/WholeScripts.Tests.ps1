# Whole scripts of other kinds over the default lab: fixtures/powershell/scripts from 07 on. Each says in its head what must come out, line by
# line; blank lines and what is at the end of a line are layout.
BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    $scripts = Get-ChildItem "$Fixtures/scripts" -Filter *.ps1 | Where-Object Name -GE '07' | ForEach-Object {
        $head = [regex]::Match((Get-Content -LiteralPath $_.FullName -Raw), '(?s)Must come out:\r?\n(.*?)#>').Groups[1].Value
        @{ Name = $_.BaseName; Path = $_.FullName; Wanted = @($head -split '\r?\n' | ForEach-Object Trim | Where-Object { $_ }) }
    }
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $lab = Start-Cimulator
}

AfterAll { $lab | Stop-Cimulator }

Describe 'A whole script' {
    AfterEach { Get-CimSession | Remove-CimSession; Reset-Cimulator -Endpoint $lab }

    It '<Name> prints what its head says' -ForEach $scripts {
        $Wanted.Count | Should -BeGreaterThan 5
        # What -WhatIf says goes to the host.
        $text = & $Path 2>&1 3>&1 | Out-String -Width 200
        @($text -split '\r?\n' | ForEach-Object Trim | Where-Object { $_ }) | Should -Be $Wanted
    }
}
