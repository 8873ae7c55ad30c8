# What the test files of the objects share: the module, and makers of data.
Import-Module (Resolve-Path "$PSScriptRoot/../../Cimulator/Cimulator.psd1").Path
$Assembly = [Cimulator.PowerShell.Objects.CimObjects].Assembly.Location
$Objects = [Cimulator.PowerShell.Objects.CimObjects]::Current

# Another PowerShell of the same version, without profile; as a tool of .NET it has no program of its own.
function Pwsh {
    if (Test-Path "$PSHOME/pwsh") { & "$PSHOME/pwsh" -NoProfile @args } else { & dotnet "$PSHOME/pwsh.dll" -NoProfile @args }
}

# `Property Name String value Key`: a property as a server sends it.
function Property([string] $Name, [string] $Type, $Value, [string] $Flags = 'NotModified', [string] $Class) {
    $data = [Cimulator.PowerShell.Model.PropertyData]@{ Name = $Name; Type = $Type; Flags = $Flags; Value = $Value }
    if ($null -eq $Value) { $data.Flags = $data.Flags -bor [Microsoft.Management.Infrastructure.CimFlags]::NullValue }
    if ($Class) { $data.DeclaredClass = $Class }
    $data
}

function InstanceData([string] $ClassName, [string] $Namespace, [object[]] $Properties, $Source) {
    $data = [Cimulator.PowerShell.Model.InstanceData]@{ ClassName = $ClassName; ServerName = 'srv1' }
    if ($Namespace) { $data.Namespace = $Namespace }
    if ($Source) { $data.Class = $Source }
    foreach ($property in $Properties) { $data.Properties.Add($property) }
    $data
}

# An instance as a cmdlet writes it.
function Instance([string] $ClassName, [string] $Namespace, [object[]] $Properties, $Source) {
    Write-Output $Objects.Instance((InstanceData $ClassName $Namespace $Properties $Source))
}

function Qualifier([string] $Name, [string] $Type, $Value) {
    [Cimulator.PowerShell.Model.QualifierData]::new($Name, $Type, $Value, 'EnableOverride, ToSubclass')
}

# A class source that counts how often it was asked, and an object of any interface that a script block answers for.
if (-not ('CimulatorTest.CountingSource' -as [type])) {
    $references = $Assembly, 'System.Runtime', 'System.Threading', 'System.Reflection.DispatchProxy'
    Add-Type -ReferencedAssemblies $references -CompilerOptions '-nowarn:CS1701' -TypeDefinition @'
using Cimulator.PowerShell.Model;
namespace CimulatorTest
{
    public class StandIn : System.Reflection.DispatchProxy
    {
        public System.Func<string, object[], object> Answer { get; set; }
        protected override object Invoke(System.Reflection.MethodInfo method, object[] arguments) { return Answer(method.Name, arguments); }
    }

    public sealed class CountingSource : IClassSource
    {
        private readonly ClassData _data;
        private int _fetches;
        public CountingSource(ClassData data) { _data = data; }
        public int Fetches { get { return _fetches; } }
        public ClassData Known { get { return _fetches == 0 ? null : _data; } }
        public ClassData Fetch() { System.Threading.Interlocked.Increment(ref _fetches); return _data; }
    }
}
'@
}

# `StandIn ([ITargets]) { param($name, $arguments) … }`
function StandIn([type] $Interface, [scriptblock] $Answer) {
    $proxy = [System.Reflection.DispatchProxy]::Create($Interface, [CimulatorTest.StandIn])
    $proxy.Answer = $Answer
    $proxy
}

# CIM_Thing <- Win32_Thing with a key, a default, a reference and a method; through sources that count.
function ThingClass {
    $model = 'Cimulator.PowerShell.Model'
    $id = New-Object "$model.PropertyDeclaration" -Property @{
        Name = 'Id'; Type = 'UInt32'; Flags = 'Property, Key, ReadOnly'; Qualifiers = [Cimulator.PowerShell.Model.QualifierData[]](Qualifier Key Boolean $true)
    }
    $size = New-Object "$model.PropertyDeclaration" -Property @{
        Name = 'Size'; Type = 'UInt16'; Flags = 'Property'; Value = [uint16]7
        Qualifiers = [Cimulator.PowerShell.Model.QualifierData[]]((Qualifier Values StringArray ([string[]]('a', 'b', 'ä'))), (Qualifier MinValue SInt64 ([long]1)))
    }
    $part = New-Object "$model.PropertyDeclaration" -Property @{ Name = 'Part'; Type = 'Reference'; Flags = 'Property'; ReferenceClassName = 'CIM_Part' }
    $in = New-Object "$model.ParameterDeclaration" -Property @{ Name = 'Force'; Type = 'Boolean'; Qualifiers = [Cimulator.PowerShell.Model.QualifierData[]](Qualifier In Boolean $true) }
    $out = New-Object "$model.ParameterDeclaration" -Property @{
        Name = 'Parts'; Type = 'ReferenceArray'; ReferenceClassName = 'CIM_Part'; Qualifiers = [Cimulator.PowerShell.Model.QualifierData[]](Qualifier Out Boolean $true)
    }
    $reset = New-Object "$model.MethodDeclaration" -Property @{
        Name = 'Reset'; ReturnType = 'UInt32'; Parameters = [Cimulator.PowerShell.Model.ParameterDeclaration[]]($in, $out); Qualifiers = [Cimulator.PowerShell.Model.QualifierData[]]((Qualifier Static Boolean $true), (Qualifier Description String 'resets'))
    }
    $parent = New-Object "$model.ClassData" -Property @{ Name = 'CIM_Thing'; Namespace = 'root/test'; ServerName = 'srv1'; Properties = [Cimulator.PowerShell.Model.PropertyDeclaration[]]@($id) }
    New-Object "$model.ClassData" -Property @{
        Name = 'Win32_Thing'; Namespace = 'root/test'; ServerName = 'srv1'; SuperClassName = 'CIM_Thing'; Derivation = [string[]]('CIM_Thing')
        Properties = [Cimulator.PowerShell.Model.PropertyDeclaration[]]($id, $size, $part)
        Methods = [Cimulator.PowerShell.Model.MethodDeclaration[]]@($reset)
        Qualifiers = [Cimulator.PowerShell.Model.QualifierData[]](Qualifier Description String 'a thing')
        SuperClass = [CimulatorTest.CountingSource]::new($parent)
    }
}
