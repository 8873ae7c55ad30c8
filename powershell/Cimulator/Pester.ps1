# What joins the kit with Pester 5 and 6, where that is loaded. Of the run that is under way it needs what Pester's own TestDrive and mocks
# need, its plugin steps, which are no public interface: `$state.PluginSteps` (6.2 and later) or `$state.Plugin` (5, 6.0, 6.1).

$operator = {
    param(
        $ActualValue, [string] $Method, [string] $On, [System.Collections.IDictionary] $Key, [System.Collections.IDictionary] $Argument, [string] $User, [string] $ComputerName,
        [string[]] $Operation, [string] $Namespace, [string] $Outcome, $ReturnValue, [string] $Fault, [int] $Times, [switch] $Exactly, [string] $Because, $Endpoint,
        [switch] $Negate
    )
    $given = @{} + $PSBoundParameters
    foreach ($own in 'ActualValue', 'Negate') { $given.Remove($own) }
    $text = Assert-CimulatorCall @given -Not:$Negate -AsText
    [pscustomobject]@{ Succeeded = -not $text; FailureMessage = $text }
}

$begin = { [Cimulator.PowerShell.Kit.Control.PesterSteps]::Begin() }
$endTest = {
    param($Context)
    foreach ($record in [Cimulator.PowerShell.Kit.Control.PesterSteps]::End()) {
        $Context.Test.Passed = $false
        $Context.Test.ErrorRecord.Add($record)
    }
}
$endBlock = {
    param($Context)
    foreach ($record in [Cimulator.PowerShell.Kit.Control.PesterSteps]::End()) {
        $Context.Block.OwnPassed = $false
        $Context.Block.ErrorRecord.Add($record)
    }
}

# Should -HaveReceivedCim. A Pester that has it keeps the one it has.
function Add-PesterOperator {
    foreach ($pester in Get-Module -Name Pester) {
        if ($pester.Version.Major -ge 5 -and -not (& $pester { $script:AssertionOperators.ContainsKey('HaveReceivedCim') })) {
            & $pester { Add-ShouldOperator -Name HaveReceivedCim -InternalName 'Should-HaveReceivedCim' -Test $args[0] } $operator
        }
    }
}

# Whether a run of Pester is under way whose tests and blocks are heard of from now on.
function Add-PesterStep {
    foreach ($pester in Get-Module -Name Pester) {
        $isHeard = & $pester {
            param($begin, $endTest, $endBlock)
            if (-not $state.CurrentBlock) { return $false }
            $steps = $state.PluginSteps
            if ($steps -is [System.Collections.IDictionary] -and $steps.Contains('EachTestTeardownEndReversed') -and $steps.Contains('EachBlockTeardownEndReversed')) {
                if ($steps.EachTestSetupStart -notcontains $begin) {
                    $steps.EachBlockSetupStart = @($steps.EachBlockSetupStart) + $begin
                    $steps.EachTestSetupStart = @($steps.EachTestSetupStart) + $begin
                    $steps.EachTestTeardownEndReversed = @($endTest) + $steps.EachTestTeardownEndReversed
                    $steps.EachBlockTeardownEndReversed = @($endBlock) + $steps.EachBlockTeardownEndReversed
                }
                return $true
            }
            if ($state.Plugin -and (Get-Command New-PluginObject -CommandType Function -ErrorAction Ignore)) {
                if ($state.Plugin.EachTestSetupStart -notcontains $begin) {
                    $state.Plugin = @($state.Plugin) + (New-PluginObject -Name Cimulator -EachBlockSetupStart $begin -EachTestSetupStart $begin -EachTestTeardownEnd $endTest -EachBlockTeardownEnd $endBlock)
                }
                return $true
            }
            $false
        } $begin $endTest $endBlock
        if ($isHeard) { return $true }
    }
    $false
}
