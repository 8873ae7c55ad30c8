using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Cimulator.PowerShell.Cdxml;

/// <summary>A private copy of a cdxml module in which each class names our adapter.</summary>
internal static class CdxmlCopy
{
    private const long MostBytes = 64 << 20;

    private static readonly XNamespace s_namespace = "http://schemas.microsoft.com/cmdlets-over-objects/2009/11";

    private static readonly Lazy<string> s_folder = new(MakeFolder);

    /// <summary>
    /// Copies a `.cdxml` file, or a `.psd1` with the files of its folder.
    /// </summary>
    /// <returns>the path of the copy, to be imported</returns>
    /// <exception cref="InvalidDataException">it is neither, or no cmdlet definition XML</exception>
    internal static string Make(string file)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        string target = Directory.CreateDirectory(Path.Combine(s_folder.Value, NameOf(file))).FullName;
        switch (Path.GetExtension(file).ToUpperInvariant())
        {
            case ".CDXML":
                return CopyDefinition(file, target);
            case ".PSD1":
                CopyFolder(new DirectoryInfo(folder), target);
                return Path.Combine(target, Path.GetFileName(file));
            default:
                throw new InvalidDataException($"'{file}' is neither a .cdxml file nor the .psd1 of a module");
        }
    }

    private static void CopyFolder(DirectoryInfo from, string target)
    {
        long bytes = 0;
        foreach (FileInfo file in from.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            bytes += file.Length;
            if (bytes > MostBytes) throw new InvalidDataException($"the folder '{from}' holds more than {MostBytes >> 20} MiB: is it a module's?");
            string folder = Path.Combine(target, Path.GetRelativePath(from.FullName, file.DirectoryName!));
            Directory.CreateDirectory(folder);
            if (string.Equals(file.Extension, ".cdxml", StringComparison.OrdinalIgnoreCase)) CopyDefinition(file.FullName, folder);
            else file.CopyTo(Path.Combine(folder, file.Name), overwrite: true);
        }
    }

    private static string CopyDefinition(string file, string folder)
    {
        XDocument definition = Read(file);
        XElement? declared = definition.Root?.Element(s_namespace + "Class");
        if (declared is null)
            throw new InvalidDataException($"'{file}' is no cmdlet definition XML: PowerShellMetadata with a Class in the namespace {s_namespace} was expected");
        declared.SetAttributeValue("CmdletAdapter", typeof(CimulatorCmdletAdapter).FullName);
        string copy = Path.Combine(folder, Path.GetFileName(file));
        definition.Save(copy);
        return copy;
    }

    private static XDocument Read(string file)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using var reader = XmlReader.Create(file, settings);
        try
        {
            return XDocument.Load(reader);
        }
        catch (XmlException exception)
        {
            throw new InvalidDataException($"'{file}' is not well-formed: {exception.Message}", exception);
        }
    }

    /// <summary>One folder for each module, so that two of the same name do not meet.</summary>
    private static string NameOf(string file)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(file)));
        return $"{Path.GetFileNameWithoutExtension(file)}-{Convert.ToHexString(hash, 0, 6)}";
    }

    private static string MakeFolder()
    {
        string folder = Directory.CreateTempSubdirectory("cimulator-cdxml-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // Somebody still has a file open: the system's own clean-up takes it.
            }
        };
        return folder;
    }
}
