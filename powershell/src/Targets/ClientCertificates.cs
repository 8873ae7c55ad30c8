using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Management.Infrastructure;

namespace Cimulator.PowerShell.Targets;

/// <summary>Certificates of the user's own store (CurrentUser\My), by thumbprint, as -CertificateThumbprint names them.</summary>
internal static class ClientCertificates
{
    /// <returns>PEM of the certificate and of its private key</returns>
    /// <exception cref="CimException">There is none, or its key cannot be taken out of the store.</exception>
    public static (string Certificate, string PrivateKey) Find(string thumbprint)
    {
        string wanted = new(thumbprint.Where(char.IsAsciiHexDigit).ToArray());
        using X509Store store = new(StoreName.My, StoreLocation.CurrentUser, OpenFlags.ReadOnly);
        using X509Certificate2 certificate = store.Certificates.Find(X509FindType.FindByThumbprint, wanted, validOnly: false).FirstOrDefault()
            ?? throw Refused.Of(NativeErrorCode.NotFound, $"There is no certificate with the thumbprint {thumbprint} in CurrentUser\\My.");
        try
        {
            using AsymmetricAlgorithm key = (AsymmetricAlgorithm?)certificate.GetRSAPrivateKey() ?? certificate.GetECDsaPrivateKey()
                ?? throw Refused.Of(NativeErrorCode.InvalidParameter, $"The certificate {thumbprint} has no private key of RSA or ECDSA in CurrentUser\\My.");
            return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        }
        catch (CryptographicException error)
        {
            throw Refused.Of(NativeErrorCode.Failed, $"The private key of the certificate {thumbprint} cannot be read: {error.Message}");
        }
    }
}
