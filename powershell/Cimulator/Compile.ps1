# Compiles the module's sources where nobody built it: once for each state of them and each version of PowerShell.

function Get-CompiledAssembly([string] $ModuleFolder) {
    $sources = Get-SourceFolder $ModuleFolder
    $files = @(Get-ChildItem -LiteralPath $sources -Filter *.cs -Recurse -File | Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]' | Sort-Object FullName)
    $assembly = Join-Path (Get-PrivateFolder (Get-SourceHash $files)) 'Cimulator.PowerShell.dll'
    if (-not [System.IO.File]::Exists($assembly)) { Invoke-Compiler $files $assembly }
    $assembly
}

# Beside the module in a checkout; where it was installed from, else.
function Get-SourceFolder([string] $ModuleFolder) {
    $note = Join-Path $ModuleFolder 'package-path.txt'
    $package = if ([System.IO.File]::Exists($note)) { [System.IO.File]::ReadAllText($note).Trim() } else { Join-Path $ModuleFolder '../..' }
    $sources = Join-Path $package 'powershell/src'
    if (-not [System.IO.Directory]::Exists($sources)) {
        throw "The module Cimulator is not whole: $ModuleFolder/bin is missing, and $sources too. Install the package again."
    }
    $sources
}

function Get-SourceHash([System.IO.FileInfo[]] $Files) {
    $hash = [System.Security.Cryptography.IncrementalHash]::CreateHash([System.Security.Cryptography.HashAlgorithmName]::SHA256)
    $hash.AppendData([System.Text.Encoding]::UTF8.GetBytes("$($PSVersionTable.PSVersion) $PSHOME"))
    foreach ($file in $Files) { $hash.AppendData([System.IO.File]::ReadAllBytes($file.FullName)) }
    [System.Convert]::ToHexString($hash.GetHashAndReset()).Substring(0, 32)
}

# What others could write to, they could have us run.
function Get-PrivateFolder([string] $Name) {
    $cache = if ($env:XDG_CACHE_HOME) { $env:XDG_CACHE_HOME } elseif ($IsWindows) { $env:LOCALAPPDATA } else { Join-Path $HOME '.cache' }
    $root = Join-Path $cache 'cimulator-powershell'
    if ($IsWindows) { return [System.IO.Directory]::CreateDirectory((Join-Path $root $Name)).FullName }
    $mode = [System.IO.UnixFileMode] 'UserRead, UserWrite, UserExecute'
    foreach ($folder in $root, (Join-Path $root $Name)) {
        $made = [System.IO.Directory]::CreateDirectory($folder, $mode)
        if ($made.LinkTarget) { throw "$folder is a link: remove it, so that the module can keep what it compiles there." }
        # Only the owner may: a folder of somebody else's ends here.
        [System.IO.File]::SetUnixFileMode($folder, $mode)
    }
    Join-Path $root $Name
}

function Invoke-Compiler([System.IO.FileInfo[]] $Files, [string] $Assembly) {
    $references = @(Get-ChildItem -LiteralPath (Join-Path $PSHOME 'ref') -Filter *.dll).FullName
    $references += [psobject].Assembly.Location, [ciminstance].Assembly.Location
    $draft = "$Assembly.$PID.$([guid]::NewGuid().ToString('N')).dll"
    try {
        Add-Type -Path $Files.FullName -ReferencedAssemblies $references -OutputAssembly $draft -CompilerOptions '/unsafe', '/nullable:enable', '/langversion:12'
        [System.IO.File]::Move($draft, $Assembly, $true)
    }
    finally {
        [System.IO.File]::Delete($draft)
    }
}
