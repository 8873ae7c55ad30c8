using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;

namespace Cimulator.PowerShell.Cdxml;

/// <summary>
/// Imports a cdxml module so that its cmdlets run on this module's adapter: a `.cdxml` file, or a module's `.psd1` with the cdxml files, formats and types
/// beside it. The file itself is left as it is; a private copy names the adapter.
/// </summary>
[Cmdlet(VerbsData.Import, "CimulatorCdxml")]
[OutputType(typeof(PSModuleInfo))]
public sealed class ImportCimulatorCdxmlCommand : PSCmdlet
{
    /// <summary>The `.cdxml` or `.psd1` file; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Stands before the nouns of all cmdlets, as with Import-Module.</summary>
    [Parameter]
    public string? Prefix { get; set; }

    /// <summary>Imports a module again that was imported before.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the module.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string pattern in Path)
        {
            foreach (string file in Resolve(pattern)) Import(file);
        }
    }

    private Collection<string> Resolve(string pattern)
    {
        Collection<string> files = GetResolvedProviderPathFromPSPath(pattern, out ProviderInfo provider);
        if (provider.Name != "FileSystem") throw new PSNotSupportedException($"'{pattern}' is not a path of the file system");
        return files;
    }

    private void Import(string file)
    {
        string copy;
        try
        {
            copy = CdxmlCopy.Make(file);
        }
        catch (System.Exception exception) when (exception is IOException or System.UnauthorizedAccessException or InvalidDataException)
        {
            WriteError(new ErrorRecord(exception, "CdxmlFileNotImported", ErrorCategory.InvalidData, file));
            return;
        }

        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand("Microsoft.PowerShell.Core\\Import-Module")
            .AddParameter("Name", copy)
            .AddParameter("Global")
            .AddParameter("PassThru")
            .AddParameter("DisableNameChecking")
            .AddParameter("Force", Force)
            .AddParameter("ErrorAction", ActionPreference.Stop);
        if (Prefix is not null) shell.AddParameter("Prefix", Prefix);
        foreach (PSObject module in shell.Invoke())
        {
            if (PassThru.IsPresent) WriteObject(module);
        }
    }
}
