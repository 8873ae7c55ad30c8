# What may differ between the recording of Microsoft's cmdlets (fixtures/powershell/genuine) and a run of ours, and nothing else may.

# Identifiers, whole and cut off by a table.
$Masks = @(
    @{ Pattern = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'; With = '<id>' }
    @{ Pattern = '(?<=cimulator:pipe:)[0-9a-f-]+(?=\.\.\.)'; With = '<id' }
    # The scaffolding of the recording refuses a value that is no instance; so do we, in better words.
    @{ Pattern = "scaffold: the value is no CimInstance"; With = '<no instance>' }
    @{ Pattern = "A CimInstance is wanted for '\w+', not a value of type \S+?(?=\.?( \(Parameter|\r?$))\.?"; With = '<no instance>' }
)

# Instances that the lab has got since the recording.
$Masks += @{ Pattern = '^ +1 MSFTSM_ObjectManager\r?\n'; With = '' }

# The order of a hashtable's keys differs from run to run, and with it the order of an instance's that was made of one.
function Format-KeyOrder([string] $Text) {
    $pair = '\w+ ?= ?"(?:[^".]|\.(?!\.\.))*(?:"|\.\.\.)'
    [regex]::Replace($Text, "$pair(?:,\s?$pair)+", { param($match) ([regex]::Matches($match.Value, $pair).Value | Sort-Object) -join ', ' })
}

# Commands whose answer the issue names as another one: the default namespace, no endpoint at all, a quote that WQL wants escaped otherwise.
$Exempt = 'get-default-namespace', 'get-computername-none', 'get-filter-escaped'

function Format-Masked([string] $Text) {
    foreach ($mask in $Masks) { $Text = [regex]::Replace($Text, $mask.Pattern, $mask.With, 'Multiline') }
    (Format-KeyOrder $Text).Replace("`r", '').Trim()
}
